import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import { cx } from "./cx";
import { Keys } from "./Keys";
import { ariaKeys } from "./shortcuts";
import styles from "./Button.module.css";

type Look = "next" | "plain" | "quiet" | "danger" | "inline" | "icon";

/** `inline` stands in a line of text; `icon` shows an icon only. Both are quiet. */
const LOOKS: Record<Look, string> = {
  next: styles.next,
  plain: "",
  quiet: styles.quiet,
  danger: styles.danger,
  inline: cx(styles.quiet, styles.inline),
  icon: cx(styles.quiet, styles.icon),
};

interface Props extends Omit<ButtonProps, "className" | "children" | "isPending"> {
  look?: Look;
  /** Shown at the right, never part of the name. */
  shortcut?: string;
  /** The act is under way: the button keeps its focus and does nothing more. */
  isPending?: boolean;
  className?: string;
  buttonRef?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** The library's own button passes no `aria-keyshortcuts` on to its element, so it is drawn with it. */
export function withKeys(shortcut: string): Pick<ButtonProps, "render"> {
  return { render: (drawn) => <button {...drawn} aria-keyshortcuts={ariaKeys(shortcut)} /> };
}

/** The one button. `next` is the obvious next act: at most one on a screen. */
export function Button(props: Props) {
  const {
    look = "plain",
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
      className={cx(styles.button, LOOKS[look], isPending && styles.pending, className)}
    >
      {children}
      {shortcut ? <Keys shortcut={shortcut} /> : null}
    </AriaButton>
  );
}

/** No more than its icon, in a corner of what it acts on. Its name is the `aria-label`. */
export function IconButton(props: Omit<ButtonProps, "className">) {
  return <AriaButton {...props} className={styles.icon} />;
}
