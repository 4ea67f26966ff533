import type { ReactNode } from "react";
import {
  FieldError,
  Input,
  Label,
  SearchField,
  type SearchFieldProps,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from "react-aria-components";
import { Keys } from "./Keys";
import { ariaKeys } from "./shortcuts";

interface FieldProps extends Omit<TextFieldProps, "className" | "children"> {
  label: string;
  help?: ReactNode;
  problem?: string | null;
  placeholder?: string;
  lines?: number;
  hideLabel?: boolean;
  fixed?: boolean;
  inputRef?: React.Ref<HTMLInputElement>;
  areaRef?: React.Ref<HTMLTextAreaElement>;
}

/** A labelled line or box of text, with help below and the core's answer when it refuses. */
export function Field(props: FieldProps) {
  const { label, help, problem, placeholder, lines, hideLabel, fixed, inputRef, areaRef, ...rest } =
    props;
  const look = `input${fixed ? " input-fixed" : ""}`;
  return (
    <TextField
      {...rest}
      {...(hideLabel ? { "aria-label": label } : {})}
      isInvalid={Boolean(problem)}
      className="field"
    >
      {hideLabel ? null : <Label className="label">{label}</Label>}
      {lines ? (
        <TextArea
          className={`${look} input-area`}
          dir="auto"
          rows={lines}
          placeholder={placeholder ?? ""}
          {...(areaRef ? { ref: areaRef } : {})}
        />
      ) : (
        <Input
          className={look}
          dir="auto"
          placeholder={placeholder ?? ""}
          spellCheck={false}
          {...(inputRef ? { ref: inputRef } : {})}
        />
      )}
      {help ? (
        <Text slot="description" className="help">
          {help}
        </Text>
      ) : null}
      <FieldError className="refusal">{problem ?? ""}</FieldError>
    </TextField>
  );
}

interface SearchProps extends Omit<SearchFieldProps, "className" | "children"> {
  label: string;
  placeholder: string;
  shortcut?: string;
  inputRef?: React.Ref<HTMLInputElement>;
}

export function Search({ label, placeholder, shortcut, inputRef, ...rest }: SearchProps) {
  return (
    <SearchField {...rest} aria-label={label} className="search">
      <Input
        className="input"
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        {...(shortcut ? { "aria-keyshortcuts": ariaKeys(shortcut) } : {})}
        {...(inputRef ? { ref: inputRef } : {})}
      />
      {shortcut ? <Keys shortcut={shortcut} /> : null}
    </SearchField>
  );
}
