import { parseZonedDateTime } from "@internationalized/date";
import { describe, expect, it } from "vitest";
import { dayAndTime, momentOf, picks } from "./callback-times";

const ZONE = "America/New_York";
const texts = (now: string) =>
  Object.fromEntries(
    picks(parseZonedDateTime(`${now}[${ZONE}]`)).map((pick) => [
      pick.key,
      dayAndTime(momentOf(pick, ZONE), ZONE),
    ]),
  );

describe("the usual times to call again", () => {
  it("are an hour, a day and two days from now, and Monday at nine", () => {
    expect(texts("2026-11-25T14:32:41")).toEqual({
      hour: "Wed 25 Nov, 15:32",
      tomorrow: "Thu 26 Nov, 14:32",
      two_days: "Fri 27 Nov, 14:32",
      monday: "Mon 30 Nov, 09:00",
    });
  });

  it("mean the Monday after, on a Monday, and the very next one on a Sunday", () => {
    expect(texts("2026-11-30T08:00")["monday"]).toBe("Mon 7 Dec, 09:00");
    expect(texts("2026-11-29T23:00")["monday"]).toBe("Mon 30 Nov, 09:00");
  });

  it("go over midnight, months and years", () => {
    expect(texts("2026-12-31T23:30")).toMatchObject({
      hour: "Fri 1 Jan, 00:30",
      tomorrow: "Fri 1 Jan, 23:30",
    });
  });

  it("keep the time of day over a change of the clocks", () => {
    // The clocks of New York go forward on 14 March 2027 at 2:00.
    expect(texts("2027-03-13T10:00")["tomorrow"]).toBe("Sun 14 Mar, 10:00");
    expect(texts("2027-03-13T02:30")["tomorrow"]).toBe("Sun 14 Mar, 03:30");
  });
});

describe("a moment", () => {
  it("is written as the time of the other side", () => {
    expect(dayAndTime("2026-11-26T02:05:00Z", ZONE)).toBe("Wed 25 Nov, 21:05");
    expect(dayAndTime("2026-11-26T02:05:00Z", "Europe/Warsaw")).toBe("Thu 26 Nov, 03:05");
  });
});
