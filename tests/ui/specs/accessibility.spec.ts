import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { Status } from "../../../ui/src/generated/Status.ts";
import type { Core } from "../world/core.ts";
import type { Desk } from "../world/desk.ts";
import { type Beginning, expect, test } from "../world/test.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * The menu of the palette scrolls with the arrow keys of the field above it, which keeps the focus
 * (`aria-activedescendant`). The rule wants the focus inside of what scrolls, and knows of the other
 * way for listboxes only.
 */
const SCROLLED_FROM_ELSEWHERE = { rule: "scrollable-region-focusable", role: "menu" };

async function expectAccessible(page: Page, where: string): Promise<void> {
  // Nobody reads a color in the middle of a transition.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
  const { violations } = await new AxeBuilder({ page })
    .options({
      runOnly: { type: "tag", values: TAGS },
      // Part of WCAG 2.2 AA, and off by default.
      rules: { "target-size": { enabled: true } },
    })
    .analyze();
  const faults = violations.flatMap((violation) =>
    violation.nodes
      .filter(
        ({ html }) =>
          violation.id !== SCROLLED_FROM_ELSEWHERE.rule ||
          !html.includes(`role="${SCROLLED_FROM_ELSEWHERE.role}"`),
      )
      .map((node) => `${violation.id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
  expect(faults, where).toEqual([]);
}

interface Place {
  name: string;
  beginning: Beginning;
  /** A newer version that is announced. */
  newest?: string;
  /** Goes there, and calls `check` at each state that is worth a check. */
  visit(parts: {
    page: Page;
    desk: Desk;
    core: Core;
    check: (state: string) => Promise<void>;
  }): Promise<void>;
}

const PLACES: readonly Place[] = [
  {
    name: "the first screens",
    beginning: "welcome",
    async visit({ page, desk, core, check }) {
      await page.goto("/");
      await expect(desk.button("Connect to Apollo")).toBeVisible();
      await check("welcome");
      await desk.button("Connect to Apollo").click();
      await expect(desk.heading("Connect to Apollo", 1)).toBeVisible();
      await check("connect");
      const key = page.getByRole("textbox", { name: "Master key" });
      await key.fill(core.apollo.keys.scoped);
      await page.keyboard.press("Enter");
      await expect(page.getByText("The key was not kept.")).toBeVisible();
      await check("a refused key");
      await key.fill(core.apollo.keys.master);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("option").first()).toBeVisible();
      await page.getByRole("option").first().click();
      await check("who are you");
    },
  },
  {
    name: "Today",
    beginning: "ready",
    async visit({ page, desk, core, check }) {
      await desk.openToday();
      await check("the report");
      await core.apollo.add({ endpoint: "tasks#search", kind: { status: 500 } });
      await desk.button("Refresh").click();
      await expect(page.getByRole("alert")).toBeVisible();
      await check("a failed refresh and the banner");
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("menuitem").first()).toBeVisible();
      await check("the palette");
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
      await check("the list of keys");
    },
  },
  {
    name: "the queue",
    beginning: "ready",
    async visit({ page, desk, core, check }) {
      await desk.openQueue();
      await check("before a call");
      await desk.dial();
      await check("on a call");
      await desk.endCall();
      await page.keyboard.press("1");
      await page.keyboard.type("A note.");
      await check("after a call");
      await desk.button("Correct times").click();
      await expect(page.getByRole("dialog", { name: "Correct call times" })).toBeVisible();
      await check("correcting times");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Skip…" }).click();
      await expect(page.getByRole("dialog", { name: "Skip this task" })).toBeVisible();
      await check("skipping");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+b");
      await expect(page.getByRole("radio", { name: /^Tomorrow/ })).toBeVisible();
      await check("calling back");
      await page.keyboard.press("Enter");
      await expect(desk.wrapUp).toContainText("Calls back");
      await check("a callback");
      await core.changeSettings({ undo_s: 60 });
      await page.keyboard.press("Control+Enter");
      await expect(desk.announcements).toHaveText(/^Saved/);
      await expect(desk.undo).toBeVisible();
      await check("a save that can be undone");
      await page.keyboard.press("p");
      await expect(desk.button("Go to next")).toBeVisible();
      await check("a finished card");
    },
  },
  {
    name: "a card that must not be called",
    beginning: "ready",
    async visit({ page, desk, core, check }) {
      await core.callAtNoHour("ask");
      await desk.openQueue();
      await desk.find(await core.row("opted out", (one) => one.reach.short === "opted out"));
      await check("opted out");
      await desk.find(await core.row("parked", (one) => one.reach.state === "parked"));
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alertdialog")).toBeVisible();
      await check("asking outside calling hours");
    },
  },
  {
    name: "an update",
    beginning: "ready",
    newest: "9.0.0",
    async visit({ page, desk, core, check }) {
      await core.command("update_check", {}, "settings");
      await desk.openQueue();
      const open = page.getByRole("button", { name: "Update ready" });
      const dialog = page.getByRole("dialog", { name: "Update of Handset" });
      await open.click();
      await expect(dialog).toBeVisible();
      await check("ready");
      await page.keyboard.press("Escape");
      await desk.dial();
      await open.click();
      await expect(dialog).toContainText("A call is going on.");
      await check("during a call");
      await page.goto("/settings.html");
      await page.getByRole("tab", { name: "Updates" }).click();
      await check("in the settings");
      await page.getByRole("tab", { name: "About" }).click();
      await page.getByRole("button", { name: "Licenses of libraries…" }).click();
      await expect(page.getByRole("dialog", { name: "Licenses of libraries" })).toBeVisible();
      await check("the licenses");
    },
  },
  {
    name: "receipts and the budget",
    beginning: "ready",
    async visit({ page, desk, core, check }) {
      await desk.openQueue();
      await desk.workOne("Sent.");
      // The first call is in Apollo, so that the fault strikes the next one.
      await expect.poll(async () => (await core.apollo.calls()).length).toBe(1);
      await core.apollo.add({
        endpoint: "phone_calls#create",
        when: { next: 1 },
        kind: "misconfigured",
      });
      await desk.workOne("Blocked.");
      await expect(desk.button(/for you to decide/)).toBeVisible();
      await page.keyboard.press("r");
      await expect(desk.receipt.getByRole("button", { name: "Try again" })).toBeVisible();
      await check("a blocked receipt");
      await desk.receipt.getByRole("button", { name: "Edit…" }).click();
      await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Blocked.");
      await check("editing a call");
      await page.keyboard.press("Escape");
      await desk.receipt.getByRole("button", { name: "Discard…" }).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
      await check("discarding a call");
      await page.keyboard.press("Escape");
      await desk.button("Export day…").click();
      await expect(page.getByRole("checkbox", { name: "With notes" })).toBeVisible();
      await check("exporting the day");
      await page.getByRole("button", { name: "Write file" }).click();
      await expect(page.getByRole("button", { name: "Copy path" })).toBeVisible();
      await check("the day's file");
      await page.keyboard.press("Escape");
      await desk.receiptList.getByRole("option").nth(1).click();
      await expect(desk.receipt).toContainText("Logged and completed in Apollo.");
      await check("a sent receipt");
      await page.getByRole("button", { name: /^Call budget/ }).click();
      await expect(page.getByRole("meter").first()).toBeVisible();
      await check("the budget");
    },
  },
  {
    name: "the settings",
    beginning: "ready",
    async visit({ page, check }) {
      await page.goto("/settings.html");
      const tabs = page.getByRole("tab");
      await expect(tabs.first()).toBeVisible();
      for (const tab of await tabs.all()) {
        await tab.click();
        await expect(page.getByRole("tabpanel")).toBeVisible();
        await check((await tab.textContent()) ?? "");
      }
      await page.getByRole("tab", { name: "Dispositions" }).click();
      await page
        .getByRole("button", { name: /^Rule of / })
        .first()
        .click();
      await page.getByRole("radio", { name: "Complete it, and make a new call task" }).click();
      await expect(page.getByRole("combobox", { name: "Stage of the contact" })).toBeEnabled();
      await check("the rule of an outcome");
      await page.getByRole("button", { name: "Add outcome…" }).click();
      await expect(page.getByRole("dialog", { name: "Add an outcome" })).toBeVisible();
      await check("a new outcome");
      await page.keyboard.press("Escape");
      await page.getByRole("tab", { name: "Calling hours" }).click();
      await page.getByRole("textbox", { name: "Closes" }).fill("never");
      await page.keyboard.press("Enter");
      await expect(page.getByText("The closing time is not a time")).toBeVisible();
      await check("a refused value");
      await page.getByRole("tab", { name: "Connection" }).click();
      await page.getByRole("button", { name: "Forget key…" }).click();
      await expect(page.getByRole("alertdialog")).toBeVisible();
      await check("forgetting the key");
    },
  },
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const { name, beginning, newest, visit } of PLACES) {
    test.describe(`in ${colorScheme}`, () => {
      test.use({ beginning, colorScheme, newest: newest ?? null });

      test(`${name} can be used by everybody (WCAG 2.2 AA)`, async ({ page, desk, core }) => {
        await visit({
          page,
          desk,
          core,
          check: (state) => expectAccessible(page, `${name}, ${state}`),
        });
      });
    });
  }
}

test.describe("with forced colors", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  test("Today and the queue can be used by everybody", async ({ page, desk }) => {
    await desk.openToday();
    expect(await page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(true);
    await expectAccessible(page, "Today");
    await desk.openQueue();
    await expectAccessible(page, "the queue");
    await desk.dial();
    await expectAccessible(page, "on a call");
  });
});

test.describe("with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves", async ({ page, desk }) => {
    await desk.openQueue();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    const moving = await page.evaluate(
      () => document.getAnimations().filter((one) => one.playState === "running").length,
    );
    expect(moving).toBe(0);
  });
});

test("the question before quitting can be used by everybody", async ({ page, desk, core }) => {
  await desk.openQueue();
  await core.apollo.add({ kind: "reset_before" });
  await desk.workOne("Not sent yet.");
  await page.route("**/command/status_get", async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ json: { ...((await reply.json()) as Status), is_closing: true } });
  });
  await page.reload();
  await expect(page.getByRole("alertdialog", { name: "Quit Handset?" })).toBeVisible();
  await expectAccessible(page, "quitting");
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("a notice is read and dismissed", async ({ page, desk }) => {
  // A recovered store cannot be had from a fresh core, so its notice is added to the real status.
  let dismissed = false;
  await page.route("**/command/status_get", async (route) => {
    const reply = await route.fetch();
    const status = (await reply.json()) as Status;
    const notice = { id: 7, message: "The store was damaged and has been rebuilt.", hint: null };
    await route.fulfill({ json: { ...status, notices: dismissed ? [] : [notice] } });
  });
  await page.route("**/command/notice_dismiss", async (route) => {
    dismissed = true;
    await route.continue();
  });
  await desk.openToday();
  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText("has been rebuilt");
  await expectAccessible(page, "a notice");
  await notices.getByRole("button", { name: "Dismiss notice 7" }).click();
  await expect(notices).toHaveCount(0);
});
