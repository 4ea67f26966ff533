import type { KeyboardEvent, ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Part } from "./Part";
import { IS_MAC } from "./shortcuts";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  role?: "dialog" | "alertdialog";
  wide?: boolean;
  children: ReactNode;
}

/** In a box of text Enter makes a line, so Ctrl/⌘+Enter sends the form: as it saves in the queue. */
function submitOf(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Enter" || !(IS_MAC ? event.metaKey : event.ctrlKey)) return;
  const { target } = event;
  const form = target instanceof Element ? target.closest("form") : null;
  if (!form) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) form.requestSubmit();
}

/** A modal with its title as its name. Esc and a click outside close it without a change. */
export function ModalDialog({ title, isOpen, onClose, role = "dialog", wide, children }: Props) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={role === "dialog"}
      className="modal-shade"
    >
      <Modal className={`modal ${wide ? "modal-wide" : ""}`}>
        <Dialog role={role} className="dialog">
          <Heading slot="title" className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-body" onKeyDownCapture={submitOf}>
            <Part name="This dialog">{children}</Part>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogActs({ children }: { children: ReactNode }) {
  return <div className="dialog-acts">{children}</div>;
}
