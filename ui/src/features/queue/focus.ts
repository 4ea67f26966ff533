/**
 * Where the keyboard is while a queue is worked: on the list, where every key of the work is at hand,
 * or in the note of a card.
 *
 * Promises: focus moves to the element that is drawn, whatever its name on screen; a note that is
 * asked for before it is drawn is focused when it is. Must never: take the caret from somebody who
 * types.
 */
import { focusText } from "../../components/caret";

/** A dialog gives focus back a frame after it closes, and a card is drawn in the next. */
function soon(action: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(action));
}

export class WorkFocus {
  private list: HTMLElement | null = null;
  private wrapUp: HTMLElement | null = null;
  private note: { taskId: string; text: HTMLTextAreaElement } | null = null;
  /** The task whose note is focused as soon as it is drawn. */
  private wanted: string | null = null;

  /** As `ref` of the list. */
  readonly setList = (list: HTMLElement | null): void => {
    this.list = list;
  };

  /** As `ref` of the wrap-up pane. */
  readonly setWrapUp = (pane: HTMLElement | null): void => {
    this.wrapUp = pane;
  };

  /** The note of a task's card is drawn. Returns the function to call when it is gone. */
  noteDrawn(taskId: string, text: HTMLTextAreaElement | null): () => void {
    if (!text) return () => undefined;
    this.note = { taskId, text };
    if (this.wanted === taskId) focusText(text);
    this.wanted = null;
    return () => {
      if (this.note?.text === text) this.note = null;
    };
  }

  toList(): void {
    this.wanted = null;
    this.list?.focus();
  }

  /**
   * The same, once a dialog that closes has given focus back. A rep who went on to the outcomes or
   * the note meanwhile stays there, so that no typed letter becomes a shortcut.
   */
  toListSoon(): void {
    soon(() => {
      const { activeElement } = document;
      const isInForm =
        activeElement?.matches("input, textarea") && this.wrapUp?.contains(activeElement);
      if (!isInForm) this.toList();
    });
  }

  /** To the note of the card that is shown next. */
  toNoteSoon(): void {
    soon(() => focusText(this.note?.text ?? null));
  }

  /** To the note of this task's card, now or when it is drawn. */
  toNoteOf(taskId: string): void {
    if (this.note?.taskId === taskId) focusText(this.note.text);
    else this.wanted = taskId;
  }
}
