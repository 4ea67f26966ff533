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
  /** None while plain words stand in, which a person cannot move. */
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

function thenText({ sentence, note_required }: OutcomeThen): string {
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
        <OutcomeText name={name} more={thenText(outcome.then)} />
        {row ? <Places {...props} /> : null}
        <Button
          variant="inline"
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
                    ? row.provenance
                    : `${message("settings-outcome-apollo-name", { name: row.apollo_name })} ${row.provenance}`
                }
                problem={nameProblem}
                isSaved={isRenamed}
                onSave={(typed) => onRename(typed === "" ? (row.apollo_name ?? name) : typed)}
              />
              <Button variant="danger" onPress={onRemove}>
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
        <OutcomeText name={row.name} more={row.provenance} />
        <Button
          variant="inline"
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

function OutcomeText({ name, more }: { name: string; more: string }) {
  return (
    <span className={styles.text}>
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
        variant="icon"
        buttonRef={up}
        aria-label={message("settings-outcome-up-button", { name: outcome.name })}
        isDisabled={place === 0}
        onPress={() => move(place - 1)}
      >
        <ArrowUp size={16} aria-hidden="true" />
      </Button>
      <Button
        variant="icon"
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
