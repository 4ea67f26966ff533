import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { Keys } from "../../components/Keys";
import { shownKeys } from "../../components/shortcuts";
import { Help, SectionTitle, Unseen } from "../../components/Text";
import { message } from "../../text/text";
import { KEY_LIST } from "./keymap";
import styles from "./KeysDialog.module.css";

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalDialog title={message("keys-title")} isOpen={isOpen} onClose={onClose} wide>
      <div className={styles.groups}>
        {KEY_LIST.map((group) => (
          <section key={group.name} aria-label={message(group.name)}>
            <SectionTitle>{message(group.name)}</SectionTitle>
            <dl>
              {group.keys.map(([shortcut, meaning]) => (
                <div key={shortcut} className={styles.key}>
                  <dt>
                    <Unseen as="span">{shownKeys(shortcut)}</Unseen>
                    <Keys shortcut={shortcut} />
                  </dt>
                  <dd>{message(meaning)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Help>{message("keys-while-writing", { key: shownKeys("Mod") })}</Help>
      <DialogActions>
        <Button variant="next" onPress={onClose}>
          {message("keys-close-button")}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}
