import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import { ariaKeys } from "../features/keys/shown";
import { Keys } from "./Keys";

type Look = "next" | "plain" | "quiet" | "danger";

interface Props extends Omit<ButtonProps, "className" | "children"> {
  look?: Look;
  /** Shown at the right, never part of the name. */
  shortcut?: string;
  className?: string;
  children: ReactNode;
}

/** The one button. `next` is the obvious next act: at most one on a screen. */
export function Button({ look = "plain", shortcut, className, children, ...rest }: Props) {
  return (
    <AriaButton
      {...rest}
      {...(shortcut ? { "aria-keyshortcuts": ariaKeys(shortcut) } : {})}
      className={`button button-${look} ${className ?? ""}`}
    >
      {children}
      {shortcut ? <Keys shortcut={shortcut} /> : null}
    </AriaButton>
  );
}
