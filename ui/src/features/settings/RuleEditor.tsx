/** What an outcome does besides logging the call. Every change is saved at once. */

import { type ReactNode, useState } from "react";
import { Group } from "react-aria-components";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Check } from "../../components/Check";
import { Radios } from "../../components/Radios";
import { Select } from "../../components/Select";
import { Sentence } from "../../components/Sentence";
import { Refusal } from "../../components/Text";
import type { OutcomeRule } from "../../generated/OutcomeRule";
import { message } from "../../text/text";
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

/** Until the person has chosen in how many days. */
const FIRST_DAYS = 2;

export function RuleEditor({ name, rule, problem, isSaved, onSave, children }: Props) {
  const [notNumber, setNotNumber] = useState(false);
  const change = (part: Partial<OutcomeRule>) => onSave({ ...rule, ...part });
  const task = rule.callback_days === null ? "complete" : (rule.callback_how ?? "new_task");
  return (
    <Group aria-label={message("settings-outcome-rule-name", { name })} className={styles.rule}>
      <Radios
        label={message("settings-rule-task-label")}
        choices={[
          { key: "complete", name: message("settings-rule-task-complete") },
          { key: "new_task", name: message("settings-rule-task-new") },
          { key: "move_task", name: message("settings-rule-task-move") },
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
            label={message("settings-rule-days-label")}
            value={String(rule.callback_days)}
            help={message("settings-rule-days-help")}
            problem={notNumber ? message("settings-rule-days-not-number") : problem}
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
          {message("settings-rule-finish-sequence")}
        </Check>
        <Check
          isSelected={rule.note_required}
          onChange={(note_required) => change({ note_required })}
        >
          {message("settings-rule-note-required")}
        </Check>
      </div>
      <Select
        label={message("settings-rule-opt-out-label")}
        value={rule.opts_out === null ? "by_name" : rule.opts_out ? "opted_out" : "callable"}
        choices={[
          { key: "by_name", name: message("settings-rule-opt-out-by-name") },
          { key: "opted_out", name: message("settings-rule-opt-out-never") },
          { key: "callable", name: message("settings-rule-opt-out-callable") },
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
    const { problem } = stages.error;
    return (
      <div className={styles.failed} role="alert">
        <Refusal isInAlert>
          {message("settings-rule-stages-failed")}{" "}
          <Sentence text={`${problem.message} ${problem.hint ?? ""}`} />
          {value ? ` ${message("settings-rule-stage-stays")}` : ""}
        </Refusal>
        <Button isPending={stages.isFetching} onPress={() => void stages.refetch()}>
          {message("settings-rule-stages-again-button")}
        </Button>
      </div>
    );
  }
  const listed = stages.data?.stages ?? [];
  const isUnlisted = value !== null && !listed.some((stage) => stage.id === value);
  return (
    <Select
      label={message("settings-rule-stage-label")}
      isDisabled={!stages.data}
      value={value ?? ""}
      choices={[
        {
          key: "",
          name: message(stages.data ? "settings-rule-stage-leave" : "settings-rule-stages-loading"),
        },
        ...(isUnlisted
          ? [{ key: value, name: message("settings-rule-stage-unlisted", { id: value }) }]
          : []),
        ...listed.map((stage) => ({ key: stage.id, name: stage.name })),
      ]}
      onChange={(key) => onChange(key === "" ? null : key)}
    />
  );
}
