/** The line between two panes, moved by pointer or arrow keys. */
import { useRef } from "react";
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
  const drag = useRef<{ x: number; value: number } | null>(null);
  const bound = (wish: number) => Math.round(Math.min(max, Math.max(min, wish)));

  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is the pattern for a pane splitter; <hr> cannot be moved
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={cx(styles.splitter, className)}
      onKeyDown={(event) => {
        const moves: Record<string, number> = {
          ArrowLeft: value - KEY_STEP_PX * direction,
          ArrowRight: value + KEY_STEP_PX * direction,
          Home: direction === 1 ? min : max,
          End: direction === 1 ? max : min,
        };
        const wish = moves[event.key];
        if (wish === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onMove(bound(wish));
        onDone(bound(wish));
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, value };
      }}
      onPointerMove={(event) => {
        if (!drag.current) return;
        const scale = remPx() / USUAL_REM_PX;
        onMove(bound(drag.current.value + ((event.clientX - drag.current.x) / scale) * direction));
      }}
      onPointerUp={() => {
        if (!drag.current) return;
        drag.current = null;
        onDone(value);
      }}
    />
  );
}
