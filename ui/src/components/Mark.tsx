/** A state as a shape and a word, so that color is never the only sign. */
import { cx } from "./cx";
import styles from "./Mark.module.css";

export type Shape = "full" | "half" | "ring" | "dash" | "square" | "diamond" | "triangle" | "tick";
export type Meaning = "good" | "waits" | "stopped" | "closed" | "quiet" | "accent";

interface Props {
  shape: Shape;
  meaning: Meaning;
  word: string;
}

const DRAWN: Record<Shape, React.ReactNode> = {
  full: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  half: (
    <>
      <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 2.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />
    </>
  ),
  ring: <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  dash: <path d="M2.5 6h7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  square: <rect x="2.5" y="2.5" width="7" height="7" rx="1" fill="currentColor" />,
  diamond: <path d="M6 1.5 10.5 6 6 10.5 1.5 6z" fill="currentColor" />,
  triangle: <path d="M6 1.8 11 10.2H1z" fill="currentColor" />,
  tick: (
    <path
      d="M2 6.5 5 9.2 10 3"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
};

/** The classes of the colors that mean something, for signs that are not marks. */
export const MEANINGS: Record<Meaning, string> = {
  good: styles.good,
  waits: styles.waits,
  stopped: styles.stopped,
  closed: styles.closed,
  quiet: styles.quiet,
  accent: styles.accent,
};

export function ShapeIcon({ shape, className }: { shape: Shape; className?: string }) {
  return (
    <svg
      className={cx(styles.shape, className)}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
    >
      {DRAWN[shape]}
    </svg>
  );
}

export function Mark({ shape, meaning, word }: Props) {
  return (
    <span className={cx(styles.mark, MEANINGS[meaning])}>
      <ShapeIcon shape={shape} />
      <span>{word}</span>
    </span>
  );
}
