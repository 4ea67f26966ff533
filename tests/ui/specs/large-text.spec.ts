/**
 * From 900 × 600 up, at every zoom to 200 % and with text of twice the size, no control overlaps
 * another and none is cut (WCAG 1.4.4, 1.4.10). A window that is zoomed has fewer CSS pixels.
 */
import type { Page } from "@playwright/test";
import type { Core } from "../world/core.ts";
import type { Desk } from "../world/desk.ts";
import { layoutFaults } from "../world/layout.ts";
import { expect, test } from "../world/test.ts";

interface Size {
  name: string;
  width: number;
  height: number;
  /** The size of text that a person has set for everything; 16 px is the usual one. */
  textPx?: number;
}

const WINDOWS = [
  [900, 600],
  [1100, 720],
  [1440, 900],
] as const;
const ZOOMS = [1, 1.25, 1.5, 2] as const;

const SIZES: readonly Size[] = [
  ...WINDOWS.flatMap(([width, height]) =>
    ZOOMS.map((zoom) => ({
      name: `${width} × ${height} at ${zoom * 100} %`,
      width: Math.floor(width / zoom),
      height: Math.floor(height / zoom),
    })),
  ),
  { name: "900 × 600 with text of 200 %", width: 900, height: 600, textPx: 32 },
  { name: "1440 × 900 with text of 200 %", width: 1440, height: 900, textPx: 32 },
];

class Inspector {
  readonly found: string[] = [];
  constructor(private readonly page: Page) {}

  async at(screen: string): Promise<void> {
    for (const fault of await layoutFaults(this.page)) this.found.push(`${screen}: ${fault}`);
  }
}

async function textOf(page: Page, textPx: number | undefined): Promise<void> {
  if (textPx === undefined) return;
  const devtools = await page.context().newCDPSession(page);
  const grow = () =>
    devtools.send("Page.setFontSizes", { fontSizes: { standard: textPx, fixed: textPx } });
  await grow();
  // The browser forgets the size with each page.
  page.on("load", () => void grow().catch(() => undefined));
}

/** The text itself has the size that was set, not only the room around it. */
async function expectText(page: Page, textPx: number | undefined): Promise<void> {
  const size = await page.evaluate(() => getComputedStyle(document.body).fontSize);
  expect(Number.parseFloat(size)).toBeCloseTo(13 * ((textPx ?? 16) / 16), 1);
}

async function work(page: Page, desk: Desk, core: Core, inspector: Inspector): Promise<void> {
  const dialog = page.getByRole("dialog");
  await desk.openToday();
  await inspector.at("Today");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("menuitem").first()).toBeVisible();
  await inspector.at("the palette");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(dialog).toBeVisible();
  await inspector.at("the keys");
  await page.keyboard.press("Escape");
  await desk.button(/^Call budget/).click();
  await expect(page.getByRole("meter").first()).toBeVisible();
  await inspector.at("the budget");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  await desk.openQueue();
  await expect(desk.outcomes.getByRole("radio").first()).toBeVisible();
  await inspector.at("the queue");
  await desk.dial();
  await inspector.at("on a call");
  await desk.endCall();
  await page.keyboard.press("1");
  await page.keyboard.type("A note of some words.");
  await inspector.at("after the call");
  await page.keyboard.press("Control+b");
  await expect(dialog).toBeVisible();
  await inspector.at("calling back");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await desk.button("Correct times").click();
  await expect(dialog).toBeVisible();
  await inspector.at("correcting times");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await desk.note.focus();
  await page.keyboard.press("Control+Enter");
  await expect(desk.announcements).toContainText("Saved the call with");
  await expect(desk.undo).toBeVisible();
  await inspector.at("a save that can be undone");
  await desk.list.focus();
  await page.keyboard.press("s");
  await expect(dialog).toBeVisible();
  await inspector.at("skipping");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await desk.list.focus();
  await page.keyboard.press("p");
  await expect(desk.button("Go to next")).toBeVisible();
  await inspector.at("a finished card");

  await page.keyboard.press("r");
  await expect(desk.receipt).toBeVisible();
  await inspector.at("Calls");
  await desk.receipt.getByRole("button", { name: "Edit…" }).click();
  await expect(dialog.getByRole("textbox")).toBeVisible();
  await inspector.at("editing a call");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await desk.button("Export day…").click();
  await expect(dialog).toBeVisible();
  await inspector.at("exporting");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  await core.apollo.add({ kind: "key_refused" });
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("button", { name: "Today" })
    .click();
  await desk.button("Refresh").click();
  await expect(desk.connection).toContainText("no longer accepts the key");
  await inspector.at("a refused key");
  await core.apollo.repair();
}

async function settings(page: Page, inspector: Inspector): Promise<void> {
  await page.goto("/settings.html");
  const tabs = page.getByRole("tab");
  await expect(tabs.first()).toBeVisible();
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect(page.getByRole("tabpanel")).toBeVisible();
    await inspector.at(`settings, ${await tab.textContent()}`);
  }
  await page.getByRole("tab", { name: "Dispositions" }).click();
  await page
    .getByRole("button", { name: /^Rule of/ })
    .first()
    .click();
  await expect(page.getByRole("group", { name: /^Rule of/ })).toBeVisible();
  await inspector.at("settings, a rule");
  await page.getByRole("button", { name: "Add outcome…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await inspector.at("settings, adding an outcome");
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Connection" }).click();
  await page.getByRole("button", { name: "Forget key…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await inspector.at("settings, forgetting the key");
}

for (const { name, width, height, textPx } of SIZES) {
  test.describe(name, () => {
    test.use({ viewport: { width, height }, undoS: 60, newest: "9.0.0" });

    test(`at ${name} nothing of the work overlaps or is cut`, async ({ page, desk, core }) => {
      test.slow();
      await textOf(page, textPx);
      await core.command("update_check", {}, "settings");
      const inspector = new Inspector(page);
      await work(page, desk, core, inspector);
      await expectText(page, textPx);
      await settings(page, inspector);
      expect(inspector.found).toEqual([]);
    });

    test.describe("first", () => {
      test.use({ beginning: "welcome" });

      test(`at ${name} nothing of the first screens overlaps or is cut`, async ({
        page,
        desk,
        core,
      }) => {
        await textOf(page, textPx);
        const inspector = new Inspector(page);
        await page.goto("/");
        await expect(desk.button("Connect to Apollo")).toBeVisible();
        await inspector.at("Welcome");
        await desk.button("Connect to Apollo").click();
        await inspector.at("Connect");
        const key = page.getByRole("textbox", { name: "Master key" });
        await key.fill(core.apollo.keys.scoped);
        await page.keyboard.press("Enter");
        await expect(page.getByRole("list", { name: "Checks" })).toContainText("Failed");
        await inspector.at("a refused key");
        await key.fill(core.apollo.keys.master);
        await page.keyboard.press("Enter");
        await expect(page.getByRole("option").first()).toBeVisible();
        await inspector.at("Who are you");
        expect(inspector.found).toEqual([]);
      });
    });
  });
}
