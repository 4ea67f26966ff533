/** Moves focus to the queue's list, where every key of the work is at hand. */
export function focusQueue(): void {
  document.querySelector<HTMLElement>("[role=listbox][aria-label=Queue]")?.focus();
}

/**
 * Moves focus to a note. Where nobody has put the caret yet, it goes behind the last word, so that
 * what is typed goes on from there.
 */
export function focusNote(note: HTMLTextAreaElement | null): void {
  if (!note) return;
  if (document.activeElement !== note && note.selectionEnd === 0) {
    note.setSelectionRange(note.value.length, note.value.length);
  }
  note.focus();
}

/** Moves focus to the note of the card that is shown next. */
export function focusNoteSoon(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => focusNote(document.querySelector("[aria-label=Wrap-up] textarea"))),
  );
}

/** How many frames a card may take until it is drawn. */
const FRAMES_MAX = 60;

/** Moves focus to the note of this task's card, once it is drawn. */
export function focusNoteOf(taskId: string, framesLeft = FRAMES_MAX): void {
  const note = document.querySelector<HTMLTextAreaElement>(
    `[data-task="${CSS.escape(taskId)}"] textarea`,
  );
  if (note) focusNote(note);
  else if (framesLeft > 0) requestAnimationFrame(() => focusNoteOf(taskId, framesLeft - 1));
}

/**
 * The same as `focusQueue`, once a dialog that closes has given focus back. Whoever went on to the
 * outcomes or the note meanwhile stays there, so that no typed word becomes a key.
 */
export function focusQueueSoon(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (!document.activeElement?.matches("[aria-label=Wrap-up] :is(input, textarea)")) {
        focusQueue();
      }
    }),
  );
}
