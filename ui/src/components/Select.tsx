import { useId } from "react";
import { FieldLabel } from "./Field";
import styles from "./Field.module.css";

interface Props {
  label: string;
  value: string;
  choices: readonly { key: string; name: string }[];
  isDisabled?: boolean;
  onChange: (key: string) => void;
}

/** A choice of one from many: the system's own list, with its keys and its search by typing. */
export function Select({ label, value, choices, isDisabled, onChange }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <FieldLabel htmlFor={id}>{label}</FieldLabel>
      <select
        id={id}
        className={styles.input}
        value={value}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.key} value={choice.key}>
            {choice.name}
          </option>
        ))}
      </select>
    </div>
  );
}
