import { useState } from "react";
import { useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { Field } from "../../components/Field";
import { clockText, momentNear } from "../../components/time";
import type { Call } from "../../generated/Call";

type Ended = Extract<Call, { state: "ended" }>;

interface Props {
  isOpen: boolean;
  taskId: string;
  call: Ended;
  onClose: () => void;
}

export function CorrectTimes({ isOpen, onClose, ...rest }: Props) {
  return (
    <ModalDialog title="Correct call times" isOpen={isOpen} onClose={onClose}>
      <TimesForm {...rest} onClose={onClose} />
    </ModalDialog>
  );
}

function TimesForm({ taskId, call, onClose }: Omit<Props, "isOpen">) {
  const correct = useCommand("call_correct");
  const [started, setStarted] = useState(() => clockText(call.started_at));
  const [ended, setEnded] = useState(() => clockText(call.ended_at));
  const startedAt = momentNear(started, call.started_at);
  const endedAt = momentNear(ended, call.ended_at);
  const format = "Hours, minutes and seconds, such as 14:05:30.";
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
      <p className="help">In your own time.</p>
      <Field
        label="Call started"
        value={started}
        onChange={setStarted}
        autoFocus
        problem={startedAt ? null : format}
      />
      <Field
        label="Call ended"
        value={ended}
        onChange={setEnded}
        problem={endedAt ? null : format}
      />
      {correct.isError ? (
        <p className="refusal" role="alert">
          {correct.error.problem.message} {correct.error.problem.hint ?? ""}
        </p>
      ) : null}
      <DialogActs>
        <Button look="quiet" onPress={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          look="next"
          isPending={correct.isPending}
          isDisabled={!startedAt || !endedAt}
        >
          Save times
        </Button>
      </DialogActs>
    </form>
  );
}
