/** What happens besides logging the call: the outcome's rule, and the rep's own choice. */
import { Button } from "../../components/Button";
import { Check } from "../../components/Check";
import { Help } from "../../components/Text";
import type { Callback } from "../../generated/Callback";
import type { CallForm } from "../../generated/CallForm";
import type { Card } from "../../generated/Card";
import type { OutcomeThen } from "../../generated/OutcomeThen";
import { message } from "../../text/text";
import { dayAndTime } from "./callback-times";
import styles from "./AfterCall.module.css";

interface Props {
  card: Card;
  text: CallForm;
  /** What the chosen outcome's rule says; none until one is chosen. */
  then: OutcomeThen | null;
  onChange: (change: Partial<CallForm>) => void;
}

function callbackText({ at, how }: Callback): string {
  return message("wrap-up-callback-set", { moment: dayAndTime(at), how });
}

/** The rule as text, which says so where the rep chose otherwise for this call. */
function thenText(then: OutcomeThen, text: CallForm): string {
  const { callback, finish_sequence: finish } = text;
  const otherCallback =
    callback !== null && (then.callback_days !== null || callback.how === "move_task");
  const otherFinish = finish !== null && finish !== then.finishes_sequence;
  if (!otherCallback && !otherFinish) return then.sentence;
  return message("wrap-up-not-by-rule", { rule: then.sentence });
}

export function AfterCall({ card, text, then, onChange }: Props) {
  const { callback } = text;
  return (
    <div className={styles.after}>
      {/* Always a line high, so that nothing below moves when an outcome is chosen. */}
      <Help className={styles.rule}>{then ? thenText(then, text) : ""}</Help>
      {card.sequence ? (
        <Check
          isSelected={text.finish_sequence ?? then?.finishes_sequence ?? false}
          onChange={(finish_sequence) => onChange({ finish_sequence })}
        >
          {message("wrap-up-finish-sequence")}
        </Check>
      ) : null}
      {callback ? (
        <p className={styles.callback}>
          <span>{callbackText(callback)}</span>
          <Button
            variant="inline"
            aria-label={message("wrap-up-remove-callback-button-name")}
            onPress={() => onChange({ callback: null })}
          >
            {message("wrap-up-remove-callback-button")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
