import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { Field } from "../../components/Field";
import { focusRadios, Radios } from "../../components/Radios";
import type { Messages } from "../../generated/messages";
import type { SkipReason } from "../../generated/SkipReason";
import { Message, message } from "../../text/text";

const REASONS = [
  { key: "wrong_number", name: "wrap-up-skip-reason-wrong-number" },
  { key: "no_number", name: "wrap-up-skip-reason-no-number" },
  { key: "do_not_call", name: "wrap-up-skip-reason-do-not-call" },
  { key: "not_relevant", name: "wrap-up-skip-reason-not-relevant" },
  { key: "already_spoke", name: "wrap-up-skip-reason-already-spoke" },
  { key: "other", name: "wrap-up-skip-reason-other" },
] as const satisfies readonly { key: SkipReason; name: keyof Messages }[];

interface Props {
  isOpen: boolean;
  name: string;
  onClose: () => void;
  onSkip: (reason: SkipReason, note: string) => void;
}

export function SkipDialog({ isOpen, name, onClose, onSkip }: Props) {
  return (
    <ModalDialog title={message("wrap-up-skip-title")} isOpen={isOpen} onClose={onClose}>
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
        <Message id="wrap-up-skip-what" values={{ name: { element: <bdi>{name}</bdi> } }} />
      </p>
      <Radios
        label={message("wrap-up-skip-reason")}
        choices={REASONS.map(({ key, name }) => ({ key, name: message(name) }))}
        value={reason}
        groupRef={reasons}
        onChange={(key) => setReason(REASONS.find((other) => other.key === key)?.key ?? null)}
      />
      <Field
        label={message("wrap-up-skip-note")}
        value={note}
        onChange={setNote}
        help={message("wrap-up-skip-note-help")}
      />
      <DialogActions>
        <Button variant="quiet" onPress={onClose}>
          {message("wrap-up-cancel-button")}
        </Button>
        <Button type="submit" variant="next" isDisabled={!reason}>
          {message("wrap-up-skip-confirm-button")}
        </Button>
      </DialogActions>
    </form>
  );
}
