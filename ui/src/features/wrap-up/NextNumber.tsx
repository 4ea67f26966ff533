/**
 * One try is over and the same person has another number: one key logs the call and dials on. With the
 * outcome that is chosen, else with the one for no answer; or with the one for a bad number.
 */
import { Group } from "react-aria-components";
import { Button } from "../../components/Button";
import type { Card } from "../../generated/Card";
import type { NumberWas } from "../../generated/NumberWas";
import type { Outcome } from "../../generated/Outcome";
import { message } from "../../text/text";
import { useAction } from "../keys/KeysProvider";
import styles from "./NextNumber.module.css";

interface Props {
  card: Card;
  outcomes: readonly Outcome[];
  chosen: Outcome | null;
  isBusy: boolean;
  onTry: (outcome: Outcome, phone: number) => void;
}

export function NextNumber({ card, outcomes, chosen, isBusy, onTry }: Props) {
  // Only where there is one: with a card that cannot be drawn, the note can be written all the same.
  const next =
    card.next_number === null
      ? null
      : card.phones.find((phone) => phone.index === card.next_number);
  const that = (was: NumberWas) => outcomes.find((outcome) => outcome.number_was === was) ?? null;
  const bad = that("bad");
  const first = chosen ?? that("not_answered");
  // The same outcome is offered once.
  const second = bad?.key === first?.key ? null : bad;
  const log = (outcome: Outcome | null) =>
    next && outcome && !isBusy ? () => onTry(outcome, next.index) : null;
  useAction("try-next", log(first));
  useAction("bad-number", log(bad));
  if (!next || (!first && !second)) return null;
  const offers = [
    { outcome: first, shortcut: "t" },
    { outcome: second, shortcut: "d" },
  ];
  return (
    <Group aria-label={message("wrap-up-next-number")} className={styles.next}>
      <span className={styles.number}>
        {message("wrap-up-next-number-is", { number: next.display, kind: next.kind })}
      </span>
      {offers.map(({ outcome, shortcut }) =>
        outcome ? (
          <Button
            key={shortcut}
            shortcut={shortcut}
            className={styles.button}
            aria-label={message("wrap-up-try-button", {
              outcome: outcome.name,
              number: next.display,
            })}
            isDisabled={isBusy}
            onPress={() => log(outcome)?.()}
          >
            {outcome.name}
          </Button>
        ) : null,
      )}
    </Group>
  );
}
