/** The screens as a person finds them: by role and name, and by nothing else. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { QueueRow } from "../../../ui/src/generated/QueueRow.ts";
import type { Core } from "./core.ts";

export const ALL_TASKS = /^All my call tasks/;

export class Desk {
  constructor(
    readonly page: Page,
    private readonly core: Core,
  ) {}

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  heading(name: string | RegExp, level?: number): Locator {
    return this.page.getByRole("heading", {
      name,
      exact: true,
      ...(level === undefined ? {} : { level }),
    });
  }

  get sequences(): Locator {
    return this.page.getByRole("grid", { name: "Sequences" });
  }

  get list(): Locator {
    return this.page.getByRole("listbox", { name: "Queue", exact: true });
  }

  get card(): Locator {
    return this.page.getByRole("region", { name: "Contact card" });
  }

  get person(): Locator {
    return this.card.getByRole("heading", { level: 2 });
  }

  get callButtons(): Locator {
    return this.card.getByRole("button", { name: /^Call / });
  }

  /** The button that Enter stands for. */
  get firstCall(): Locator {
    return this.callButtons.and(this.page.getByRole("button", { disabled: false })).first();
  }

  get wrapUp(): Locator {
    return this.page.getByRole("region", { name: "Wrap-up", exact: true });
  }

  get outcomes(): Locator {
    return this.wrapUp.getByRole("radiogroup", { name: "Outcome" });
  }

  get note(): Locator {
    return this.wrapUp.getByRole("textbox", { name: "Note", exact: true });
  }

  get save(): Locator {
    return this.wrapUp.getByRole("button", { name: "Save and next" });
  }

  get timer(): Locator {
    return this.page.getByRole("timer", { name: "Call timer" });
  }

  /** What was saved last, while it can be undone. */
  get undo(): Locator {
    return this.page.getByRole("region", { name: "Undo", exact: true });
  }

  get announcements(): Locator {
    return this.page.getByRole("status", { name: "Announcements" });
  }

  get saving(): Locator {
    return this.page.getByRole("status", { name: "Saving", exact: true });
  }

  get connection(): Locator {
    return this.page.getByRole("status", { name: "Connection", exact: true });
  }

  get receipt(): Locator {
    return this.page.getByRole("region", { name: "Receipt", exact: true });
  }

  get receiptList(): Locator {
    return this.page.getByRole("listbox", { name: "Calls", exact: true });
  }

  /** Today, with everything read. */
  async openToday(): Promise<void> {
    await this.page.goto("/");
    await expect(this.heading("Today", 1)).toBeVisible();
    // The row first: before the reading has begun the button is "Refresh" too, but there is no row.
    await expect(this.sequences.getByRole("row", { name: ALL_TASKS })).toBeVisible();
    await expect(this.button("Refresh")).toBeVisible();
  }

  /** The queue of all tasks, as Enter opens it. */
  async openQueue(): Promise<void> {
    await this.openToday();
    await expect(this.sequences.getByRole("row", { name: ALL_TASKS })).toBeFocused();
    await this.page.keyboard.press("Enter");
    await expect(this.heading("All my call tasks", 1)).toBeVisible();
    await expect(this.list).toBeFocused();
    await expect(this.person).toBeVisible();
    // Until the outcomes are here, a digit picks none.
    await expect(this.outcomes.getByRole("radio").first()).toBeVisible();
  }

  /** The person whose card is shown. */
  async name(): Promise<string> {
    return ((await this.person.textContent()) ?? "").trim();
  }

  /** Goes to a person by the search field, with the keyboard. */
  async find(row: Pick<QueueRow, "name">): Promise<void> {
    await this.list.focus();
    await this.page.keyboard.press("/");
    const search = this.page.getByRole("searchbox", { name: "Search queue" });
    await expect(search).toBeFocused();
    await search.fill(row.name);
    await this.page.keyboard.press("Enter");
    await expect(this.person).toHaveText(row.name);
    await expect(this.list).toBeFocused();
  }

  /** Enter on the list dials the first number; resolves once the timer runs. */
  async dial(): Promise<void> {
    const before = (await this.core.dialed()).length;
    await this.list.focus();
    await expect(this.firstCall).toBeEnabled();
    await this.page.keyboard.press("Enter");
    await expect.poll(async () => (await this.core.dialed()).length).toBe(before + 1);
    await expect(this.button("End call")).toBeEnabled();
  }

  /** Ends the call with its key; focus is then on the outcomes. */
  async endCall(): Promise<void> {
    await this.page.keyboard.press("e");
    await expect(this.outcomes.getByRole("radio").first()).toBeFocused();
  }

  /** One whole call, all by keyboard. Returns whom it was with. */
  async workOne(note: string, outcome = 1): Promise<string> {
    const name = await this.name();
    await this.dial();
    await this.endCall();
    await this.page.keyboard.press(String(outcome));
    await expect(this.note).toBeFocused();
    await this.page.keyboard.type(note);
    await this.page.keyboard.press("Control+Enter");
    await expect(this.announcements).toHaveText(`Saved the call with ${name}`);
    return name;
  }
}
