/** A day and a time of day, part by part. */
import {
  DateField,
  type DateFieldProps,
  DateInput,
  DateSegment,
  type DateValue,
  TimeField,
  type TimeFieldProps,
  type TimeValue,
} from "react-aria-components";
import { catalogue } from "../text/text";
import { cx } from "./cx";
import { FieldLabel } from "./Field";
import styles from "./Field.module.css";

interface DayProps<T extends DateValue> extends Omit<DateFieldProps<T>, "className" | "children"> {
  label: string;
}

export function DayField<T extends DateValue>({ label, ...rest }: DayProps<T>) {
  return (
    <DateField {...rest} className={styles.field} shouldForceLeadingZeros>
      <FieldLabel>{label}</FieldLabel>
      <Segments />
    </DateField>
  );
}

interface TimeProps<T extends TimeValue> extends Omit<TimeFieldProps<T>, "className" | "children"> {
  label: string;
}

export function TimeOfDayField<T extends TimeValue>({ label, ...rest }: TimeProps<T>) {
  return (
    <TimeField
      {...rest}
      className={styles.field}
      hourCycle={catalogue.hourCycle === "h12" ? 12 : 24}
      shouldForceLeadingZeros
    >
      <FieldLabel>{label}</FieldLabel>
      <Segments />
    </TimeField>
  );
}

function Segments() {
  return (
    <DateInput className={cx(styles.input, styles.moment)}>
      {(segment) => <DateSegment segment={segment} className={styles.segment} />}
    </DateInput>
  );
}
