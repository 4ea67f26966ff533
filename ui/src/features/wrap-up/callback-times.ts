/** When to call again: the usual picks, and how a moment is said. In the rep's own zone. */
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
    { key: "hour", name: "In 1 hour", ...whenOf(now.add({ hours: 1 })) },
    { key: "tomorrow", name: "Tomorrow, same time", ...whenOf(now.add({ days: 1 })) },
    { key: "two_days", name: "In 2 days", ...whenOf(now.add({ days: 2 })) },
    {
      key: "monday",
      name: "Next Monday",
      day: monday.day,
      time: monday.time.set({ hour: MONDAY_OPENS_HOUR, minute: 0 }),
    },
  ];
}

/** As the seam has it. A time that a clock change leaves out is the next one that exists. */
export function momentOf({ day, time }: When, zone = getLocalTimeZone()): string {
  return toCalendarDateTime(day, time).toDate(zone, "compatible").toISOString();
}

/** "Thu 26 Nov, 10:00", where the rep is or in another zone. */
export function dayAndTime(moment: string, zone = getLocalTimeZone()): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  }).formatToParts(new Date(moment));
  const part = (type: string) => parts.find((other) => other.type === type)?.value ?? "";
  return `${part("weekday")} ${part("day")} ${part("month")}, ${part("hour")}:${part("minute")}`;
}
