import type { ReactNode } from "react";
import { Keyboard } from "react-aria-components";
import { cx } from "./cx";
import { shownKeys } from "./shortcuts";
import styles from "./Keys.module.css";

interface Props {
  shortcut: string;
  className?: string | undefined;
}

/** A shortcut, for the eye only: screen readers have `aria-keyshortcuts`. */
export function Keys({ shortcut, className }: Props) {
  return <KeyCap className={className}>{shownKeys(shortcut)}</KeyCap>;
}

/** A text that is drawn like a key. */
export function KeyCap({
  children,
  className,
}: {
  children: ReactNode;
  className?: string | undefined;
}) {
  return (
    <span className={cx(styles.keys, className)} aria-hidden="true" data-whole="">
      {children}
    </span>
  );
}

/** The shortcut of an item in a menu, which the library ties to it. */
export function MenuKeys({ shortcut, className }: Props) {
  return (
    <Keyboard className={cx(styles.keys, className)} data-whole="">
      {shownKeys(shortcut)}
    </Keyboard>
  );
}
