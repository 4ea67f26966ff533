/**
 * A text as the core sends it: the id of a message with its values, whole sentences, or what somebody
 * wrote. `backend/worded.ts` words it before a window sees it. The Rust side is `crates/text`, and
 * `wire.json` holds both sides to each other.
 */

/** How much of a point in time is shown. */
export type TimeStyle = "minutes" | "seconds" | "day" | "day_and_minutes";

/** One value of a message: a count, a word that selects a variant, a time, a list, or another text. */
export type Value =
  | number
  | string
  | { time: string; style: TimeStyle; zone: string | null }
  | { list: readonly Text[] }
  | Text;

export interface Message {
  id: string;
  values: Readonly<Record<string, Value>>;
}

export type Text = Message | { sentences: readonly Text[] } | { verbatim: string };

function has(value: object, ...names: readonly string[]): boolean {
  const own = Object.keys(value);
  return own.length === names.length && names.every((name) => own.includes(name));
}

/** Whether a part of an answer is a text: nothing else that crosses has these fields and no others. */
export function isText(value: object): value is Text {
  return has(value, "id", "values") || has(value, "sentences") || has(value, "verbatim");
}

/** An answer with every text in it as `word` words it. */
export function wordedIn(value: unknown, word: (text: Text) => string): unknown {
  if (Array.isArray(value)) return value.map((part) => wordedIn(part, word));
  if (typeof value !== "object" || value === null) return value;
  if (isText(value)) return word(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, wordedIn(part, word)]),
  );
}
