/** How well `typed` is found in `text`: 0 is best; null if it is not found. */
export type Rank = 0 | 1 | 2 | 3;

function inOrder(text: string, word: string): boolean {
  let place = 0;
  for (const letter of word) {
    place = text.indexOf(letter, place) + 1;
    if (place === 0) return false;
  }
  return true;
}

/**
 * At the start, at the start of a word, somewhere, or the letters of each typed word in order:
 * "q4 out" and "q4ob" both find "Q4 outbound calls".
 */
export function rank(text: string, typed: string): Rank | null {
  const inText = text.toLowerCase();
  const query = typed.trim().toLowerCase();
  if (inText.startsWith(query)) return 0;
  if (inText.includes(` ${query}`)) return 1;
  if (inText.includes(query)) return 2;
  return query.split(/\s+/).every((word) => inOrder(inText, word)) ? 3 : null;
}

/** The entries that are found, best first; equals keep their order. */
export function ranked<T>(entries: readonly T[], nameOf: (entry: T) => string, typed: string): T[] {
  return entries
    .map((entry) => ({ entry, rank: rank(nameOf(entry), typed) }))
    .filter((found): found is { entry: T; rank: Rank } => found.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map((found) => found.entry);
}
