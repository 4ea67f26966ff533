/** Writing direction. */

export const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * A text that keeps its own writing direction within another: for labels, titles and spoken texts.
 * A text in an element of its own is isolated by that element (`base.css`, `<bdi>`).
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
