import { type ReactNode, useState } from "react";
import { cx } from "../../components/cx";
import { Field } from "../../components/Field";
import { message } from "../../text/text";
import styles from "./SavedField.module.css";

interface Props {
  label: string;
  value: string;
  help?: ReactNode;
  problem: string | null;
  isSaved: boolean;
  isDisabled?: boolean;
  fixed?: boolean;
  className?: string;
  onSave: (value: string) => void;
}

/** A field that is saved when it is left, or with Enter. A refused text stays to be corrected. */
export function SavedField(props: Props) {
  const { label, value, help, problem, isSaved, className, onSave, ...rest } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value;
  const done = () => {
    if (typed === null) return;
    if (typed === value) setTyped(null);
    else onSave(typed.trim());
  };
  // The core has saved the typed text: it is the value again.
  if (typed !== null && isSaved && typed.trim() === value) setTyped(null);
  return (
    <div className={cx(styles.field, className)}>
      <Field
        {...rest}
        label={label}
        value={shown}
        help={help}
        problem={problem}
        onChange={setTyped}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === "Enter") done();
        }}
      />
      <span className={styles.word} aria-hidden="true">
        {isSaved && typed === null ? message("settings-saved") : ""}
      </span>
    </div>
  );
}
