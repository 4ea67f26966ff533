/**
 * The texts of the windows: messages of the Fluent files in `locales`, in the language of the system.
 *
 * Promises: numbers, times and lists are written as the reader's region writes them; what people or
 * Apollo wrote passes unchanged, and keeps its own writing direction. A message that the language
 * lacks is taken from the base, `en-US`. Must never: know what a text is about.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { getLocalTimeZone } from "@internationalized/date";
import type { Messages } from "../generated/messages";
import { isolated } from "./isolated";
import type { Text, TimeStyle, Value } from "./wire";

const BASE = "en-US";

/** The sources of the messages by language. */
export type Sources = Readonly<Record<string, readonly string[]>>;

/** What a message is given: a count, a text, or what the core sends as a value. */
export type Values<Id extends keyof Messages> = {
  readonly [Name in Messages[Id]]: Value;
};

/** The values of a message, which need not be named where it has none. */
export type Given<Id extends keyof Messages> = [Messages[Id]] extends [never]
  ? []
  : [values: Values<Id>];

export interface Options {
  /** Changes every message: for the pseudo-language of tests. */
  transform?: (text: string) => string;
  /** The rep's zone, if the window has not been told. */
  zone?: string;
}

export interface Catalogue {
  /** The language of the messages: for `lang`. */
  readonly language: string;
  /** How numbers, times and lists are written. */
  readonly region: string;
  /** A message of the catalogue. */
  message<Id extends keyof Messages>(id: Id, ...given: Given<Id>): string;
  /** A text of the core. */
  word(text: Text): string;
  /** A number as it is written here. */
  number(value: number): string;
  /** A point in time, in the rep's zone or in the one that is named. */
  time(time: number | string, style: TimeStyle, zone?: string | null): string;
  /** A date, in the rep's zone or in the one that is named. */
  date(time: number | string, options: Intl.DateTimeFormatOptions, zone?: string): string;
  /** Whether it is 2 PM or 14 here. */
  readonly hourCycle: "h12" | "h23";
}

const languageOf = (tag: string) => tag.split("-")[0] ?? "";

/** The first language of the system for which there are messages. */
function negotiated(available: readonly string[], wanted: readonly string[]): string {
  for (const tag of wanted) {
    const exact = available.find((one) => one.toLowerCase() === tag.toLowerCase());
    const same = available.find((one) => languageOf(one) === languageOf(tag));
    const found = exact ?? same;
    if (found !== undefined) return found;
  }
  return BASE;
}

/** Which tag writes times and numbers: the system's own, if the messages are in its language. */
function regionFor(language: string, system: string): string {
  if (languageOf(system) === languageOf(language)) return system;
  // English beside another region's habits: the day comes before the month.
  return languageOf(language) === "en" ? "en-GB" : language;
}

const TIME_STYLES: Readonly<Record<TimeStyle, Intl.DateTimeFormatOptions>> = {
  minutes: { hour: "numeric", minute: "2-digit" },
  seconds: { hour: "numeric", minute: "2-digit", second: "2-digit" },
  day: { day: "numeric", month: "short" },
  day_and_minutes: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
};

/** Whether the region writes 2 PM or 14. */
function hourCycleOf(tag: string): "h12" | "h23" {
  const { hourCycle } = new Intl.DateTimeFormat(tag, { hour: "numeric" }).resolvedOptions();
  return hourCycle === "h11" || hourCycle === "h12" ? "h12" : "h23";
}

function isTag(tag: string): boolean {
  try {
    Intl.getCanonicalLocales(tag);
    return true;
  } catch {
    return false;
  }
}

/** The catalogue for a system whose languages are `wanted`, the best first. */
export function catalogueOf(
  sources: Sources,
  wanted: readonly string[],
  options: Options = {},
): Catalogue {
  const systems = wanted.filter(isTag);
  const language = negotiated(Object.keys(sources), systems);
  const system = systems[0] ?? BASE;
  const region = regionFor(language, system);
  const hourCycle = hourCycleOf(system);
  const formats = new Map<string, Intl.DateTimeFormat>();
  const lists = new Intl.ListFormat(region, { type: "conjunction" });
  const numbers = new Intl.NumberFormat(region);
  // What a value is isolated by is decided value by value: marks around each one would stand in
  // every accessible name.
  const bundles = [...new Set([language, BASE])].map((tag) => {
    const bundle = new FluentBundle(tag === language ? [region, tag] : tag, {
      useIsolating: false,
      ...(options.transform === undefined ? {} : { transform: options.transform }),
    });
    for (const source of sources[tag] ?? []) bundle.addResource(new FluentResource(source));
    return bundle;
  });

  const ownZone = () => options.zone ?? getLocalTimeZone();
  const format = (chosen: Intl.DateTimeFormatOptions) => {
    const key = JSON.stringify(chosen);
    const known = formats.get(key);
    if (known !== undefined) return known;
    const made = new Intl.DateTimeFormat(region, {
      ...chosen,
      // 14:05 has two digits where 2:05 PM has one.
      ...(chosen.hour === undefined ? {} : { hourCycle }),
      ...(chosen.hour !== undefined && hourCycle === "h23" ? { hour: "2-digit" } : {}),
    });
    formats.set(key, made);
    return made;
  };
  const at = (time: number | string) => (typeof time === "string" ? new Date(time) : time);
  const time: Catalogue["time"] = (when, style, zone) => {
    const timeZone = zone ?? ownZone();
    try {
      return format({ ...TIME_STYLES[style], timeZone }).format(at(when));
    } catch {
      // A zone that is newer than this browser. Another zone's time must not be taken for its own.
      return `${format({ ...TIME_STYLES[style], timeZone: "UTC" }).format(at(when))} UTC`;
    }
  };
  const date: Catalogue["date"] = (when, chosen, zone) =>
    format({ ...chosen, timeZone: zone ?? ownZone() }).format(at(when));

  const variable = (value: Value): FluentVariable => {
    if (typeof value === "number") return value;
    if (typeof value === "string") return isolated(value);
    if ("time" in value) return time(value.time, value.style, value.zone);
    if ("list" in value) return lists.format(value.list.map(within));
    return within(value);
  };
  const worded = (id: string, values: Readonly<Record<string, Value | undefined>>): string => {
    const variables: Record<string, FluentVariable> = {};
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) variables[name] = variable(value);
    }
    for (const bundle of bundles) {
      const pattern = bundle.getMessage(id)?.value;
      // What cannot be resolved is written as its name.
      if (pattern) return bundle.formatPattern(pattern, variables, []);
    }
    return id;
  };
  function within(text: Text): string {
    return "verbatim" in text ? isolated(text.verbatim) : word(text);
  }
  function word(text: Text): string {
    // By itself it is drawn in a place of its own; within a sentence it keeps its direction.
    if ("verbatim" in text) return text.verbatim;
    if ("sentences" in text) return text.sentences.map(word).join(" ");
    return worded(text.id, text.values);
  }

  return {
    language,
    region,
    hourCycle,
    message: (id, ...given) => worded(id, given[0] ?? {}),
    word,
    number: (value) => numbers.format(value),
    time,
    date,
  };
}
