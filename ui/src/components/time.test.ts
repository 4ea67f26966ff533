import { describe, expect, it } from "vitest";
import {
  clockText,
  type Measured,
  measuredAnew,
  momentNear,
  passedSeconds,
  secondsUntil,
  spokenDuration,
  timerText,
} from "./time";

describe("the call timer", () => {
  it.each([
    [0, "00:00"],
    [134.9, "02:14"],
    [3599, "59:59"],
    [3734, "1:02:14"],
    [-5, "00:00"],
  ])("shows %s seconds as %s", (seconds, text) => {
    expect(timerText(seconds)).toBe(text);
  });

  it("is spoken in whole words", () => {
    expect(spokenDuration(134)).toBe("2 minutes 14 seconds");
    expect(spokenDuration(60)).toBe("1 minute");
    expect(spokenDuration(1)).toBe("1 second");
  });
});

describe("the seconds of a call", () => {
  const card: Measured = { ranS: 0, atMs: 0, running: false };

  it("begin when it is dialed, not when its card was shown", () => {
    const call = measuredAnew(card, { ranS: 0, atMs: 1200, running: true });
    expect(passedSeconds(call, 1200)).toBe(0);
    expect(passedSeconds(call, 3200)).toBe(2);
  });

  it("go on through a second that the core has rounded down, and follow it where it differs", () => {
    const call = measuredAnew(card, { ranS: 0, atMs: 1000, running: true });
    const read = measuredAnew(call, { ranS: 2, atMs: 3900, running: true });
    expect(passedSeconds(read, 3900)).toBe(2.9);
    const far = measuredAnew(call, { ranS: 60, atMs: 3900, running: true });
    expect(passedSeconds(far, 3900)).toBe(60);
  });

  it("stand still once it has ended", () => {
    const call = measuredAnew(card, { ranS: 0, atMs: 1000, running: true });
    const ended = measuredAnew(call, { ranS: 4, atMs: 5700, running: false });
    expect(passedSeconds(ended, 90_000)).toBe(4);
  });
});

describe("corrected times", () => {
  const call = new Date(2026, 10, 25, 14, 5, 30).toISOString();

  it("keep the day of the call", () => {
    expect(momentNear("14:02:10", call)).toBe(new Date(2026, 10, 25, 14, 2, 10).toISOString());
    expect(momentNear("9:30", call)).toBe(new Date(2026, 10, 25, 9, 30).toISOString());
  });

  it("cross midnight to the nearer day", () => {
    const late = new Date(2026, 10, 26, 0, 3).toISOString();
    expect(momentNear("23:58", late)).toBe(new Date(2026, 10, 25, 23, 58).toISOString());
  });

  it.each(["", "14", "25:00", "14:60", "14:05:61", "two"])("refuse %j", (text) => {
    expect(momentNear(text, call)).toBeNull();
  });

  it("read back what was shown", () => {
    expect(momentNear(clockText(call), call)).toBe(call);
  });
});

describe("the seconds left", () => {
  const until = "2026-11-25T12:00:05.250Z";
  const before = (ms: number) => secondsUntil(until, new Date(until).getTime() - ms);

  it("count every begun second, and are over at the moment itself", () => {
    expect([5000, 4999, 4001, 4000, 1, 0].map(before)).toEqual([5, 5, 5, 4, 1, 0]);
  });

  it("are never fewer than none", () => {
    expect(before(-90_000)).toBe(0);
  });
});
