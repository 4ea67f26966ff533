/**
 * Keeps keys that belong to an input method from everything else in the window.
 *
 * Promises: while somebody composes (Japanese, Chinese, Korean, dead keys, …), no shortcut, submit,
 * press or dialog receives a key, by whichever sign the browser gives; nor the Enter that ends a
 * composition, which some browsers report as an ordinary one. Must never: keep a key from the
 * input method itself, or an Enter that a person presses after it.
 */

/** The code that a browser gives to a key that an input method has taken. */
const OF_INPUT_METHOD = 229;
const ENTER = 13;

/** The same press ends a composition and is reported as a key; nobody presses twice so fast. */
export const SAME_PRESS_MS = 60;

type Key = Pick<KeyboardEvent, "isComposing" | "keyCode" | "key" | "timeStamp">;

export function isOfInputMethod(event: Key, endedAtMs: number | null): boolean {
  // The two older signs are the only ones that some engines give.
  if (event.isComposing || event.keyCode === OF_INPUT_METHOD || event.key === "Process")
    return true;
  const isEnd = endedAtMs !== null && event.timeStamp - endedAtMs <= SAME_PRESS_MS;
  return isEnd && (event.key === "Enter" || event.key === "Escape" || event.key === "Tab");
}

/** Listens before every other listener of the window. Returns the function that ends this. */
export function guardComposition(window: Window): () => void {
  let endedAtMs: number | null = null;
  /** A new composition, or a key that is let go: the press that ended the last one is over. */
  const isOver = () => {
    endedAtMs = null;
  };
  const ended = (event: Event) => {
    endedAtMs = event.timeStamp;
  };
  const keyDown = (event: KeyboardEvent) => {
    if (!isOfInputMethod(event, endedAtMs)) {
      isOver();
      return;
    }
    event.stopImmediatePropagation();
    // The browser itself sends a form, even if the event is stopped.
    if (event.keyCode === ENTER) event.preventDefault();
  };
  const everywhere = { capture: true };
  window.addEventListener("compositionstart", isOver, everywhere);
  window.addEventListener("compositionend", ended, everywhere);
  window.addEventListener("keydown", keyDown, everywhere);
  window.addEventListener("keyup", isOver, everywhere);
  return () => {
    window.removeEventListener("compositionstart", isOver, everywhere);
    window.removeEventListener("compositionend", ended, everywhere);
    window.removeEventListener("keydown", keyDown, everywhere);
    window.removeEventListener("keyup", isOver, everywhere);
  };
}
