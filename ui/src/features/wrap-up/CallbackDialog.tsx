/** When to call again, and whether that is a new task or this one. */

import {
  type CalendarDate,
  getLocalTimeZone,
  now as nowIn,
  parseAbsolute,
  type Time,
  toCalendarDate,
  toTime,
} from "@internationalized/date";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { DayField, TimeOfDayField } from "../../components/Moments";
import { focusRadios, Radios } from "../../components/Radios";
import { Help, Refusal } from "../../components/Text";
import type { Callback } from "../../generated/Callback";
import type { CallbackHow } from "../../generated/CallbackHow";
import type { Card } from "../../generated/Card";
import { message } from "../../text/text";
import { dayAndTime, momentOf, picks } from "./callback-times";
import styles from "./CallbackDialog.module.css";

interface Props {
  isOpen: boolean;
  card: Card;
  callback: Callback | null;
  onClose: () => void;
  onSet: (callback: Callback) => void;
}

export function CallbackDialog({ isOpen, onClose, card, ...rest }: Props) {
  return (
    <ModalDialog
      title={message("wrap-up-callback-title", { name: card.contact.name })}
      isOpen={isOpen}
      onClose={onClose}
    >
      <CallbackForm {...rest} card={card} onClose={onClose} />
    </ModalDialog>
  );
}

function CallbackForm({ card, callback, onClose, onSet }: Omit<Props, "isOpen">) {
  const zone = getLocalTimeZone();
  const [usual] = useState(() => picks(nowIn(zone)));
  const [picked, setPicked] = useState<string | null>(callback ? null : "tomorrow");
  const [when, setWhen] = useState<{ day: CalendarDate | null; time: Time | null }>(() => {
    if (!callback)
      return usual.find((pick) => pick.key === "tomorrow") ?? { day: null, time: null };
    const at = parseAbsolute(callback.at, zone);
    return { day: toCalendarDate(at), time: toTime(at) };
  });
  const [how, setHow] = useState<CallbackHow>(
    card.has_contact ? (callback?.how ?? "new_task") : "move_task",
  );
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => focusRadios(group.current), []);

  const { day, time } = when;
  const at = day && time ? momentOf({ day, time }) : null;
  const hasPassed = at !== null && new Date(at).getTime() <= Date.now();
  const change = (part: Partial<typeof when>) => {
    setPicked(null);
    setWhen((before) => ({ ...before, ...part }));
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (at && !hasPassed) onSet({ at, how });
      }}
    >
      <Radios
        label={message("wrap-up-callback-when")}
        groupRef={group}
        choices={usual.map((pick) => ({
          key: pick.key,
          name: pick.name,
          more: dayAndTime(momentOf(pick)),
        }))}
        value={picked}
        onChange={(key) => {
          setPicked(key);
          const pick = usual.find((other) => other.key === key);
          if (pick) setWhen({ day: pick.day, time: pick.time });
        }}
      />
      <div className={styles.when}>
        <DayField
          label={message("wrap-up-callback-day")}
          value={day}
          onChange={(value) => change({ day: value })}
        />
        <TimeOfDayField
          label={message("wrap-up-callback-time")}
          value={time}
          onChange={(value) => change({ time: value })}
        />
      </div>
      {hasPassed ? (
        <Refusal>{message("wrap-up-callback-passed")}</Refusal>
      ) : (
        <Help>{whereThere(card, at)}</Help>
      )}
      <Radios
        label={message("wrap-up-callback-then")}
        choices={[
          ...(card.has_contact
            ? [{ key: "new_task", name: message("wrap-up-callback-new-task") }]
            : []),
          {
            key: "move_task",
            name: message(
              card.sequence
                ? "wrap-up-callback-move-task-in-sequence"
                : "wrap-up-callback-move-task",
            ),
          },
        ]}
        value={how}
        onChange={(key) => setHow(key === "move_task" ? "move_task" : "new_task")}
      />
      {card.has_contact ? null : <Help>{message("wrap-up-callback-no-contact")}</Help>}
      <DialogActions>
        <Button variant="quiet" onPress={onClose}>
          {message("wrap-up-cancel-button")}
        </Button>
        <Button type="submit" variant="next" isDisabled={!at || hasPassed}>
          {message("wrap-up-callback-set-button")}
        </Button>
      </DialogActions>
    </form>
  );
}

/** A time in the evening here may be the middle of the night there. */
function whereThere({ local_time: there }: Card, at: string | null): string {
  if (!at) return message("wrap-up-callback-own-time");
  const moment = dayAndTime(at);
  if (!there) return message("wrap-up-callback-at-own-time", { moment });
  try {
    const { place } = there;
    const earliest = dayAndTime(at, there.zone);
    if (!there.latest_zone) {
      return message("wrap-up-callback-at-both-times", { moment, place, there: earliest });
    }
    const latest = dayAndTime(at, there.latest_zone);
    return message("wrap-up-callback-at-both-times-between", { moment, place, earliest, latest });
  } catch {
    return message("wrap-up-callback-at-own-time", { moment });
  }
}
