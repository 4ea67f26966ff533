/** When to call again: the usual picks, and how a moment is written. In the rep's own zone. */
import {
  type CalendarDate,
  getDayOfWeek,
  getLocalTimeZone,
  type Time,
  toCalendarDate,
  toCalendarDateTime,
  toTime,
  type ZonedDateTime,
} from "@internationalized/date";
import { catalogue, message } from "../../text/text";

export interface When {
  day: CalendarDate;
  time: Time;
}

export interface Pick extends When {
  key: "hour" | "tomorrow" | "two_days" | "monday";
  name: string;
}

const MONDAY_OPENS_HOUR = 9;

function whenOf(moment: ZonedDateTime): When {
  return {
    day: toCalendarDate(moment),
    time: toTime(moment).set({ second: 0, millisecond: 0 }),
  };
}

export function picks(now: ZonedDateTime): Pick[] {
  // 0 is Monday: the day of the zone that `now` is in.
  const weekday = getDayOfWeek(now, "en-GB");
  const monday = whenOf(now.add({ days: 7 - weekday }));
  return [
    { key: "hour", name: message("wrap-up-callback-in-an-hour"), ...whenOf(now.add({ hours: 1 })) },
    {
      key: "tomorrow",
      name: message("wrap-up-callback-tomorrow"),
      ...whenOf(now.add({ days: 1 })),
    },
    {
      key: "two_days",
      name: message("wrap-up-callback-in-two-days"),
      ...whenOf(now.add({ days: 2 })),
    },
    {
      key: "monday",
      name: message("wrap-up-callback-next-monday"),
      day: monday.day,
      time: monday.time.set({ hour: MONDAY_OPENS_HOUR, minute: 0 }),
    },
  ];
}

/** As the core takes it. A time that a clock change leaves out becomes the next one that exists. */
export function momentOf({ day, time }: When, zone = getLocalTimeZone()): string {
  return toCalendarDateTime(day, time).toDate(zone, "compatible").toISOString();
}

/** "Thu 26 Nov, 10:00", where the rep is or in another zone. */
export function dayAndTime(moment: string, zone = getLocalTimeZone()): string {
  return message("wrap-up-moment", {
    weekday: catalogue.date(moment, { weekday: "short" }, zone),
    day: catalogue.time(moment, "day", zone),
    time: catalogue.time(moment, "minutes", zone),
  });
}
