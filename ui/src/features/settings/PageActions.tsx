import type { ReactNode } from "react";
import { cx } from "../../components/cx";
import styles from "./PageActions.module.css";

interface Props {
  /** Text stands beside the buttons, so all of them are centered in their line. */
  hasText?: boolean;
  children: ReactNode;
}

/** The actions on a page of the settings besides changing its fields. */
export function PageActions({ hasText, children }: Props) {
  return <div className={cx(styles.actions, hasText && styles.actionsWithText)}>{children}</div>;
}
