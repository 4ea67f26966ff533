import { useId, useState } from "react";
import { useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { Field } from "../../components/Field";
import { Help, Refusal } from "../../components/Text";
import { clockText, momentAfter, momentNear } from "../../components/time";
import type { Call } from "../../generated/Call";
import { message } from "../../text/text";
import { dayAndTime } from "./callback-times";

type Ended = Extract<Call, { state: "ended" }>;

/**
 * The end as typed. Where the end that the clock gave is in doubt, as after a night, the typed time
 * counts from the start on; an end that was not changed stays as it is.
 */
function endOf(typed: string, call: Ended, startedAt: string): string | null {
  if (!call.question) return momentNear(typed, call.ended_at);
  if (typed.trim() === clockText(call.ended_at)) return call.ended_at;
  return momentAfter(typed, startedAt);
}

interface Props {
  isOpen: boolean;
  taskId: string;
  call: Ended;
  onClose: () => void;
}

export function CorrectTimes({ isOpen, onClose, ...rest }: Props) {
  return (
    <ModalDialog title={message("wrap-up-times-title")} isOpen={isOpen} onClose={onClose}>
      <TimesForm {...rest} onClose={onClose} />
    </ModalDialog>
  );
}

function TimesForm({ taskId, call, onClose }: Omit<Props, "isOpen">) {
  const correct = useCommand("call_correct");
  const why = useId();
  const [started, setStarted] = useState(() => clockText(call.started_at));
  const [ended, setEnded] = useState(() => clockText(call.ended_at));
  const startedAt = momentNear(started, call.started_at);
  const endedAt = endOf(ended, call, startedAt ?? call.started_at);
  const format = message("wrap-up-times-format");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!startedAt || !endedAt) return;
        correct.mutate(
          { task_id: taskId, started_at: startedAt, ended_at: endedAt },
          { onSuccess: onClose },
        );
      }}
    >
      {call.question ? (
        <>
          <p id={why}>
            <strong>{call.question}</strong>
          </p>
          <Help>
            {message("wrap-up-times-by-clock", {
              began: dayAndTime(call.started_at),
              ended: dayAndTime(call.ended_at),
            })}
          </Help>
        </>
      ) : null}
      <Help>{message("wrap-up-times-own-time")}</Help>
      <Field
        label={message("wrap-up-times-started")}
        value={started}
        onChange={setStarted}
        autoFocus={!call.question}
        problem={startedAt ? null : format}
      />
      <Field
        label={message("wrap-up-times-ended")}
        value={ended}
        onChange={setEnded}
        autoFocus={Boolean(call.question)}
        {...(call.question ? { "aria-describedby": why } : {})}
        problem={endedAt ? null : format}
      />
      {correct.isError ? (
        <Refusal>
          {correct.error.problem.message} {correct.error.problem.hint ?? ""}
        </Refusal>
      ) : null}
      <DialogActions>
        <Button variant="quiet" onPress={onClose}>
          {message("wrap-up-cancel-button")}
        </Button>
        <Button
          type="submit"
          variant="next"
          isPending={correct.isPending}
          isDisabled={!startedAt || !endedAt}
        >
          {message("wrap-up-times-save-button")}
        </Button>
      </DialogActions>
    </form>
  );
}
