import { cx } from "./cx";
import styles from "./PersonName.module.css";

/** The person whom a card or a receipt is about, as its heading. */
export function PersonName({ name, isAbsent }: { name: string; isAbsent?: boolean }) {
  return (
    <h2 className={cx(styles.name, isAbsent && styles.absent)} dir="auto">
      {name}
    </h2>
  );
}
