import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import { cx } from "./cx";
import { Keys } from "./Keys";
import { ariaKeys } from "./shortcuts";
import styles from "./Button.module.css";

type Variant = "next" | "plain" | "quiet" | "danger" | "inline" | "icon";

/** `inline` stands in a line of text; `icon` shows an icon only. Both are quiet. */
const VARIANTS: Record<Variant, string> = {
  next: styles.next,
  plain: "",
  quiet: styles.quiet,
  danger: styles.danger,
  inline: cx(styles.quiet, styles.inline),
  icon: cx(styles.quiet, styles.icon),
};

interface Props extends Omit<ButtonProps, "className" | "children" | "isPending"> {
  variant?: Variant;
  /** Shown at the right, never part of the name. */
  shortcut?: string;
  /** The action is under way: the button keeps its focus and does nothing more. */
  isPending?: boolean;
  className?: string;
  buttonRef?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** The library's button does not pass `aria-keyshortcuts` on, so its element is drawn here. */
export function withKeys(shortcut: string): Pick<ButtonProps, "render"> {
  return { render: (drawn) => <button {...drawn} aria-keyshortcuts={ariaKeys(shortcut)} /> };
}

/** The one button. `next` is the obvious next action: at most one on a screen. */
export function Button(props: Props) {
  const {
    variant = "plain",
    shortcut,
    isPending,
    className,
    buttonRef,
    children,
    onPress,
    ...rest
  } = props;
  return (
    <AriaButton
      {...rest}
      {...(shortcut ? withKeys(shortcut) : {})}
      {...(buttonRef ? { ref: buttonRef } : {})}
      {...(onPress && !isPending ? { onPress } : {})}
      className={cx(styles.button, VARIANTS[variant], isPending && styles.pending, className)}
    >
      {children}
      {shortcut ? <Keys shortcut={shortcut} /> : null}
    </AriaButton>
  );
}

/** A button that is only an icon, in a corner of what it acts on. Its name is the `aria-label`. */
export function IconButton(props: Omit<ButtonProps, "className">) {
  return <AriaButton {...props} className={styles.icon} />;
}
