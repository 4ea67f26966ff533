import type { ReactNode } from "react";
import {
  FieldError,
  Input,
  Label,
  type LabelProps,
  SearchField,
  type SearchFieldProps,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from "react-aria-components";
import { cx } from "./cx";
import { Keys } from "./Keys";
import { ariaKeys } from "./shortcuts";
import styles from "./Field.module.css";

/** What a field or a group of choices is called. */
export function FieldLabel(props: Omit<LabelProps, "className">) {
  return <Label {...props} data-whole="" className={styles.label} />;
}

interface FieldProps extends Omit<TextFieldProps, "className" | "children"> {
  label: string;
  help?: ReactNode;
  problem?: string | null;
  placeholder?: string;
  lines?: number;
  hideLabel?: boolean;
  className?: string;
  fixed?: boolean;
  inputRef?: React.Ref<HTMLInputElement>;
  areaRef?: React.Ref<HTMLTextAreaElement>;
}

/** A labeled line or box of text, with help below and the core's answer when it refuses. */
export function Field(props: FieldProps) {
  const {
    label,
    help,
    problem,
    placeholder,
    lines,
    hideLabel,
    fixed,
    inputRef,
    areaRef,
    ...other
  } = props;
  const { className, ...rest } = other;
  const classes = cx(styles.input, fixed && styles.fixed);
  return (
    <TextField
      {...rest}
      {...(hideLabel ? { "aria-label": label } : {})}
      isInvalid={Boolean(problem)}
      className={cx(styles.field, className)}
    >
      {hideLabel ? null : <FieldLabel>{label}</FieldLabel>}
      {lines ? (
        <TextArea
          className={cx(classes, styles.area)}
          dir="auto"
          rows={lines}
          placeholder={placeholder ?? ""}
          {...(areaRef ? { ref: areaRef } : {})}
        />
      ) : (
        <Input
          className={classes}
          dir="auto"
          placeholder={placeholder ?? ""}
          spellCheck={false}
          {...(inputRef ? { ref: inputRef } : {})}
        />
      )}
      {help ? (
        <Text slot="description" data-whole="" className={styles.help}>
          {help}
        </Text>
      ) : null}
      <FieldError className={styles.refusal}>{problem ?? ""}</FieldError>
    </TextField>
  );
}

interface SearchProps extends Omit<SearchFieldProps, "className" | "children"> {
  label: string;
  placeholder: string;
  shortcut?: string;
  className?: string;
  inputRef?: React.Ref<HTMLInputElement>;
}

export function Search(props: SearchProps) {
  const { label, placeholder, shortcut, className, inputRef, ...rest } = props;
  return (
    <SearchField {...rest} aria-label={label} className={cx(styles.search, className)}>
      <Input
        className={styles.input}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        {...(shortcut ? { "aria-keyshortcuts": ariaKeys(shortcut) } : {})}
        {...(inputRef ? { ref: inputRef } : {})}
      />
      {shortcut ? <Keys shortcut={shortcut} className={styles.searchKeys} /> : null}
    </SearchField>
  );
}
