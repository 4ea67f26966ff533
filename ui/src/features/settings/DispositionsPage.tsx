import { useState } from "react";
import { Group } from "react-aria-components";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Keys } from "../../components/Keys";
import type { DispositionSource } from "../../generated/DispositionSource";
import type { MappedOutcome } from "../../generated/MappedOutcome";
import type { OutcomeThen } from "../../generated/OutcomeThen";
import { RuleEditor } from "./RuleEditor";
import { ruleOf, withRule } from "./rules";
import type { PageProps } from "./SettingsWindow";
import { useSaveSettings } from "./use-settings";

const SOURCES: Record<DispositionSource, string> = {
  apollo: "Used now: the outcomes that Apollo’s past calls name.",
  mapped: "Used now: the outcomes written down here.",
  defaults: "Used now: Handset’s plain list, without Apollo’s ids.",
};

function thenWords({ sentence, note_required }: OutcomeThen): string {
  return note_required ? `${sentence} A note is needed.` : sentence;
}

interface Line extends MappedOutcome {
  /** Keeps a line itself while others are removed. */
  line: number;
}

export function DispositionsPage({ view }: PageProps) {
  const { save, problemOf, isSaved } = useSaveSettings(view.settings);
  const used = useSnapshot("dispositions_get", NO_ARGS);
  const [lines, setLines] = useState<Line[]>(() =>
    view.settings.outcomes.map((outcome, line) => ({ ...outcome, line })),
  );
  const [open, setOpen] = useState<string | null>(null);
  const [nextLine, setNextLine] = useState(view.settings.outcomes.length);

  const put = (after: Line[]) => {
    setLines(after);
    const whole = after.filter((line) => line.name.trim() && line.outcome_id.trim());
    const outcomes = whole.map(({ name, outcome_id }) => ({
      name: name.trim(),
      outcome_id: outcome_id.trim(),
    }));
    if (JSON.stringify(outcomes) !== JSON.stringify(view.settings.outcomes)) {
      save("outcomes", { outcomes });
    }
  };
  const change = (line: number, part: Partial<MappedOutcome>) =>
    setLines((before) =>
      before.map((other) => (other.line === line ? { ...other, ...part } : other)),
    );
  const problem = problemOf("outcomes");

  return (
    <>
      <p>
        {used.data
          ? SOURCES[used.data.source]
          : used.isError
            ? used.error.problem.message
            : "Reading the outcomes…"}
      </p>
      {used.data ? (
        <ul className="outcomes-used" aria-label="Outcomes used now">
          {used.data.outcomes.map((outcome) => (
            <li key={outcome.key}>
              <div className="outcome-used">
                <span className="outcome-key">
                  {outcome.shortcut === null ? null : <Keys shortcut={String(outcome.shortcut)} />}
                </span>
                <span className="outcome-words">
                  <strong>{outcome.name}</strong>
                  <span className="help">{thenWords(outcome.then)}</span>
                </span>
                <Button
                  look="quiet"
                  className="inline-button"
                  aria-label={`Rule of ${outcome.name}`}
                  aria-expanded={open === outcome.key}
                  onPress={() => setOpen(open === outcome.key ? null : outcome.key)}
                >
                  {open === outcome.key ? "Close" : "Change rule"}
                </Button>
              </div>
              {open === outcome.key ? (
                <RuleEditor
                  name={outcome.name}
                  rule={ruleOf(view.settings.rules, outcome.key)}
                  problem={problemOf(`rule ${outcome.key}`)}
                  isSaved={isSaved(`rule ${outcome.key}`)}
                  onSave={(rule) =>
                    save(`rule ${outcome.key}`, { rules: withRule(view.settings.rules, rule) })
                  }
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {used.data?.hint ? <p className="help">{used.data.hint}</p> : null}
      <p className="help">
        Apollo shows an outcome’s id in the browser’s address when you open it there (Settings,
        Dialer, Call outcomes).
      </p>
      {lines.map((line, index) => (
        <Group key={line.line} aria-label={`Outcome ${index + 1}`} className="outcome-line">
          <Field
            label={`Outcome ${index + 1} name`}
            hideLabel
            placeholder="Name"
            value={line.name}
            onChange={(name) => change(line.line, { name })}
            onBlur={() => put(lines)}
          />
          <Field
            label={`Outcome ${index + 1} Apollo id`}
            hideLabel
            fixed
            placeholder="Apollo id, 24 characters"
            value={line.outcome_id}
            onChange={(outcome_id) => change(line.line, { outcome_id })}
            onBlur={() => put(lines)}
          />
          <Button
            look="quiet"
            aria-label={`Remove outcome ${index + 1}`}
            onPress={() => put(lines.filter((other) => other.line !== line.line))}
          >
            Remove
          </Button>
        </Group>
      ))}
      {problem ? (
        <p className="refusal" role="alert">
          {problem}
        </p>
      ) : null}
      <div className="settings-acts">
        <Button
          onPress={() => {
            setLines([...lines, { name: "", outcome_id: "", line: nextLine }]);
            setNextLine(nextLine + 1);
          }}
        >
          Add outcome
        </Button>
      </div>
    </>
  );
}
