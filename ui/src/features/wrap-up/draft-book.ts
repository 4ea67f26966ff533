/**
 * What the rep has typed and not saved, per task.
 *
 * Promises: typed text is here until the wrap-up is on disk, whatever the core answers meanwhile;
 * it reaches the core within `DRAFT_DELAY_MS`, in the order typed. Must never: be stored anywhere
 * but in this window's memory.
 */
import type { CallForm } from "../../generated/CallForm";
import type { CallFormArgs } from "../../generated/CallFormArgs";

export const DRAFT_DELAY_MS = 400;

type Send = (args: CallFormArgs) => Promise<unknown>;

interface Page {
  text: CallForm;
  timer: ReturnType<typeof setTimeout> | null;
  unsent: boolean;
  /** The last text that was given to `send`: a text that waits behind another one was not yet. */
  given: CallForm | null;
  sending: Promise<void>;
}

export class DraftBook {
  private readonly pages = new Map<string, Page>();

  constructor(
    private readonly send: Send,
    private readonly onRefused: (thrown: unknown) => void,
  ) {}

  read(taskId: string): CallForm | undefined {
    return this.pages.get(taskId)?.text;
  }

  write(taskId: string, text: CallForm): void {
    const page = this.pages.get(taskId) ?? {
      text,
      timer: null,
      unsent: true,
      given: null,
      sending: Promise.resolve(),
    };
    page.text = text;
    page.unsent = true;
    page.timer ??= setTimeout(() => void this.flush(taskId), DRAFT_DELAY_MS);
    this.pages.set(taskId, page);
  }

  /** Sends what is not sent yet; resolves when nothing of this task is under way. */
  flush(taskId: string, complain = true): Promise<void> {
    const page = this.pages.get(taskId);
    if (!page) return Promise.resolve();
    this.stopTimer(page);
    if (page.unsent) {
      page.unsent = false;
      const { text } = page;
      page.sending = page.sending.then(async () => {
        if (page.given === text) return;
        try {
          await this.give(taskId, page, text);
        } catch (thrown) {
          if (complain) this.onRefused(thrown);
        }
      });
    }
    return page.sending;
  }

  flushAll(): void {
    for (const taskId of this.pages.keys()) void this.flush(taskId);
  }

  /**
   * The window may be gone in a moment: the last text goes now, and does not wait for the one under
   * way, whose answer may not arrive here any more.
   */
  leave(): void {
    for (const [taskId, page] of this.pages) {
      this.stopTimer(page);
      if (page.given === page.text) continue;
      page.unsent = false;
      const leaving = this.give(taskId, page, page.text).catch(() => undefined);
      page.sending = Promise.all([page.sending, leaving]).then(() => undefined);
    }
  }

  /**
   * Before a task is skipped: the last text goes into the draft, so that an undo brings it back. A
   * refusal of the draft is not reported here: the skip itself will report it.
   */
  settle(taskId: string): Promise<void> {
    return this.flush(taskId, false);
  }

  /**
   * The text goes with the wrap-up itself: no further draft is sent, and the one under way is
   * awaited. If the wrap-up is refused, its caller writes the text anew.
   */
  handOver(taskId: string): Promise<void> {
    const page = this.pages.get(taskId);
    if (!page) return Promise.resolve();
    this.stopTimer(page);
    page.unsent = false;
    return page.sending;
  }

  /** The text is on disk as a wrap-up. */
  forget(taskId: string): void {
    const page = this.pages.get(taskId);
    if (page) this.stopTimer(page);
    this.pages.delete(taskId);
  }

  private async give(taskId: string, page: Page, text: CallForm): Promise<void> {
    page.given = text;
    try {
      await this.send({ task_id: taskId, form: text });
    } catch (thrown) {
      page.unsent = true;
      page.given = null;
      throw thrown;
    }
  }

  private stopTimer(page: Page): void {
    if (page.timer !== null) clearTimeout(page.timer);
    page.timer = null;
  }
}
