import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Part } from "./Part";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  role?: "dialog" | "alertdialog";
  wide?: boolean;
  children: ReactNode;
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
          <Part name="This dialog">{children}</Part>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogActs({ children }: { children: ReactNode }) {
  return <div className="dialog-acts">{children}</div>;
}
