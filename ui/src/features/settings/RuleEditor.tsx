/** What an outcome does besides logging the call. Every change is saved at once. */

import { type ReactNode, useState } from "react";
import { Group } from "react-aria-components";
import { isolated } from "../../backend/plain";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Check } from "../../components/Check";
import { Radios } from "../../components/Radios";
import { Select } from "../../components/Select";
import { Sentence } from "../../components/Sentence";
import { Refusal } from "../../components/Text";
import type { OutcomeRule } from "../../generated/OutcomeRule";
import { SavedField } from "./SavedField";
import styles from "./RuleEditor.module.css";

interface Props {
  name: string;
  rule: OutcomeRule;
  problem: string | null;
  isSaved: boolean;
  onSave: (rule: OutcomeRule) => void;
  /** What else can be changed about the outcome. */
  children?: ReactNode;
}

/** Until the person has said in how many days. */
const FIRST_DAYS = 2;

export function RuleEditor({ name, rule, problem, isSaved, onSave, children }: Props) {
  const [notNumber, setNotNumber] = useState(false);
  const change = (part: Partial<OutcomeRule>) => onSave({ ...rule, ...part });
  const task = rule.callback_days === null ? "complete" : (rule.callback_how ?? "new_task");
  return (
    <Group aria-label={`Rule of ${isolated(name)}`} className={styles.rule}>
      <Radios
        label="The task"
        choices={[
          { key: "complete", name: "Complete it" },
          { key: "new_task", name: "Complete it, and make a new call task" },
          { key: "move_task", name: "Move it to another day (the sequence waits)" },
        ]}
        value={task}
        onChange={(key) =>
          change(
            key === "complete"
              ? { callback_days: null, callback_how: null }
              : {
                  callback_days: rule.callback_days ?? FIRST_DAYS,
                  callback_how: key === "move_task" ? "move_task" : "new_task",
                },
          )
        }
      />
      {rule.callback_days === null ? null : (
        <div className={styles.days}>
          <SavedField
            label="Days until the next call"
            value={String(rule.callback_days)}
            help="0 to 365, at the time of day of this call."
            problem={notNumber ? "A whole number of days, please." : problem}
            isSaved={isSaved}
            onSave={(value) => {
              const isNumber = /^\d{1,5}$/.test(value);
              setNotNumber(!isNumber);
              if (isNumber) change({ callback_days: Number(value) });
            }}
          />
        </div>
      )}
      <StageSelect value={rule.stage_id} onChange={(stage_id) => change({ stage_id })} />
      <div>
        <Check
          isSelected={rule.finish_sequence}
          onChange={(finish_sequence) => change({ finish_sequence })}
        >
          Finish the sequence for this contact
        </Check>
        <Check
          isSelected={rule.note_required}
          onChange={(note_required) => change({ note_required })}
        >
          A note is needed
        </Check>
      </div>
      <Select
        label="The person and the number"
        value={rule.opts_out === null ? "by_name" : rule.opts_out ? "opted_out" : "callable"}
        choices={[
          { key: "by_name", name: "As its name says" },
          { key: "opted_out", name: "Are not called again" },
          { key: "callable", name: "Can be called again" },
        ]}
        onChange={(key) => change({ opts_out: key === "by_name" ? null : key === "opted_out" })}
      />
      {problem && rule.callback_days === null ? <Refusal>{problem}</Refusal> : null}
      {children}
    </Group>
  );
}

function StageSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (stage: string | null) => void;
}) {
  const stages = useSnapshot("stages_get", NO_ARGS);
  if (stages.isError) {
    const { message, hint } = stages.error.problem;
    return (
      <div className={styles.failed} role="alert">
        <Refusal isInAlert>
          The stages of contacts could not be read. <Sentence text={`${message} ${hint ?? ""}`} />
          {value ? " The stage of this rule stays as it is." : ""}
        </Refusal>
        <Button isPending={stages.isFetching} onPress={() => void stages.refetch()}>
          Read stages again
        </Button>
      </div>
    );
  }
  const listed = stages.data?.stages ?? [];
  const isUnlisted = value !== null && !listed.some((stage) => stage.id === value);
  return (
    <Select
      label="Stage of the contact"
      isDisabled={!stages.data}
      value={value ?? ""}
      choices={[
        { key: "", name: stages.data ? "Leave as it is" : "Reading the stages…" },
        ...(isUnlisted ? [{ key: value, name: `Not in Apollo’s list (${value})` }] : []),
        ...listed.map((stage) => ({ key: stage.id, name: stage.name })),
      ]}
      onChange={(key) => onChange(key === "" ? null : key)}
    />
  );
}
