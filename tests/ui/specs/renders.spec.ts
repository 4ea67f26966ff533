/** What a call makes React draw again, with hundreds of tasks in the queue and a page of rows in sight. */
import { countRenders, takeRenders } from "../world/renders.ts";
import { expect, test } from "../world/test.ts";

const NOTE = "Asked for the price list.";
/**
 * Components drawn again at most, about half more than were counted; with 10,000 tasks they were as many. A row
 * that is drawn whenever the list is breaks the first of them.
 */
const AGAIN_MAX = { dial: 800, end: 900, letter: 150, save: 3_500 };

test("a call draws the rows it changes, and not the whole list", async ({ page, desk, core }) => {
  await countRenders(page);
  await desk.openQueue();
  const opened = await takeRenders(page);
  expect(opened.mounted, "the page counts what React draws").toBeGreaterThan(500);

  await desk.dial();
  expect((await takeRenders(page)).again, "dial").toBeLessThan(AGAIN_MAX.dial);
  await desk.endCall();
  expect((await takeRenders(page)).again, "end").toBeLessThan(AGAIN_MAX.end);
  await page.keyboard.press("1");
  await expect(desk.note).toBeFocused();
  await takeRenders(page);
  await page.keyboard.type(NOTE);
  await expect(desk.note).toHaveValue(NOTE);
  const typed = await takeRenders(page);
  expect(typed.again / NOTE.length, "a letter of the note").toBeLessThan(AGAIN_MAX.letter);
  expect(typed.mounted, "typing").toBeLessThan(50);

  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  await expect(desk.saving).toHaveText("");
  expect((await takeRenders(page)).again, "save").toBeLessThan(AGAIN_MAX.save);
});
