/**
 * Which keys mean what. Pure, so that the whole map is tested.
 *
 * Single letters work only outside text fields; with Ctrl or ⌘ the same letters work inside, too.
 * Keys that the text itself uses with Ctrl or ⌘ stay the text's. A key means the character that it
 * writes; where that is not Latin, as with Cyrillic, Greek or Hebrew letters, its place counts.
 */
import { IS_MAC } from "../../components/shortcuts";
import type { Messages } from "../../generated/messages";

export type ActionId =
  | "call"
  | "end"
  | "note"
  | "save"
  | "skip"
  | "callback"
  | "undo"
  | "next"
  | "previous"
  | "down"
  | "up"
  | "search"
  | "receipts"
  | "palette"
  | "settings"
  | "keys"
  | "back"
  | `outcome-${number}`;

export interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Where the focus is, as far as keys care. */
export interface Where {
  inText: boolean;
  /** On a control that uses Enter itself. */
  onControl: boolean;
  /** In a list or group that uses the arrow keys itself. */
  onArrows: boolean;
}

const LETTERS: Record<string, ActionId> = {
  j: "down",
  k: "up",
  e: "end",
  n: "note",
  s: "skip",
  b: "callback",
  z: "undo",
  p: "previous",
  r: "receipts",
  "/": "search",
  "?": "keys",
};

const WITH_MODIFIER: Record<string, ActionId> = {
  ...LETTERS,
  k: "palette",
  enter: "save",
  ",": "settings",
  arrowdown: "down",
  arrowup: "up",
};

function digit(pressed: Pressed): number | null {
  if (/^[1-9]$/.test(pressed.key)) return Number(pressed.key);
  // Layouts where the digit row needs Shift, such as French.
  const place = /^Digit([1-9])$/.exec(pressed.code);
  return place && !pressed.shiftKey && !/^[a-z0-9]$/i.test(pressed.key) ? Number(place[1]) : null;
}

/** What a text does by itself while Ctrl or ⌘ is held: take back, and go by paragraphs. */
const OF_TEXT = new Set(["z", "arrowdown", "arrowup"]);

/** Where the characters of a Latin keyboard stand that mean something here. */
const PLACES: Record<string, { plain: string; shifted: string }> = {
  Slash: { plain: "/", shifted: "?" },
  Comma: { plain: ",", shifted: "<" },
};

/** Latin letters, and whatever ASCII has. Full-width ones come from an input method, not a layout. */
const LATIN = /^(?:[\u0020-\u007e]|(?![\uff01-\uff5e])\p{Script=Latin})$/u;
const ONE_CHARACTER = /^.$/u;

/** The key in lower case: its name, or the character it stands for. */
function keyOf({ key, code, shiftKey }: Pressed): string {
  if (!ONE_CHARACTER.test(key) || LATIN.test(key)) return key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return letter.toLowerCase();
  const place = PLACES[code];
  if (!place) return key;
  return shiftKey ? place.shifted : place.plain;
}

export function actionFor(pressed: Pressed, where: Where, isMac = IS_MAC): ActionId | null {
  const modifier = isMac ? pressed.metaKey : pressed.ctrlKey;
  const otherModifier = (isMac ? pressed.ctrlKey : pressed.metaKey) || pressed.altKey;
  if (otherModifier) return null;
  const key = keyOf(pressed);
  const number = digit(pressed);

  if (modifier) {
    if (number !== null) return `outcome-${number}`;
    if (where.inText && OF_TEXT.has(key)) return null;
    if (key === "z" && pressed.shiftKey) return null;
    return WITH_MODIFIER[key] ?? null;
  }
  if (key === "escape") return "back";
  if (where.inText) return null;
  if (key === "enter") return where.onControl ? null : "call";
  if (key === "arrowdown" || key === "arrowup") {
    if (where.onArrows) return null;
    return key === "arrowdown" ? "down" : "up";
  }
  if (number !== null) return `outcome-${number}`;
  if (pressed.shiftKey && key !== "?" && key !== "/") return null;
  return LETTERS[key] ?? null;
}

interface KeyGroup {
  name: keyof Messages;
  keys: readonly (readonly [shortcut: string, meaning: keyof Messages])[];
}

/** For the list of keys: shortcut in `aria-keyshortcuts` form, and what it does. */
export const KEY_LIST = [
  {
    name: "keys-group-queue",
    keys: [
      ["j", "keys-down"],
      ["k", "keys-up"],
      ["p", "keys-previous"],
      ["/", "keys-search"],
      ["s", "keys-skip"],
    ],
  },
  {
    name: "keys-group-call",
    keys: [
      ["Enter", "keys-call"],
      ["e", "keys-end"],
      ["1–9", "keys-outcome"],
      ["n", "keys-note"],
      ["b", "keys-callback"],
      ["Mod+Enter", "keys-save"],
      ["z", "keys-undo"],
    ],
  },
  {
    name: "keys-group-everywhere",
    keys: [
      ["r", "keys-receipts"],
      ["Mod+K", "keys-palette"],
      ["Mod+,", "keys-settings"],
      ["?", "keys-list"],
      ["Escape", "keys-back"],
    ],
  },
] as const satisfies readonly KeyGroup[];
