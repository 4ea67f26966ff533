import { Phone as PhoneIcon } from "lucide-react";
import { Button } from "../../components/Button";
import { Mark } from "../../components/Mark";
import type { Card } from "../../generated/Card";
import type { Phone } from "../../generated/Phone";
import { REACH_ID } from "./ContactHead";

/** As it is spoken: the extension is dialed by hand once somebody answers. */
function phoneWords({ display, extension }: Phone): string {
  return extension ? `${display} extension ${extension}` : display;
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
    return (
      <p className="phones-none">No phone number. Skip this task, or add a number in Apollo.</p>
    );
  }
  return (
    <ul className="phones" aria-label="Phone numbers">
      {card.phones.map((phone) => {
        const isFirst = phone.index === first?.index;
        const reason = `phone-${phone.index}-more`;
        return (
          <li key={phone.index} className={`phone ${phone.can_dial ? "" : "phone-closed"}`}>
            <Button
              look={isFirst && canCall ? "next" : "plain"}
              className="phone-button"
              aria-label={`Call ${phoneWords(phone)} ${phone.kind}`}
              aria-describedby={isClosed ? `${REACH_ID} ${reason}` : reason}
              isDisabled={!phone.can_dial || !canCall || isSaving || isDialing}
              {...(isFirst && canCall ? { shortcut: "Enter" } : {})}
              onPress={() => onCall(phone)}
            >
              <PhoneIcon size={16} aria-hidden="true" />
              <span className="phone-number">{phone.display}</span>
              {phone.extension ? (
                <span className="phone-number phone-extension">ext. {phone.extension}</span>
              ) : null}
              <span className="phone-kind">{phone.kind}</span>
            </Button>
            <span id={reason} className="phone-more">
              {phone.do_not_call ? (
                <Mark shape="triangle" meaning="stopped" word="Do not call" />
              ) : null}
              {phone.why_not ? <span> {phone.why_not}</span> : null}
              {phone.asks ? <Mark shape="diamond" meaning="waits" word={phone.asks} /> : null}
              {!phone.why_not && phone.status ? (
                <span className="quiet">{phone.status}</span>
              ) : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
