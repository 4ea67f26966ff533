/** The outcomes of calls: their order, which the number keys follow, and what each does. */

import { useState } from "react";
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { useProblems } from "../../components/problems";
import { Help, SectionTitle } from "../../components/Text";
import type { DispositionSource } from "../../generated/DispositionSource";
import type { Messages } from "../../generated/messages";
import type { OutcomeChange } from "../../generated/OutcomeChange";
import { message } from "../../text/text";
import { AddOutcome } from "./AddOutcome";
import { OutcomeLine, RemovedOutcome } from "./OutcomeLine";
import { PageActions } from "./PageActions";
import type { PageProps } from "./page";
import { ruleOf, withRule } from "./rules";
import { useSaveSettings } from "./use-settings";
import styles from "./DispositionsPage.module.css";

const SOURCES = {
  apollo: "settings-outcomes-from-apollo",
  not_read: "settings-outcomes-not-read",
  none_in_apollo: "settings-outcomes-none-in-apollo",
} as const satisfies Record<DispositionSource, keyof Messages>;

export function DispositionsPage({ view }: PageProps) {
  const { save, problemOf, isSaved } = useSaveSettings(view.settings);
  const used = useSnapshot("dispositions_get", NO_ARGS);
  const book = useSnapshot("outcomes_get", NO_ARGS);
  const change = useCommand("outcomes_change");
  const announce = useAnnounce();
  const problems = useProblems();
  const [open, setOpen] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [renamed, setRenamed] = useState<{ key: string; problem: string | null } | null>(null);

  if (used.isError || book.isError) {
    return <p>{(used.error ?? book.error)?.problem.message}</p>;
  }
  if (!used.data || !book.data) return <p>{message("settings-outcomes-loading")}</p>;
  const { outcomes, source, hint } = used.data;
  const { rows, removed, reading, undo } = book.data;
  // In the order of the last answer: a second press must not start from the place that was before
  // the first.
  const placed = rows.flatMap((row) => {
    const known = outcomes.find((outcome) => outcome.key === row.key);
    return known ? [{ ...known, name: row.name, shortcut: row.shortcut }] : [];
  });
  const shown = source === "apollo" ? placed : outcomes;

  const give = (request: OutcomeChange, announcement?: string, then?: () => void) =>
    change.mutate(
      { change: request },
      {
        onSuccess: (after) => {
          problems.clear();
          announce(announcement ?? after.undo ?? message("settings-outcomes-undone"));
          then?.();
        },
        onError: problems.show,
      },
    );

  const rename = (key: string, name: string) =>
    change.mutate(
      { change: { kind: "rename", key, name } },
      {
        onSuccess: (after) => {
          setRenamed({ key, problem: null });
          announce(after.undo ?? message("settings-saved"));
        },
        onError: (error) => setRenamed({ key, problem: error.problem.message }),
      },
    );

  return (
    <>
      <div>
        <p>{message(SOURCES[source])}</p>
        <Help>{source === "apollo" ? reading : hint}</Help>
      </div>
      <ul className={styles.used} aria-label={message("settings-outcomes-list-name")}>
        {shown.map((outcome, place) => {
          const row = rows.find((other) => other.key === outcome.key) ?? null;
          const { key, name } = outcome;
          return (
            <OutcomeLine
              key={key}
              outcome={outcome}
              row={row}
              place={place}
              count={shown.length}
              isOpen={open === key}
              onToggle={() => setOpen(open === key ? null : key)}
              onMove={(to, then) =>
                give(
                  { kind: "move", key, to },
                  message("settings-outcome-moved", { name, place: to + 1, count: shown.length }),
                  then,
                )
              }
              onRename={(newName) => rename(key, newName)}
              nameProblem={renamed?.key === key ? renamed.problem : null}
              isRenamed={renamed?.key === key && renamed.problem === null}
              onRemove={() => {
                setOpen(null);
                give({ kind: "remove", key });
              }}
              rule={ruleOf(view.settings.rules, key)}
              problem={problemOf(`rule ${key}`)}
              isSaved={isSaved(`rule ${key}`)}
              onRule={(rule) => save(`rule ${key}`, { rules: withRule(view.settings.rules, rule) })}
            />
          );
        })}
      </ul>
      <PageActions hasText>
        <Button onPress={() => setAdding(true)}>
          {message("settings-add-outcome-open-button")}
        </Button>
        {undo ? (
          <p className={styles.undo}>
            <span>{undo}</span>
            <Button variant="inline" onPress={() => give({ kind: "undo" })}>
              {message("settings-outcomes-undo-button")}
            </Button>
          </p>
        ) : null}
      </PageActions>
      {removed.length > 0 ? (
        <>
          <SectionTitle isInGap id="removed">
            {message("settings-outcomes-removed-title")}
          </SectionTitle>
          <Help>{message("settings-outcomes-removed-help")}</Help>
          <ul className={styles.used} aria-labelledby="removed">
            {removed.map((row) => (
              <RemovedOutcome
                key={row.key}
                row={row}
                onPutBack={() => give({ kind: "put_back", key: row.key })}
              />
            ))}
          </ul>
        </>
      ) : null}
      <AddOutcome isOpen={isAdding} onClose={() => setAdding(false)} />
    </>
  );
}
