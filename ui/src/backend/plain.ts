/**
 * Makes characters that cannot be seen in the core's answers visible, before any window draws them.
 *
 * Names, notes and scripts come from whoever filled Apollo. Characters that turn the writing
 * direction round, take no room or control a terminal can make one person look like another, or a
 * sentence say the opposite. Promises: none of them is in an answer except where a script needs it
 * (joiners in emoji and in Arabic or Indian writing, direction marks beside right-to-left letters);
 * each of them is shown as its code, "⟨U+202E⟩". Must never: change a text that the rep wrote.
 */
import type { Problem } from "../generated/Problem";
import { RIGHT_TO_LEFT } from "../text/isolated";
import { type Answer, type Backend, BackendError } from "./backend";

/** Fields of the rep's own text: it goes back to the core as it is, drawn only in a text field. */
const OWN_TEXTS: ReadonlySet<string> = new Set(["note"]);

/** Controls, format characters, separators of lines, and letters that are drawn as nothing. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;

const ZERO_WIDTH_JOINERS = new Set(["\u200c", "\u200d"]);
const DIRECTION_MARKS = new Set(["\u200e", "\u200f", "\u061c"]);
/** Format characters by their class, which are drawn as signs. */
const SEEN = /^[\u0600-\u0605\u06dd\u070f\u08e2\u{110bd}\u{110cd}]$/u;

const EMOJI_BEFORE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u;
const JOINING_BEFORE =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*$/u;
/** A flag of a part of a country ends in letters that are not drawn. */
const FLAG_BEFORE = /\u{1f3f4}[\u{e0020}-\u{e007f}]*$/u;
const FLAG_PART = /^[\u{e0020}-\u{e007f}]$/u;

function isNeeded(character: string, text: string, place: number): boolean {
  if (SEEN.test(character)) return true;
  const before = text.slice(Math.max(0, place - 16), place);
  if (ZERO_WIDTH_JOINERS.has(character)) {
    return EMOJI_BEFORE.test(before) || JOINING_BEFORE.test(before);
  }
  if (DIRECTION_MARKS.has(character)) return RIGHT_TO_LEFT.test(text);
  return FLAG_PART.test(character) && FLAG_BEFORE.test(before);
}

function shown(character: string): string {
  const number = character.codePointAt(0) ?? 0;
  return `⟨U+${number.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** A text with everything in it made visible. Each line ends with one character. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(UNSEEN, (character, place: number, whole: string) =>
      isNeeded(character, whole, place) ? character : shown(character),
    );
}

function visibleIn(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map((part) => visibleIn(part));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      OWN_TEXTS.has(name) ? part : visibleIn(part),
    ]),
  );
}

/** The backend with every answer, and every refusal, made visible. */
export function plain(backend: Backend): Backend {
  return {
    async call(name, args) {
      try {
        return visibleIn(await backend.call(name, args)) as Answer<typeof name>;
      } catch (thrown) {
        if (!(thrown instanceof BackendError)) throw thrown;
        throw new BackendError(visibleIn(thrown.problem) as Problem);
      }
    },
    subscribe: (listener) => backend.subscribe(listener),
  };
}
