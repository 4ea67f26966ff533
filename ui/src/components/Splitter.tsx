/** The line between two panes, moved by pointer or arrow keys. */
import { type KeyboardEvent, useRef } from "react";
import { mergeProps, useMove } from "react-aria";
import { cx } from "./cx";
import { remPx, USUAL_REM_PX } from "./rem";
import styles from "./Splitter.module.css";

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  /** 1 if moving right makes the pane wider, -1 if it makes it narrower. */
  direction: 1 | -1;
  onMove: (value: number) => void;
  onDone: (value: number) => void;
  className?: string;
}

const KEY_STEP_PX = 16;

export function Splitter(props: Props) {
  const { label, value, min, max, direction, onMove, onDone, className } = props;
  const bound = (width: number) => Math.round(Math.min(max, Math.max(min, width)));
  // Where the pointer is, also beyond the bounds.
  const moved = useRef(value);
  const { moveProps } = useMove({
    onMoveStart: () => {
      moved.current = value;
    },
    onMove: ({ pointerType, deltaX }) => {
      const stepPx = pointerType === "keyboard" ? KEY_STEP_PX : USUAL_REM_PX / remPx();
      moved.current += deltaX * stepPx * direction;
      onMove(bound(moved.current));
    },
    onMoveEnd: () => onDone(bound(moved.current)),
  });
  const toTheEnds = {
    onKeyDown: (event: KeyboardEvent) => {
      const ends: Record<string, number> = {
        Home: direction === 1 ? min : max,
        End: direction === 1 ? max : min,
      };
      const end = ends[event.key];
      if (end === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      onMove(end);
      onDone(end);
    },
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is the pattern for a pane splitter; <hr> cannot be moved
    <div
      {...mergeProps(moveProps, toTheEnds)}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={cx(styles.splitter, className)}
    />
  );
}
