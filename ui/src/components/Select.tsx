import { useId } from "react";

interface Props {
  label: string;
  value: string;
  choices: readonly { key: string; name: string }[];
  isDisabled?: boolean;
  onChange: (key: string) => void;
}

/** One of many: the system's own list, with its keys and its search by typing. */
export function Select({ label, value, choices, isDisabled, onChange }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="input"
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
