import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { Keys } from "../../components/Keys";
import { IS_MAC, shownKeys } from "../../components/shortcuts";
import { KEY_LIST } from "./keymap";

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalDialog title="Keyboard shortcuts" isOpen={isOpen} onClose={onClose} wide>
      <div className="keys-groups">
        {KEY_LIST.map((group) => (
          <section key={group.group} aria-label={group.group}>
            <h3 className="section-title">{group.group}</h3>
            <dl className="keys-list">
              {group.keys.map(([shortcut, meaning]) => (
                <div key={shortcut}>
                  <dt>
                    <span className="unseen">{shownKeys(shortcut)}</span>
                    <Keys shortcut={shortcut} />
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="help">
        While you write in a field, hold {IS_MAC ? "⌘" : "Ctrl"} with the same letter or number.
      </p>
      <DialogActs>
        <Button look="next" onPress={onClose}>
          Close
        </Button>
      </DialogActs>
    </ModalDialog>
  );
}
