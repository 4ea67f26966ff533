/** What a call makes React draw again, with every row of a queue there and a page of them drawn. */
import { countRenders, type Renders, takeRenders } from "../world/renders.ts";
import { expect, test } from "../world/test.ts";

test("a call draws the rows it changes, and not the list", async ({ page, desk, core }) => {
  await countRenders(page);
  await desk.openQueue();
  const drawn: Record<string, Renders> = {};
  const since = async (what: string) => {
    // Until nothing is on its way any more: what an answer draws belongs to what was asked.
    let now = await takeRenders(page);
    const sum = { ...now };
    do {
      await page.waitForTimeout(300);
      now = await takeRenders(page);
      sum.commits += now.commits;
      sum.mounted += now.mounted;
      sum.again += now.again;
    } while (now.again > 200);
    drawn[what] = sum;
  };
  await since("open");
  await desk.dial();
  await since("dial");
  await desk.endCall();
  await since("end");
  await page.keyboard.press("1");
  await expect(desk.note).toBeFocused();
  await since("outcome");
  await page.keyboard.type("a");
  await since("letter");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
  await since("save");
  console.log(JSON.stringify(drawn));
});
