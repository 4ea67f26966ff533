/** A list from which one option is chosen: a line for each, with more about it below. */
import type { ComponentProps } from "react";
import {
  ListBox,
  ListBoxItem,
  type ListBoxItemProps,
  type ListBoxProps,
  Text,
  type TextProps,
} from "react-aria-components";
import { cx } from "./cx";
import styles from "./Options.module.css";

interface OptionsProps<T extends object> extends Omit<ListBoxProps<T>, "className"> {
  className?: string;
}

export function Options<T extends object>({ className, ...rest }: OptionsProps<T>) {
  return <ListBox {...rest} className={cx(styles.list, className)} />;
}

interface OptionProps<T extends object> extends Omit<ListBoxItemProps<T>, "className"> {
  className?: string;
}

export function Option<T extends object>({ className, ...rest }: OptionProps<T>) {
  return <ListBoxItem {...rest} className={cx(styles.option, className)} />;
}

export function OptionLine({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={cx(styles.line, className)} />;
}

/** With a slot, the library makes it the name of the option. */
export function OptionName({ className, ...rest }: TextProps) {
  const classes = cx(styles.name, className);
  return rest.slot ? (
    <Text {...rest} className={classes} />
  ) : (
    <span {...rest} className={classes} />
  );
}

/** With a slot, the library makes it the description of the option. */
export function OptionMore({ className, ...rest }: TextProps) {
  const classes = cx(styles.more, className);
  return rest.slot ? <Text {...rest} className={classes} /> : <p {...rest} className={classes} />;
}
