import type { KeyboardEvent, ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { message } from "../text/text";
import { cx } from "./cx";
import { Part } from "./Part";
import { IS_MAC } from "./shortcuts";
import styles from "./Dialogs.module.css";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  role?: "dialog" | "alertdialog";
  wide?: boolean;
  children: ReactNode;
}

/** In a box of text Enter makes a line, so Ctrl/⌘+Enter sends the form, as in the queue. */
function submitOf(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Enter" || !(IS_MAC ? event.metaKey : event.ctrlKey)) return;
  const { target } = event;
  const form = target instanceof Element ? target.closest("form") : null;
  if (!form) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) form.requestSubmit();
}

interface FrameProps {
  isOpen: boolean;
  onClose: () => void;
  isDismissable: boolean;
  shadeClassName?: string;
  className?: string | undefined;
  children: ReactNode;
}

/** The frame over the window while something is asked, and the shade around it. */
export function ModalFrame(props: FrameProps) {
  const { isOpen, onClose, isDismissable, shadeClassName, className, children } = props;
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={isDismissable}
      className={cx(styles.shade, shadeClassName)}
    >
      <Modal className={cx(styles.modal, className)}>{children}</Modal>
    </ModalOverlay>
  );
}

/** A modal with its title as its name. Esc and a click outside close it without a change. */
export function ModalDialog({ title, isOpen, onClose, role = "dialog", wide, children }: Props) {
  return (
    <ModalFrame
      isOpen={isOpen}
      onClose={onClose}
      isDismissable={role === "dialog"}
      className={wide ? styles.modalWide : undefined}
    >
      <Dialog role={role} className={styles.dialog}>
        <Heading slot="title" data-whole="" className={styles.title}>
          {title}
        </Heading>
        <div className={styles.body} onKeyDownCapture={submitOf}>
          <Part name={message("components-dialog-part")}>{children}</Part>
        </div>
      </Dialog>
    </ModalFrame>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
