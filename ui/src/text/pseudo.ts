/**
 * The pseudo-language: every message is marked, accented and 40 % longer, so that a text which is in
 * no catalogue, and a layout that has no room for one, can be seen (`tests/ui/specs/languages.spec.ts`).
 */
const ACCENTED: Readonly<Record<string, string>> = {
  a: "á",
  e: "é",
  i: "í",
  o: "ó",
  u: "ú",
  y: "ý",
  A: "Á",
  E: "É",
  I: "Í",
  O: "Ó",
  U: "Ú",
  c: "ç",
  n: "ñ",
  s: "š",
  z: "ž",
};

const LONGER_BY = 0.4;

export function pseudo(text: string): string {
  const accented = text.replace(/[a-zA-Z]/g, (letter) => ACCENTED[letter] ?? letter);
  const letters = text.replace(/[^\p{L}]/gu, "").length;
  return letters === 0 ? text : `${accented}${"·".repeat(Math.ceil(letters * LONGER_BY))}`;
}
