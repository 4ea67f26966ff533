/**
 * Moves focus to a text. Where nobody has put the caret yet, it goes behind the last word, so that
 * what is typed goes on from there.
 */
export function focusText(text: HTMLTextAreaElement | null): void {
  if (!text) return;
  if (document.activeElement !== text && text.selectionEnd === 0) {
    text.setSelectionRange(text.value.length, text.value.length);
  }
  text.focus();
}
