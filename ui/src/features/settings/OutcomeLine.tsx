/** One outcome of the list: its digit, its place, and behind a button its rule and its name. */

import { ArrowDown, ArrowUp } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import type { Outcome } from "../../generated/Outcome";
import type { OutcomeRow } from "../../generated/OutcomeRow";
import type { OutcomeRule } from "../../generated/OutcomeRule";
import type { OutcomeThen } from "../../generated/OutcomeThen";
import { message } from "../../text/text";
import { RuleEditor } from "./RuleEditor";
import { SavedField } from "./SavedField";
import styles from "./OutcomeLine.module.css";

interface Props {
  outcome: Outcome;
  /** None for plain words, which have no place of a person's. */
  row: OutcomeRow | null;
  place: number;
  count: number;
  isOpen: boolean;
  onToggle: () => void;
  onMove: (to: number, then: () => void) => void;
  onRename: (name: string) => void;
  onRemove: () => void;
  rule: OutcomeRule;
  problem: string | null;
  isSaved: boolean;
  /** Why the last name was refused. */
  nameProblem: string | null;
  isRenamed: boolean;
  onRule: (rule: OutcomeRule) => void;
}

function thenWords({ sentence, note_required }: OutcomeThen): string {
  return note_required ? `${sentence} ${message("settings-outcome-note-needed")}` : sentence;
}

export function OutcomeLine(props: Props) {
  const { outcome, row, isOpen, onToggle, onRename, onRemove } = props;
  const { rule, problem, isSaved, onRule, nameProblem, isRenamed } = props;
  const { name, shortcut } = outcome;
  return (
    <li>
      <div className={styles.line}>
        <span className={styles.key}>
          {shortcut === null ? null : <Keys shortcut={String(shortcut)} />}
        </span>
        <OutcomeWords name={name} more={thenWords(outcome.then)} />
        {row ? <Places {...props} /> : null}
        <Button
          look="inline"
          className={styles.change}
          aria-label={message("settings-outcome-rule-name", { name })}
          aria-expanded={isOpen}
          onPress={onToggle}
        >
          {message(isOpen ? "settings-outcome-close-button" : "settings-outcome-change-button")}
        </Button>
      </div>
      {isOpen ? (
        <RuleEditor name={name} rule={rule} problem={problem} isSaved={isSaved} onSave={onRule}>
          {row ? (
            <div className={styles.name}>
              <SavedField
                label={message("settings-outcome-name-label")}
                className={styles.nameField}
                value={name}
                help={
                  row.apollo_name === null
                    ? row.said
                    : `${message("settings-outcome-apollo-name", { name: row.apollo_name })} ${row.said}`
                }
                problem={nameProblem}
                isSaved={isRenamed}
                onSave={(wish) => onRename(wish === "" ? (row.apollo_name ?? name) : wish)}
              />
              <Button look="danger" onPress={onRemove}>
                {message("settings-outcome-remove-button")}
              </Button>
            </div>
          ) : null}
        </RuleEditor>
      ) : null}
    </li>
  );
}

/** An outcome that was taken off the list. */
export function RemovedOutcome({ row, onPutBack }: { row: OutcomeRow; onPutBack: () => void }) {
  return (
    <li>
      <div className={styles.line}>
        <OutcomeWords name={row.name} more={row.said} />
        <Button
          look="inline"
          className={styles.change}
          aria-label={message("settings-outcome-put-back-name", { name: row.name })}
          onPress={onPutBack}
        >
          {message("settings-outcome-put-back-button")}
        </Button>
      </div>
    </li>
  );
}

function OutcomeWords({ name, more }: { name: string; more: string }) {
  return (
    <span className={styles.words}>
      <strong>{name}</strong>
      <span className={styles.help} data-whole="">
        {more}
      </span>
    </span>
  );
}

/** Up and down, one place at a time. Focus stays with the outcome that moves. */
function Places({ outcome, place, count, onMove }: Props) {
  const up = useRef<HTMLButtonElement>(null);
  const down = useRef<HTMLButtonElement>(null);
  const move = (to: number) =>
    onMove(to, () => {
      // At an end of the list there is only one way left.
      if (to === 0) down.current?.focus();
      else if (to === count - 1) up.current?.focus();
    });
  return (
    <span className={styles.places}>
      <Button
        look="icon"
        buttonRef={up}
        aria-label={message("settings-outcome-up-button", { name: outcome.name })}
        isDisabled={place === 0}
        onPress={() => move(place - 1)}
      >
        <ArrowUp size={16} aria-hidden="true" />
      </Button>
      <Button
        look="icon"
        buttonRef={down}
        aria-label={message("settings-outcome-down-button", { name: outcome.name })}
        isDisabled={place === count - 1}
        onPress={() => move(place + 1)}
      >
        <ArrowDown size={16} aria-hidden="true" />
      </Button>
    </span>
  );
}
