import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { DialogActs, ModalDialog } from "../../components/Dialogs";
import { Field } from "../../components/Field";
import { focusRadios, Radios } from "../../components/Radios";
import type { SkipReason } from "../../generated/SkipReason";

const REASONS: readonly { key: SkipReason; name: string }[] = [
  { key: "wrong_number", name: "Wrong number" },
  { key: "no_number", name: "No number" },
  { key: "do_not_call", name: "Do not call" },
  { key: "not_relevant", name: "Not relevant" },
  { key: "already_spoke", name: "Already spoke" },
  { key: "other", name: "Other reason" },
];

interface Props {
  isOpen: boolean;
  name: string;
  onClose: () => void;
  onSkip: (reason: SkipReason, note: string) => void;
}

export function SkipDialog({ isOpen, name, onClose, onSkip }: Props) {
  return (
    <ModalDialog title="Skip this task" isOpen={isOpen} onClose={onClose}>
      <SkipForm name={name} onClose={onClose} onSkip={onSkip} />
    </ModalDialog>
  );
}

function SkipForm({ name, onClose, onSkip }: Omit<Props, "isOpen">) {
  const [reason, setReason] = useState<SkipReason | null>(null);
  const [note, setNote] = useState("");
  const reasons = useRef<HTMLDivElement>(null);

  useEffect(() => focusRadios(reasons.current), []);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason) onSkip(reason, note);
      }}
    >
      <p>
        The task of <bdi>{name}</bdi> is marked as skipped in Apollo. No call is logged, and the
        sequence goes on.
      </p>
      <Radios
        label="Reason"
        choices={REASONS}
        value={reason}
        groupRef={reasons}
        onChange={(key) => setReason(REASONS.find((other) => other.key === key)?.key ?? null)}
      />
      <Field label="Reason in words" value={note} onChange={setNote} help="If you like." />
      <DialogActs>
        <Button look="quiet" onPress={onClose}>
          Cancel
        </Button>
        <Button type="submit" look="next" isDisabled={!reason}>
          Skip task
        </Button>
      </DialogActs>
    </form>
  );
}
