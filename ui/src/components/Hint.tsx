import type { ReactElement } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components";
import styles from "./Hint.module.css";

const DELAY_MS = 500;

/** The name of a button that is only an icon, for the eye; screen readers have its `aria-label`. */
export function Hint({ text, children }: { text: string; children: ReactElement }) {
  return (
    <TooltipTrigger delay={DELAY_MS} closeDelay={0}>
      {children}
      <Tooltip className={styles.hint} offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
