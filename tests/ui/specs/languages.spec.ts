/**
 * Every screen in the pseudo-language, in which each text of the catalogue is marked and 40 % longer,
 * and in German: no text is missing from the catalogue, and none is cut for being longer than
 * English.
 */
import type { Page } from "@playwright/test";
import type { Core } from "../world/core.ts";
import { layoutFaults } from "../world/layout.ts";
import { expect, test } from "../world/test.ts";
import { unmarkedTexts } from "../world/unmarked.ts";

/** Texts of the core's answers that are in no catalogue: names, numbers, notes, addresses. */
class Answers {
  readonly texts = new Set<string>();

  /** Reads every answer before the page does. */
  static async of(page: Page): Promise<Answers> {
    const answers = new Answers();
    await page.route("**/command/*", async (route) => {
      const reply = await route.fetch();
      answers.take(await reply.json());
      await route.fulfill({ response: reply });
    });
    return answers;
  }

  private take(value: unknown): void {
    if (typeof value === "string") this.texts.add(value);
    if (typeof value !== "object" || value === null) return;
    for (const [name, part] of Object.entries(value)) {
      // The id of a message is drawn only where the catalogue does not have it.
      if (!(name === "id" && "values" in value)) this.take(part);
    }
  }
}

// An answer may be under way when a test is done.
test.afterEach(async ({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

/** The title bar is one line high. */
const BAR_PX_MAX = 50;

interface Inspector {
  at(screen: string): Promise<void>;
}

/** Goes through all screens by keys and roles, which are the same in every language. */
async function work(page: Page, core: Core, inspector: Inspector): Promise<void> {
  const dialog = page.getByRole("dialog");
  const closed = async () => {
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  };
  const opened = async (key: string, screen: string) => {
    await page.keyboard.press(key);
    await expect(dialog).toBeVisible();
    await inspector.at(screen);
  };
  const row = page.getByRole("grid").getByRole("row").nth(1);
  await expect(row).toBeFocused();
  // From here on the title bar has one button more.
  await core.command("update_check", {}, "settings");
  const update = page.getByRole("banner").locator("[aria-haspopup=dialog]").first();
  await update.click();
  await expect(dialog).toBeVisible();
  await inspector.at("an update");
  await closed();
  await row.focus();
  await inspector.at("Today");
  await opened("Control+k", "the palette");
  await page.keyboard.type("zzzz");
  await inspector.at("the palette, with nothing found");
  await page.keyboard.press("Escape");
  await closed();
  await opened("?", "the keys");
  await closed();

  await row.focus();
  await page.keyboard.press("Enter");
  const list = page.getByRole("listbox").first();
  await expect(list).toBeFocused();
  await expect(page.getByRole("radio").first()).toBeVisible();
  await inspector.at("the queue");
  await opened("s", "skipping");
  await closed();
  await list.focus();
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await core.dialed()).length).toBe(1);
  await expect(page.getByRole("timer")).not.toHaveText("00:00");
  await inspector.at("on a call");
  await page.keyboard.press("e");
  await expect(page.getByRole("radio").first()).toBeFocused();
  await page.keyboard.press("1");
  await page.keyboard.type("A note.");
  await inspector.at("after the call");
  await opened("Control+b", "calling back");
  await closed();
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await core.command("status_get", {})).undo).not.toBeNull();
  await inspector.at("a save that can be undone");
  await list.focus();
  await page.keyboard.press("p");
  await inspector.at("a finished card");

  await page.keyboard.press("r");
  await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
  await inspector.at("Calls");
  await core.apollo.add({ kind: "key_refused" });
  await core.command("report_load", {});
  await expect
    .poll(async () => (await core.command("status_get", {})).connection.state)
    .toBe("key_refused");
  await inspector.at("a refused key");
  await core.apollo.repair();
}

async function settings(page: Page, query: string, inspector: Inspector): Promise<void> {
  await page.goto(`/settings.html${query}`);
  const tabs = page.getByRole("tab");
  await expect(tabs.first()).toBeVisible();
  for (const [number, tab] of (await tabs.all()).entries()) {
    await tab.click();
    await expect(page.getByRole("tabpanel")).toBeVisible();
    await inspector.at(`settings, page ${number + 1}`);
    // The text of a button that asks first, or that opens a form, ends in "…".
    const opens = page.getByRole("tabpanel").getByRole("button").filter({ hasText: "…" });
    for (const button of await opens.all()) {
      await button.click();
      await expect(page.getByRole("dialog").or(page.getByRole("alertdialog"))).toBeVisible();
      await inspector.at(`settings, page ${number + 1}, ${await button.textContent()}`);
      await page.keyboard.press("Escape");
    }
  }
}

async function begin(page: Page, core: Core, inspector: Inspector): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await inspector.at("Welcome");
  await page.getByRole("button").first().click();
  const key = page.getByRole("textbox");
  await expect(key).toBeVisible();
  await inspector.at("Connect");
  await key.fill(core.apollo.keys.scoped);
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await core.command("connect_get", {})).state).toBe("failed");
  await inspector.at("a key that cannot work");
  await key.fill(core.apollo.keys.master);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option").first()).toBeVisible();
  await inspector.at("Who are you");
}

test.describe("in the pseudo-language", () => {
  test.use({ undoS: 60, newest: "9.0.0" });

  const watch = async (page: Page) => {
    const answers = await Answers.of(page);
    const found: string[] = [];
    const inspector: Inspector = {
      async at(screen) {
        for (const text of await unmarkedTexts(page, answers.texts)) {
          found.push(`${screen}: ${text}`);
        }
        for (const fault of await layoutFaults(page)) found.push(`${screen}: ${fault}`);
      },
    };
    return { found, inspector };
  };

  test("every text is in the catalogue, and has room", async ({ page, core }) => {
    test.slow();
    const { found, inspector } = await watch(page);
    await page.goto("/?pseudo");
    await work(page, core, inspector);
    await settings(page, "?pseudo", inspector);
    expect(found).toEqual([]);
  });

  test.describe("first", () => {
    test.use({ beginning: "welcome" });

    test("every text of the first screens is in the catalogue, and has room", async ({
      page,
      core,
    }) => {
      const { found, inspector } = await watch(page);
      await page.goto("/?pseudo");
      await begin(page, core, inspector);
      expect(found).toEqual([]);
    });
  });
});

for (const [locale, language, width, height] of [
  ["de-DE", "de", 900, 600],
  ["de-DE", "de", 1100, 720],
  ["de-DE", "de", 1440, 900],
  // A clock of twelve hours takes more room.
  ["en-US", "en-US", 900, 600],
] as const) {
  test.describe(`in ${locale} at ${width} × ${height}`, () => {
    test.use({ locale, undoS: 60, newest: "9.0.0", viewport: { width, height } });

    test(`in ${locale} at ${width} × ${height} nothing overlaps or is cut`, async ({
      page,
      core,
    }) => {
      test.slow();
      const found: string[] = [];
      const inspector: Inspector = {
        async at(screen) {
          for (const fault of await layoutFaults(page)) found.push(`${screen}: ${fault}`);
        },
      };
      await page.goto("/");
      await work(page, core, inspector);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await settings(page, "", inspector);
      expect(found).toEqual([]);
    });
  });
}

for (const [locale, width] of [
  ["en-US", 1100],
  ["de-DE", 1100],
] as const) {
  test.describe(`the title bar in ${locale}`, () => {
    test.use({ locale, viewport: { width, height: 720 } });

    // A second line would push the work down when the budget arrives.
    test(`with all that it can say, in ${locale} the title bar is one line`, async ({ page }) => {
      await page.route("**/command/status_get", async (route) => {
        const reply = await route.fetch();
        const all = { sandbox: true, calls_left_this_hour: 399 };
        await route.fulfill({ response: reply, json: { ...(await reply.json()), ...all } });
      });
      await page.goto("/");
      const bar = page.getByRole("banner");
      await expect(bar).toContainText("399");
      expect((await bar.boundingBox())?.height ?? 0).toBeLessThan(BAR_PX_MAX);
    });
  });
}
