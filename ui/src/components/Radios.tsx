import type { RefObject } from "react";
import { Radio, RadioGroup, type RadioGroupProps } from "react-aria-components";
import { message } from "../text/text";
import { FieldLabel } from "./Field";
import { Keys } from "./Keys";
import { ariaKeys } from "./shortcuts";
import styles from "./Choices.module.css";

export interface Choice {
  key: string;
  name: string;
  shortcut?: string | null;
  /** Shown at the right, and part of the name. */
  more?: string;
}

interface Props extends Omit<RadioGroupProps, "className" | "children"> {
  label: string;
  choices: readonly Choice[];
  groupRef?: RefObject<HTMLDivElement | null>;
  variant?: "rows" | "plain";
}

function nameOf({ name, more }: Choice): string {
  return more ? message("components-choice-with-more", { name, more }) : name;
}

/** A choice of one from a few, all in sight. */
export function Radios({ label, choices, groupRef, variant = "plain", ...rest }: Props) {
  return (
    <RadioGroup
      {...rest}
      className={variant === "rows" ? styles.rows : ""}
      {...(groupRef ? { ref: groupRef } : {})}
    >
      <FieldLabel>{label}</FieldLabel>
      <div className={styles.list}>
        {choices.map((choice) => (
          <Radio
            key={choice.key}
            value={choice.key}
            className={styles.radio}
            aria-label={nameOf(choice)}
            // The library passes no shortcut on to the input, which has the role.
            inputRef={(input) => {
              if (choice.shortcut) {
                input?.setAttribute("aria-keyshortcuts", ariaKeys(choice.shortcut));
              } else input?.removeAttribute("aria-keyshortcuts");
            }}
          >
            <span className={styles.dot} aria-hidden="true" />
            <span className={styles.name} data-whole="">
              {choice.name}
            </span>
            {choice.more ? <span className={styles.more}>{choice.more}</span> : null}
            {choice.shortcut ? <Keys shortcut={choice.shortcut} /> : null}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** Moves focus to the chosen radio, or the first. */
export function focusRadios(group: HTMLElement | null): void {
  const radio =
    group?.querySelector<HTMLInputElement>("input:checked") ??
    group?.querySelector<HTMLInputElement>("input");
  radio?.focus();
}
