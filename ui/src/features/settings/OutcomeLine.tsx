/** One outcome of the list: its digit, its place, and behind a button its rule and its name. */

import { ArrowDown, ArrowUp } from "lucide-react";
import { useRef } from "react";
import { isolated } from "../../backend/plain";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import type { Outcome } from "../../generated/Outcome";
import type { OutcomeRow } from "../../generated/OutcomeRow";
import type { OutcomeRule } from "../../generated/OutcomeRule";
import type { OutcomeThen } from "../../generated/OutcomeThen";
import { RuleEditor } from "./RuleEditor";
import { SavedField } from "./SavedField";

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
  return note_required ? `${sentence} A note is needed.` : sentence;
}

export function OutcomeLine(props: Props) {
  const { outcome, row, isOpen, onToggle, onRename, onRemove } = props;
  const { rule, problem, isSaved, onRule, nameProblem, isRenamed } = props;
  const { name, shortcut } = outcome;
  return (
    <li>
      <div className="outcome-used">
        <span className="outcome-key">
          {shortcut === null ? null : <Keys shortcut={String(shortcut)} />}
        </span>
        <span className="outcome-words">
          <strong>{name}</strong>
          <span className="help">{thenWords(outcome.then)}</span>
        </span>
        {row ? <Places {...props} /> : null}
        <Button
          look="quiet"
          className="inline-button"
          aria-label={`Rule of ${isolated(name)}`}
          aria-expanded={isOpen}
          onPress={onToggle}
        >
          {isOpen ? "Close" : "Change"}
        </Button>
      </div>
      {isOpen ? (
        <RuleEditor name={name} rule={rule} problem={problem} isSaved={isSaved} onSave={onRule}>
          {row ? (
            <div className="outcome-name">
              <SavedField
                label="Name here"
                value={name}
                help={
                  row.apollo_name === null
                    ? row.said
                    : `Apollo calls it ${isolated(row.apollo_name)}. ${row.said}`
                }
                problem={nameProblem}
                isSaved={isRenamed}
                onSave={(wish) => onRename(wish === "" ? (row.apollo_name ?? name) : wish)}
              />
              <Button look="danger" onPress={onRemove}>
                Take off the list
              </Button>
            </div>
          ) : null}
        </RuleEditor>
      ) : null}
    </li>
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
    <span className="outcome-places">
      <Button
        look="quiet"
        className="icon-button"
        buttonRef={up}
        aria-label={`Move ${isolated(outcome.name)} up`}
        isDisabled={place === 0}
        onPress={() => move(place - 1)}
      >
        <ArrowUp size={16} aria-hidden="true" />
      </Button>
      <Button
        look="quiet"
        className="icon-button"
        buttonRef={down}
        aria-label={`Move ${isolated(outcome.name)} down`}
        isDisabled={place === count - 1}
        onPress={() => move(place + 1)}
      >
        <ArrowDown size={16} aria-hidden="true" />
      </Button>
    </span>
  );
}
