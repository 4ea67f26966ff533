import { useCallback, useEffect, useId, useRef, useState } from "react";
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { focusText } from "../../components/caret";
import { cx } from "../../components/cx";
import { Field } from "../../components/Field";
import { useProblems } from "../../components/problems";
import { focusRadios, Radios } from "../../components/Radios";
import { Sentence } from "../../components/Sentence";
import { Help, Refusal } from "../../components/Text";
import { spokenDuration } from "../../components/time";
import type { CallForm } from "../../generated/CallForm";
import type { Card } from "../../generated/Card";
import { message } from "../../text/text";
import { useAction } from "../keys/KeysProvider";
import { useOpenQueue } from "../queue/open-queue";
import { AfterCall } from "./AfterCall";
import { CallbackDialog } from "./CallbackDialog";
import { CallTimer } from "./CallTimer";
import { CorrectTimes } from "./CorrectTimes";
import { OutcomeKeys } from "./OutcomeKeys";
import { offered } from "./offered";
import { SkipDialog } from "./SkipDialog";
import styles from "./WrapUpForm.module.css";

export function WrapUpForm({ card }: { card: Card }) {
  const { drafts, saving, refused, save, skip, focus } = useOpenQueue();
  const dispositions = useSnapshot("dispositions_get", NO_ARGS);
  const end = useCommand("call_end");
  const announce = useAnnounce();
  const problems = useProblems();
  const outcomes = useRef<HTMLDivElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const byArrow = useRef(false);
  const [text, setText] = useState<CallForm>(() => drafts.read(card.task_id) ?? card.draft.form);
  const [dialog, setDialog] = useState<"skip" | "times" | "callback" | null>(null);

  const { task_id: taskId, call } = card;
  useEffect(() => focus.noteDrawn(taskId, note.current), [focus, taskId]);
  const nameThen = text.outcome === card.draft.form.outcome ? card.draft.outcome_name : null;
  const choices = offered(dispositions.data, text.outcome, nameThen);
  const busy = saving !== null;
  const why = useId();
  const isAsked = call.state === "ended" && call.question !== null;
  const refusal = refused?.taskId === taskId ? refused.problem : null;
  // Once the times are corrected, their problem is gone.
  const problem = refusal?.code === "confirm_times" && !isAsked ? null : refusal;
  const chosen = choices.find((outcome) => outcome.key === text.outcome) ?? null;
  const noteNeeded =
    chosen?.then.note_required && text.note.trim() === ""
      ? message("wrap-up-note-needed", { outcome: chosen.name })
      : null;
  const canSave = text.outcome !== null && !busy;
  const canSkip = call.state !== "ongoing" && !busy;

  const write = useCallback(
    (change: Partial<CallForm>) => {
      setText((before) => {
        const after = { ...before, ...change };
        drafts.write(taskId, after);
        return after;
      });
    },
    [drafts, taskId],
  );

  const choose = (key: string) => {
    write({ outcome: key });
    // Arrow keys walk through the outcomes; a number or a click has chosen. The next typed text is
    // the note, whether or not there is a call: elsewhere its letters would be shortcuts.
    if (!byArrow.current) focusText(note.current);
    byArrow.current = false;
  };
  const endCall = () => {
    end.mutate(
      { task_id: taskId },
      {
        onSuccess: (after) => {
          if (after.call.state === "ended") {
            announce(
              message("wrap-up-call-ended-after", {
                duration: spokenDuration(after.call.duration_s),
              }),
            );
          }
          if (after.call.state === "ended" && after.call.question) setDialog("times");
          else if (document.activeElement !== note.current) focusRadios(outcomes.current);
        },
        onError: problems.show,
      },
    );
  };
  // On a first start Apollo's list can come while a card with plain words is open.
  const source = dispositions.data?.source ?? null;
  const sourceBefore = useRef(source);
  const [hasArrived, setArrived] = useState(false);
  useEffect(() => {
    if (sourceBefore.current !== null && sourceBefore.current !== source && source === "apollo") {
      setArrived(true);
      announce(message("wrap-up-outcomes-arrived"));
    }
    sourceBefore.current = source;
  }, [announce, source]);
  // The times cannot be right, so they are shown before anything is saved.
  const asksForTimes = problem?.code === "confirm_times";
  useEffect(() => {
    if (asksForTimes) setDialog("times");
  }, [asksForTimes]);
  const saveAndNext = () => {
    if (canSave && noteNeeded !== null) {
      focusText(note.current);
      announce(noteNeeded);
    } else if (canSave) save(card, text);
    else if (text.outcome === null) focusRadios(outcomes.current);
  };

  useAction("end", call.state === "ongoing" ? endCall : null);
  useAction("note", () => focusText(note.current));
  useAction("save", saveAndNext);
  useAction("callback", () => setDialog("callback"));
  useAction("skip", canSkip ? () => setDialog("skip") : null);

  return (
    <div className={cx(styles.form, call.state === "not_dialed" && styles.notDialed)}>
      <div className={styles.call}>
        <CallTimer call={call} isSaving={busy && call.state === "not_dialed"} />
        <div className={styles.callActions}>
          <Button
            variant={call.state === "ongoing" ? "next" : "plain"}
            shortcut="e"
            className={styles.end}
            isDisabled={call.state !== "ongoing"}
            isPending={end.isPending}
            onPress={endCall}
          >
            {message("wrap-up-end-call-button")}
          </Button>
          <Button
            variant="quiet"
            isDisabled={call.state !== "ended"}
            onPress={() => setDialog("times")}
          >
            {message("wrap-up-correct-times-button")}
          </Button>
        </div>
      </div>
      <div
        className={styles.outcome}
        role="none"
        onKeyDownCapture={(event) => {
          byArrow.current = event.key.startsWith("Arrow");
        }}
        onPointerDownCapture={() => {
          byArrow.current = false;
        }}
      >
        <Button
          variant="quiet"
          shortcut="b"
          className={styles.callback}
          onPress={() => setDialog("callback")}
        >
          {message(text.callback ? "wrap-up-change-callback-button" : "wrap-up-call-back-button")}
        </Button>
        <Radios
          label={message("wrap-up-outcome")}
          variant="rows"
          groupRef={outcomes}
          choices={choices.map((outcome) => ({
            key: outcome.key,
            name: outcome.name,
            shortcut: outcome.shortcut === null ? null : String(outcome.shortcut),
          }))}
          value={text.outcome}
          onChange={choose}
        />
        <OutcomeKeys
          outcomes={choices}
          onPick={(key) => {
            byArrow.current = false;
            choose(key);
          }}
        />
        {hasArrived ? (
          <Help className={styles.help}>{message("wrap-up-outcomes-arrived")}</Help>
        ) : null}
        {dispositions.data?.hint ? (
          <Help className={styles.help}>
            <Sentence text={dispositions.data.hint} />
          </Help>
        ) : null}
        <AfterCall card={card} text={text} then={chosen?.then ?? null} onChange={write} />
      </div>
      <div className={styles.note}>
        <Field
          label={message("wrap-up-note")}
          lines={4}
          areaRef={note}
          value={text.note}
          onChange={(value) => write({ note: value })}
          onBlur={() => void drafts.flush(taskId)}
        />
        {problem ? (
          <Refusal>
            <Sentence text={`${problem.message} ${problem.hint ?? ""}`} />
          </Refusal>
        ) : null}
        <div className={styles.actions}>
          <Button
            variant={call.state === "ended" ? "next" : "plain"}
            shortcut="Mod+Enter"
            className={styles.save}
            isDisabled={!canSave}
            {...(noteNeeded !== null ? { "aria-describedby": why } : {})}
            onPress={saveAndNext}
          >
            {message("wrap-up-save-button")}
          </Button>
          <Button
            variant="quiet"
            shortcut="s"
            className={styles.skip}
            isDisabled={!canSkip}
            onPress={() => setDialog("skip")}
          >
            {message("wrap-up-skip-button")}
          </Button>
        </div>
        {noteNeeded !== null ? <Help id={why}>{noteNeeded}</Help> : null}
        {text.outcome === null ? (
          <Help>
            {message(call.state === "not_dialed" ? "wrap-up-call-then-choose" : "wrap-up-choose")}
          </Help>
        ) : call.state === "not_dialed" ? (
          <Help>{message("wrap-up-not-dialed-here")}</Help>
        ) : null}
      </div>
      <CallbackDialog
        isOpen={dialog === "callback"}
        card={card}
        callback={text.callback}
        onClose={() => setDialog(null)}
        onSet={(callback) => {
          setDialog(null);
          write({ callback });
        }}
      />
      <SkipDialog
        isOpen={dialog === "skip"}
        name={card.contact.name}
        onClose={() => setDialog(null)}
        onSkip={(reason, typed) => {
          setDialog(null);
          skip(card, reason, typed);
        }}
      />
      {call.state === "ended" ? (
        <CorrectTimes
          isOpen={dialog === "times"}
          taskId={taskId}
          call={call}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </div>
  );
}
