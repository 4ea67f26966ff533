/**
 * Whether the letters of `typed` come in `text` in that order, each word of `typed` for itself.
 * "q4 out" finds "Q4 outbound calls"; so does "q4ob".
 */
export function fuzzy(text: string, typed: string): boolean {
  const inText = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => {
      let place = 0;
      for (const letter of word) {
        place = inText.indexOf(letter, place) + 1;
        if (place === 0) return false;
      }
      return true;
    });
}
