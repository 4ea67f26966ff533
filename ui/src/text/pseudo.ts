/**
 * The pseudo-language: every message is marked, accented and 40 % longer, so that a text which is in
 * no catalogue, and a layout that has no room for one, can be seen (`tests/ui/specs/languages.spec.ts`).
 */
const ACCENTS: Readonly<Record<string, string>> = {
  a: "á",
  e: "é",
  i: "í",
  o: "ó",
  u: "ú",
  y: "ý",
};

const LONGER_BY = 0.4;

/** "Call" as "⟦Cáll··⟧"; what has no letter stays as it is. */
export function pseudo(text: string): string {
  // What stands between asterisks is drawn as an element of its own.
  return text.split("*").map(marked).join("*");
}

function marked(text: string): string {
  const letters = text.replace(/[^\p{L}]/gu, "").length;
  if (letters === 0) return text;
  const accented = text.replace(/[aeiouy]/g, (letter) => ACCENTS[letter] ?? letter);
  return `⟦${accented}${"·".repeat(Math.ceil(letters * LONGER_BY))}⟧`;
}
