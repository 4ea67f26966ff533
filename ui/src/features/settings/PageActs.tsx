import type { ReactNode } from "react";
import { cx } from "../../components/cx";
import styles from "./PageActs.module.css";

interface Props {
  /** Not only buttons, so that they stand in the middle of their line. */
  hasWords?: boolean;
  children: ReactNode;
}

/** What can be done on a page of the settings besides changing its fields. */
export function PageActs({ hasWords, children }: Props) {
  return <div className={cx(styles.acts, hasWords && styles.actsWithWords)}>{children}</div>;
}
