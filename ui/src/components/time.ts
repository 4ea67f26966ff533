/** Clocks that tick and times as people read them. Everything else about time comes from the core. */
import { getLocalTimeZone, parseAbsolute, type ZonedDateTime } from "@internationalized/date";
import { useEffect, useRef, useState } from "react";
import { catalogue, message } from "../text/text";

const SECOND_MS = 1000;
/** The length that the core sends is rounded down, and a moment old when it arrives. */
const MEASURED_WITHIN_S = 1.5;

/** Now, renewed at every full minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const step = 60 * SECOND_MS;
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(Date.now());
      timer = setTimeout(tick, step - (Date.now() % step));
    };
    tick();
    return () => clearTimeout(timer);
  }, []);
  return now;
}

/** A measured length, and when this window learned it. */
export interface Measured {
  ranS: number;
  atMs: number;
  running: boolean;
}

export function passedSeconds(measured: Measured, nowMs: number): number {
  return measured.ranS + (measured.running ? (nowMs - measured.atMs) / SECOND_MS : 0);
}

/**
 * The length to count on from, once the core says how long a call ran. The core says whole seconds,
 * so while the call goes on, a difference of no more than that is none.
 */
export function measuredAnew(before: Measured, now: Measured): Measured {
  const goesOn = before.running && now.running;
  const isSame = Math.abs(passedSeconds(before, now.atMs) - now.ranS) <= MEASURED_WITHIN_S;
  return goesOn && isSame ? before : now;
}

/**
 * Seconds that have passed, counted on from `ranS`, which the core has measured. A clock that is
 * set meanwhile changes nothing.
 */
export function useRanSeconds(ranS: number, running: boolean): number {
  const measured = useRef<Measured>({ ranS, atMs: performance.now(), running });
  const [shown, setShown] = useState(ranS);
  useEffect(() => {
    measured.current = measuredAnew(measured.current, { ranS, atMs: performance.now(), running });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = () => {
      const seconds = passedSeconds(measured.current, performance.now());
      setShown(seconds);
      if (running) timer = setTimeout(tick, SECOND_MS * (1 - (seconds % 1)));
    };
    tick();
    return () => clearTimeout(timer);
  }, [ranS, running]);
  return shown;
}

/** Whole seconds until a moment, 0 once it has come. */
export function secondsUntil(moment: string, now: number): number {
  return Math.max(0, Math.ceil((new Date(moment).getTime() - now) / SECOND_MS));
}

/** `secondsUntil`, renewed exactly when it changes. Nothing while there is no moment. */
export function useSecondsUntil(moment: string | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (moment === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const at = Date.now();
      setNow(at);
      const leftMs = new Date(moment).getTime() - at;
      if (leftMs > 0) timer = setTimeout(tick, leftMs % SECOND_MS || SECOND_MS);
    };
    tick();
    return () => clearTimeout(timer);
  }, [moment]);
  return moment === null ? 0 : secondsUntil(moment, now);
}

/** 134 as "02:14"; from an hour on "1:02:14". */
export function timerText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** 134 as "2 minutes 14 seconds". */
export function spokenDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes === 0) return message("components-duration-seconds", { seconds: rest });
  if (rest === 0) return message("components-duration-minutes", { minutes });
  return message("components-duration", { minutes, seconds: rest });
}

/** A moment in the rep's own zone, which the core names. */
function ownTime(moment: string): ZonedDateTime {
  return parseAbsolute(moment, getLocalTimeZone());
}

/** A moment as the local wall clock shows it: "14:05:30", or "2:05:30 PM" in some regions. */
export function clockText(moment: string): string {
  return catalogue.time(moment, "seconds");
}

/** "p.m." as "pm". */
function letters(text: string): string {
  return text.replace(/\P{L}/gu, "").toLowerCase();
}

/** What the region calls the hours before noon and after; nothing where it counts them to 24. */
const HALVES = [1, 13].map((hour) =>
  letters(catalogue.time(Date.UTC(2000, 0, 1, hour), "minutes", "UTC")),
);

/** The hour of the day, where `half` is the text beside the hour. */
function hourOfDay(hour: number, half: string): number | null {
  if (half === "") return hour <= 23 ? hour : null;
  const index = HALVES.indexOf(half);
  return index >= 0 && hour >= 1 && hour <= 12 ? (hour % 12) + 12 * index : null;
}

/** Hours, minutes and seconds, and what names the half of the day before or after them. */
const CLOCK = /^[\p{L}\s.]*?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?[\p{L}\s.]*$/u;

/**
 * The moment nearest to `near` at which the local clock shows `text` ("14:05" or "14:05:30", in
 * some regions also "2:05 PM"). Nothing, if `text` is not a time of day.
 */
export function momentNear(text: string, near: string): string | null {
  const match = CLOCK.exec(text);
  if (!match) return null;
  const hour = hourOfDay(Number(match[1]), letters(text));
  const minute = Number(match[2]);
  const second = Number(match[3] ?? "0");
  if (hour === null || minute > 59 || second > 59) return null;
  const anchor = ownTime(near);
  const distance = (other: ZonedDateTime) => Math.abs(other.compare(anchor));
  const nearest = [-1, 0, 1]
    .map((days) => anchor.add({ days }).set({ hour, minute, second, millisecond: 0 }))
    .reduce((best, other) => (distance(other) < distance(best) ? other : best));
  return nearest.toAbsoluteString();
}

/** The first moment from `start` on at which the local clock shows `text`. */
export function momentAfter(text: string, start: string): string | null {
  const near = momentNear(text, start);
  if (near === null || new Date(near) >= new Date(start)) return near;
  return ownTime(near).add({ days: 1 }).toAbsoluteString();
}
