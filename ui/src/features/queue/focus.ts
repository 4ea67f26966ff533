/** Moves focus to the queue's list, where every key of the work is at hand. */
export function focusQueue(): void {
  document.querySelector<HTMLElement>("[role=listbox][aria-label=Queue]")?.focus();
}

/** The same, once a dialog that closes has given focus back. */
export function focusQueueSoon(): void {
  requestAnimationFrame(() => requestAnimationFrame(focusQueue));
}
