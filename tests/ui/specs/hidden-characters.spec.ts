/** Characters that cannot be seen, and writing from right to left, in everything Apollo says. */
import type { Page } from "@playwright/test";
import { expect, test } from "../world/test.ts";

/** Characters that turn the direction round, take no room, or control a terminal. */
const SPOILT = "\u202E\u200B\u001B\u2067";
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}]/u;
/** A field for a time keeps its parts in order with these, each in an element of its own. */
const OF_TIME_FIELD = new Set(["\u2066", "\u2069"]);
/** Fields that people and companies fill in. Nobody writes ids, times and numbers. */
const WRITTEN = new Set(
  [
    "name title company script place owner who sequence industry value location email sentence",
    "why_here result logged_as message hint queue_title verbatim",
  ].flatMap((line) => line.split(" ")),
);

function changed(value: unknown, change: (text: string) => string, key = ""): unknown {
  if (typeof value === "string") return WRITTEN.has(key) ? change(value) : value;
  if (Array.isArray(value)) return value.map((part) => changed(part, change, key));
  if (typeof value !== "object" || value === null) return value;
  // The kind of a scope or of a step is the core's, not a person's.
  const isTagged = "kind" in value && Object.keys(value).length <= 2;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      isTagged && name === "kind" ? part : changed(part, change, name),
    ]),
  );
}

async function everyAnswer(page: Page, change: (text: string) => string): Promise<void> {
  await page.route("**/command/*_get", async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, json: changed(await reply.json(), change) });
  });
}

/** Every text of the page: what is drawn, what is spoken, what a tooltip shows, the title. */
async function texts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = [document.title];
    for (const element of document.querySelectorAll("*")) {
      for (const { value } of element.attributes) found.push(value);
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
        found.push(element.value);
      }
      for (const child of element.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) found.push(child.textContent ?? "");
      }
    }
    return found;
  });
}

async function expectAllVisible(page: Page): Promise<void> {
  const all = await texts(page);
  expect(all.filter((text) => UNSEEN.test(text) && !OF_TIME_FIELD.has(text))).toEqual([]);
}

test("no text of any screen holds a character that cannot be seen", async ({
  page,
  desk,
  core,
}) => {
  await core.tasksAreRead();
  await everyAnswer(page, (text) => `${text}${SPOILT}`);
  await page.goto("/");
  await expect(desk.sequences.getByRole("row").nth(3)).toContainText("⟨U+202E⟩⟨U+200B⟩⟨U+001B⟩");
  await expectAllVisible(page);

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("menuitem").last()).toContainText("⟨U+202E⟩");
  await expectAllVisible(page);
  await page.keyboard.press("Escape");

  await expect(desk.sequences.getByRole("row").nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(desk.person).toContainText("⟨U+202E⟩");
  await expect(desk.list.getByRole("option").first()).toHaveAccessibleName(/⟨U\+202E⟩/);
  await expectAllVisible(page);

  await page.keyboard.press("b");
  await expect(page.getByRole("dialog")).toContainText("⟨U+202E⟩");
  await expectAllVisible(page);
  await page.keyboard.press("Escape");

  await page.keyboard.press("Enter");
  await expect(desk.announcements).toContainText("⟨U+202E⟩");
  await expectAllVisible(page);
  await page.keyboard.press("1");
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toContainText("Saved the call with");
  await expectAllVisible(page);

  await desk.list.focus();
  await page.keyboard.press("r");
  await expect(desk.receipt).toContainText("⟨U+202E⟩");
  await expectAllVisible(page);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("the rep's own note is not changed, whatever is in it", async ({ page, desk, core }) => {
  await desk.openQueue();
  await desk.dial();
  await page.keyboard.press("n");
  await page.keyboard.insertText("by hand\u200E \u05D3\u05E0\u05D4 \u200B end");
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+Enter");
  await expect
    .poll(async () => (await core.apollo.calls())[0]?.note)
    .toBe("by hand\u200E \u05D3\u05E0\u05D4 \u200B end");
});

/** How a text stands: the places of its parts from left to right. */
async function lefts(page: Page, selector: string, parts: readonly string[]): Promise<number[]> {
  return page
    .locator(selector)
    .first()
    .evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const found: number[] = wanted.map(() => Number.NaN);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        wanted.forEach((part, index) => {
          const place = (node.textContent ?? "").indexOf(part);
          if (place < 0 || !Number.isNaN(found[index] ?? Number.NaN)) return;
          const range = document.createRange();
          range.setStart(node, place);
          range.setEnd(node, place + part.length);
          found[index] = range.getBoundingClientRect().left;
        });
      }
      return found;
    }, parts);
}

test("a name from right to left leaves what stands beside it where it is", async ({
  page,
  desk,
}) => {
  const hebrew = "דנה כהן";
  await everyAnswer(page, () => hebrew);
  await page.goto("/");
  await expect(desk.sequences.getByRole("row").nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(desk.person).toHaveText(hebrew);
  // "⟨company⟩ · step 2": the step stands behind the company, and its number behind the word.
  const row = await lefts(page, "[role=option] span:has(> bdi):has-text('step')", [
    hebrew,
    "·",
    "step",
  ]);
  expect(row).toEqual([...row].sort((a, b) => a - b));
  // The direction of the script and of the note follows their text.
  await expect(page.getByRole("region", { name: "Script" }).locator("[dir=auto]")).toHaveCSS(
    "direction",
    "rtl",
  );
  await page.keyboard.press("n");
  await page.keyboard.insertText(hebrew);
  await expect(desk.note).toHaveCSS("direction", "rtl");
  await desk.note.fill("Latin");
  await expect(desk.note).toHaveCSS("direction", "ltr");

  await page.keyboard.press("Control+b");
  await expect(page.getByRole("dialog")).toHaveAccessibleName(`Call \u2068${hebrew}\u2069 back`);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
