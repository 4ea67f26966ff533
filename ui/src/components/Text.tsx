/**
 * Texts that look the same wherever they stand.
 *
 * An element with `data-whole` is never cut, however large its text is: it belongs to a control or
 * names it. `tests/ui/world/layout.ts` checks all of them.
 */
import type { ComponentProps, HTMLAttributes, ReactNode } from "react";
import { cx } from "./cx";
import styles from "./Text.module.css";

/** A sentence that explains what stands beside it. */
export function Help({ className, ...rest }: ComponentProps<"p">) {
  return <p {...rest} data-whole="" className={cx(styles.help, className)} />;
}

interface RefusalProps {
  /** The alert around it is spoken as a whole. */
  isInAlert?: boolean;
  children: ReactNode;
}

/** Why something was not done, beside the control that asked for it. */
export function Refusal({ isInAlert, children }: RefusalProps) {
  return (
    <p className={styles.refusal} {...(isInAlert ? {} : { role: "alert" })}>
      {children}
    </p>
  );
}

export function Quiet(props: Omit<ComponentProps<"span">, "className">) {
  return <span {...props} className={styles.quiet} />;
}

/** Says that there is nothing, where something could be. */
export function Absent(props: Omit<ComponentProps<"span">, "className">) {
  return <span {...props} className={styles.absent} />;
}

interface SectionTitleProps extends Omit<ComponentProps<"h3">, "className"> {
  level?: 2 | 3;
  /** It stands in a column that leaves a gap below each of its parts. */
  isInGap?: boolean;
}

export function SectionTitle({ level = 3, isInGap, ...rest }: SectionTitleProps) {
  const Tag = level === 2 ? "h2" : "h3";
  const classes = cx(styles.sectionTitle, isInGap && styles.sectionTitleInGap);
  return <Tag {...rest} data-whole="" className={classes} />;
}

/** An id or a path, which somebody may want to copy. */
export function SelectableCode({ className, ...rest }: ComponentProps<"code">) {
  return <code {...rest} className={cx(styles.selectable, className)} />;
}

interface UnseenProps extends Omit<HTMLAttributes<HTMLElement>, "className"> {
  as: "div" | "h1" | "p" | "span";
}

/** For screen readers only. */
export function Unseen({ as: Tag, ...rest }: UnseenProps) {
  return <Tag {...rest} className={styles.unseen} />;
}
