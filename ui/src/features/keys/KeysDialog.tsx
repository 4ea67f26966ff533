import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { Keys } from "../../components/Keys";
import { IS_MAC, shownKeys } from "../../components/shortcuts";
import { Help, SectionTitle, Unseen } from "../../components/Text";
import { KEY_LIST } from "./keymap";
import styles from "./KeysDialog.module.css";

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalDialog title="Keyboard shortcuts" isOpen={isOpen} onClose={onClose} wide>
      <div className={styles.groups}>
        {KEY_LIST.map((group) => (
          <section key={group.group} aria-label={group.group}>
            <SectionTitle>{group.group}</SectionTitle>
            <dl>
              {group.keys.map(([shortcut, meaning]) => (
                <div key={shortcut} className={styles.key}>
                  <dt>
                    <Unseen as="span">{shownKeys(shortcut)}</Unseen>
                    <Keys shortcut={shortcut} />
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Help>
        While you write in a field, hold {IS_MAC ? "⌘" : "Ctrl"} with the same letter or number.
      </Help>
      <DialogActs>
        <Button look="next" onPress={onClose}>
          Close
        </Button>
      </DialogActs>
    </ModalDialog>
  );
}
