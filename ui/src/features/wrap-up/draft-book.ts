/**
 * What the rep has typed and not saved, per task.
 *
 * Promises: typed words are here until the wrap-up is on disk, whatever the core says meanwhile;
 * they reach the core within `DRAFT_DELAY_MS`, in the order typed. Must never: be kept anywhere but
 * in this window's memory.
 */
import type { CallForm } from "../../generated/CallForm";
import type { CallFormArgs } from "../../generated/CallFormArgs";

export const DRAFT_DELAY_MS = 400;

type Send = (args: CallFormArgs) => Promise<unknown>;

interface Page {
  text: CallForm;
  timer: ReturnType<typeof setTimeout> | null;
  unsent: boolean;
  /** The last words that were given to `send`: what waits behind another sending is not yet. */
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
   * The window may be gone in a moment: the last words go now, and do not wait for what is under way,
   * whose answer nobody here may hear.
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
   * Before a task is skipped: the last words go into the draft, so that an undo brings them back. That
   * the draft is refused is not said here: the skip itself will say it.
   */
  settle(taskId: string): Promise<void> {
    return this.flush(taskId, false);
  }

  /**
   * The words go with the wrap-up itself: no further draft is sent, and what is under way is waited
   * for. Whoever is refused writes them anew.
   */
  handOver(taskId: string): Promise<void> {
    const page = this.pages.get(taskId);
    if (!page) return Promise.resolve();
    this.stopTimer(page);
    page.unsent = false;
    return page.sending;
  }

  /** The words are on disk as a wrap-up. */
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
