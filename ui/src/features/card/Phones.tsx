import { Phone as PhoneIcon } from "lucide-react";
import { Button } from "../../components/Button";
import { cx } from "../../components/cx";
import { Mark } from "../../components/Mark";
import { Quiet } from "../../components/Text";
import type { Card } from "../../generated/Card";
import type { Phone } from "../../generated/Phone";
import { message } from "../../text/text";
import { REACH_ID } from "./ContactHead";
import styles from "./Phones.module.css";

/** The extension is dialed by hand once somebody answers. */
function callName({ display: number, extension, kind }: Phone): string {
  return extension
    ? message("card-call-extension-button", { number, extension, kind })
    : message("card-call-button", { number, kind });
}

interface Props {
  card: Card;
  first: Phone | null;
  canCall: boolean;
  /** Nobody may be called on this card now; the card says why. */
  isClosed: boolean;
  isSaving: boolean;
  isDialing: boolean;
  onCall: (phone: Phone) => void;
}

export function Phones({ card, first, canCall, isClosed, isSaving, isDialing, onCall }: Props) {
  if (card.phones.length === 0) {
    return <p className={styles.none}>{message("card-no-phone")}</p>;
  }
  return (
    <ul className={styles.phones} aria-label={message("card-phones")}>
      {card.phones.map((phone) => {
        const isFirst = phone.index === first?.index;
        const reason = `phone-${phone.index}-more`;
        return (
          <li key={phone.index} className={cx(styles.phone, !phone.can_dial && styles.closed)}>
            <Button
              variant={isFirst && canCall ? "next" : "plain"}
              className={styles.button}
              aria-label={callName(phone)}
              aria-describedby={isClosed ? `${REACH_ID} ${reason}` : reason}
              isDisabled={!phone.can_dial || !canCall || isSaving || isDialing}
              {...(isFirst && canCall ? { shortcut: "Enter" } : {})}
              onPress={() => onCall(phone)}
            >
              <PhoneIcon size={16} aria-hidden="true" />
              <span className={styles.number} data-whole="">
                {phone.display}
              </span>
              {phone.extension ? (
                <span className={styles.number} data-whole="">
                  {message("card-extension", { extension: phone.extension })}
                </span>
              ) : null}
              <span className={styles.kind} data-whole="">
                {phone.kind}
              </span>
            </Button>
            <span id={reason} className={styles.more}>
              {phone.do_not_call ? (
                <Mark shape="triangle" meaning="stopped" word={message("card-do-not-call")} />
              ) : null}
              {phone.why_not ? <span> {phone.why_not}</span> : null}
              {phone.asks ? <Mark shape="diamond" meaning="waits" word={phone.asks} /> : null}
              {!phone.why_not && phone.status ? <Quiet>{phone.status}</Quiet> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
