/** Moves focus to the queue's list, where every key of the work is at hand. */
export function focusQueue(): void {
  document.querySelector<HTMLElement>("[role=listbox][aria-label=Queue]")?.focus();
}

/** Moves focus to the note of the card that is shown next. */
export function focusNoteSoon(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>("[aria-label=Wrap-up] textarea")?.focus(),
    ),
  );
}

/** How many frames a card may take until it is drawn. */
const FRAMES_MAX = 60;

/** Moves focus to the note of this task's card, once it is drawn. */
export function focusNoteOf(taskId: string, framesLeft = FRAMES_MAX): void {
  const note = document.querySelector<HTMLElement>(`[data-task="${CSS.escape(taskId)}"] textarea`);
  if (note) note.focus();
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
