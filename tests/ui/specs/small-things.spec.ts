/** Small faults that reps met: texts that were not true, and things that moved or vanished. */
import type { Locator, Page } from "@playwright/test";
import type { Card } from "../../../ui/src/generated/Card.ts";
import type { QueueRows } from "../../../ui/src/generated/QueueRows.ts";
import type { SequenceReport } from "../../../ui/src/generated/SequenceReport.ts";
import type { Status } from "../../../ui/src/generated/Status.ts";
import { expect, test } from "../world/test.ts";

// An answer may be under way when a test is done.
test.afterEach(async ({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

/** Changes a part of an answer of the core. */
async function change<T>(page: Page, command: string, changed: (answer: T) => T): Promise<void> {
  await page.route(`**/command/${command}`, async (route) => {
    const reply = await route.fetch();
    if (!reply.ok()) return route.fulfill({ response: reply });
    await route.fulfill({ response: reply, json: changed((await reply.json()) as T) });
  });
}

const place = async (what: Locator) => {
  const box = await what.boundingBox();
  if (!box) throw new Error("not drawn");
  return box;
};

test("Today says no more unsent calls than the title bar", async ({ page, desk }) => {
  await desk.openQueue();
  await desk.workOne("One.");
  await desk.workOne("Two.");
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("button", { name: "Today" })
    .click();
  await expect(desk.button("No unsent calls")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("2 calls logged today");
  await expect(page.getByRole("main")).not.toContainText("not sent yet");
});

test("a person who was called already has no green dot", async ({ page, desk }) => {
  await change<QueueRows>(page, "queue_rows_get", (answer) => {
    const [first, ...others] = answer.rows;
    if (!first) return answer;
    return { ...answer, rows: [{ ...first, state: "catching_up" as const }, ...others] };
  });
  await desk.openQueue();
  const row = desk.list.getByRole("option").first();
  await expect(row).toHaveAccessibleName(/called already/);
  await expect(row).toContainText("Called already");
  // Nothing that is drawn in the row has the color of a person who can be called.
  const inked = await row.evaluate((element) => {
    const probe = element.appendChild(document.createElement("i"));
    const colorOf = (name: string) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    };
    const callable = [colorOf("good"), colorOf("waits")];
    probe.remove();
    return [element, ...element.querySelectorAll("*")]
      .filter((part) => callable.includes(getComputedStyle(part).color))
      .map((part) => part.outerHTML);
  });
  expect(inked).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("no button loses its text while a call is saved", async ({ page, desk }) => {
      await desk.openQueue();
      await desk.dial();
      await desk.endCall();
      await page.keyboard.press("1");
      await expect(desk.save).toBeEnabled();
      // Measures at every frame how far the text of each button stands out from its background.
      await page.evaluate(() => {
        const paper = document.createElement("canvas").getContext("2d", {
          willReadFrequently: true,
        });
        const luminance = (...layers: string[]) => {
          if (!paper) return 0;
          for (const color of layers) {
            paper.fillStyle = color;
            paper.fillRect(0, 0, 1, 1);
          }
          const [red = 0, green = 0, blue = 0] = paper.getImageData(0, 0, 1, 1).data;
          const linear = (part: number) =>
            part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
          return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        };
        const found: string[] = [];
        Object.assign(window, { foundFaint: found });
        const end = performance.now() + 1_500;
        const measure = () => {
          const page = getComputedStyle(document.body).backgroundColor;
          const buttons = document.querySelectorAll(
            "[aria-label='Contact card'] li button, button[aria-keyshortcuts='Control+Enter']",
          );
          for (const button of buttons) {
            const style = getComputedStyle(button);
            const under = luminance(page, style.backgroundColor);
            const ink = luminance(page, style.backgroundColor, style.color);
            const [low, high] = under < ink ? [under, ink] : [ink, under];
            const contrast = (high + 0.05) / (low + 0.05);
            if (contrast < 4) found.push(`${button.textContent}: ${contrast.toFixed(1)}`);
          }
          if (performance.now() < end) requestAnimationFrame(measure);
        };
        measure();
      });
      await page.keyboard.press("Control+Enter");
      await expect(desk.announcements).toContainText("Saved the call with");
      await page.waitForFunction(() => {
        const now = performance.now();
        const bag = window as unknown as { endsAt?: number };
        bag.endsAt ??= now + 1_500;
        return now > bag.endsAt;
      });
      const found = await page.evaluate(
        () => (window as unknown as { foundFaint: string[] }).foundFaint,
      );
      expect(found).toEqual([]);
    });
  });
}

test("a dial at an unknown time asks its own question, and Enter calls", async ({
  page,
  desk,
  core,
}) => {
  await change<Card>(page, "card_get", (card) => ({
    ...card,
    reach: { state: "unknown_time", short: "time unknown", sentence: "The time there is unknown." },
  }));
  await page.route("**/command/call_dial", async (route) => {
    const { args } = route.request().postDataJSON() as { args: { confirmed: boolean } };
    if (args.confirmed) return route.continue();
    await route.fulfill({
      status: 422,
      json: { code: "confirm_dial", message: "The time there is unknown." },
    });
  });
  await desk.openQueue();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "Call without knowing the time there?" });
  await expect(dialog).toContainText("The time there is unknown.");
  await expect(dialog.getByRole("button", { name: "Call anyway" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await core.dialed()).length).toBe(1);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("outside calling hours the question names them, and Enter does not call", async ({
  page,
  desk,
  core,
}) => {
  await core.callAtNoHour("ask");
  await desk.openQueue();
  await desk.find(await core.row("parked", (one) => one.reach.state === "parked"));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "Call outside calling hours?" });
  await expect(dialog.getByRole("button", { name: "Do not call" })).toBeFocused();
});

test("the palette leads to the call budget, and long names stay within it", async ({
  page,
  desk,
}) => {
  const long = `${"Überregionale Unternehmensberatungsgesellschaften ".repeat(4)}`.slice(0, 180);
  await change<SequenceReport>(page, "report_get", (report) => ({
    ...report,
    sequences: report.sequences.map((row) => ({ ...row, name: long })),
  }));
  await desk.openToday();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  const items = palette.getByRole("menuitem");
  await expect(items.filter({ hasText: "Überregionale" }).first()).toBeVisible();
  const outer = await place(palette);
  for (const item of await items.all()) {
    for (const part of await item.locator(":scope > *").all()) {
      const box = await place(part);
      expect(box.x + box.width).toBeLessThanOrEqual(outer.x + outer.width);
      expect(box.height).toBeLessThanOrEqual(34);
    }
  }
  await page.keyboard.type("budget");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Call budget" })).toBeVisible();
});

test.describe("with an undo time", () => {
  test.use({ undoS: 20 });

  test("a skip is called a skip, and Settings stays where it is", async ({ page, desk }) => {
    await desk.openQueue();
    const name = await desk.name();
    const settings = page
      .getByRole("navigation", { name: "Main" })
      .getByRole("button", { name: "Settings" });
    const before = await place(settings);
    await page.keyboard.press("s");
    await page.getByRole("radio", { name: "Not relevant" }).check();
    await page.keyboard.press("Control+Enter");
    await expect(desk.undo).toContainText(`Skipped: ${name}, Not relevant`);
    expect(await place(settings)).toEqual(before);
    await page.keyboard.press("z");
    await expect(desk.undo).toHaveCount(0);
    expect(await place(settings)).toEqual(before);
  });

  test("in Edit call the caret is behind the last word, and Ctrl+Enter saves", async ({
    page,
    desk,
    core,
  }) => {
    await desk.openQueue();
    await desk.workOne("Spoke");
    await page.keyboard.press("r");
    await desk.receipt.getByRole("button", { name: "Edit…" }).click();
    const note = page.getByRole("dialog").getByRole("textbox", { name: "Note" });
    await expect(note).toBeFocused();
    await page.keyboard.type(" to Dana.");
    await expect(note).toHaveValue("Spoke to Dana.");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const [receipt] = (await core.command("receipts_get", {})).rows;
    const wrap_up_id = receipt?.wrap_up_id ?? "";
    const content = await core.command("receipt_content", { wrap_up_id });
    expect(content.form.note).toBe("Spoke to Dana.");
  });
});

test("a button that comes later leaves Edit where it is", async ({ page, desk, core }) => {
  await desk.openQueue();
  await core.apollo.add({ endpoint: "phone_calls#create", kind: "misconfigured" });
  await desk.workOne("Blocked.");
  await expect(desk.button(/for you to decide/)).toBeVisible();
  await page.keyboard.press("r");
  await expect(desk.receipt.getByRole("button", { name: "Try again" })).toBeVisible();
  const names = await desk.receipt.getByRole("button").allTextContents();
  expect(names.indexOf("Try again")).toBeGreaterThan(names.indexOf("Edit…"));
});

for (const [width, height] of [
  [1100, 720],
  [900, 600],
] as const) {
  test.describe(`in a window of ${width} × ${height}`, () => {
    test.use({ viewport: { width, height }, undoS: 20 });

    test("banner and undo leave everything above them where it is", async ({ page, desk }) => {
      let offline = false;
      await change<Status>(page, "status_get", (status) =>
        offline
          ? {
              ...status,
              connection: {
                state: "offline",
                sentence: "Apollo cannot be reached since 14:05. You can go on calling.",
                since: null,
                retry_at: null,
              },
            }
          : status,
      );
      await desk.openQueue();
      const places = async () => ({
        person: (await place(desk.person)).y,
        list: (await place(desk.list)).y,
        end: await place(desk.button("End call")),
        settings: await place(
          page.getByRole("navigation").getByRole("button", { name: "Settings" }),
        ),
      });
      const before = await places();
      offline = true;
      await desk.workOne("While offline.");
      await expect(desk.connection).toContainText("Apollo cannot be reached");
      await expect(desk.undo).toBeVisible();
      expect(await places()).toEqual(before);
      await page.unrouteAll({ behavior: "ignoreErrors" });
    });
  });
}

test("one dropped reply raises no banner", async ({ page, desk, core }) => {
  await desk.openQueue();
  await core.apollo.add({
    endpoint: "phone_calls#create",
    when: { next: 1 },
    kind: "reset_before",
  });
  const seen: string[] = [];
  page.on("response", async (response) => {
    if (!response.url().endsWith("/status_get")) return;
    seen.push(((await response.json()) as Status).connection.state);
  });
  await desk.workOne("Dropped once.");
  await expect.poll(() => seen.length).toBeGreaterThan(1);
  expect(seen.filter((state) => state !== "online")).toEqual([]);
});

test("a task without a contact is offered no new task when it is set, not at the end", async ({
  page,
  desk,
}) => {
  await change<Card>(page, "card_get", (card) => ({ ...card, has_contact: false }));
  await desk.openQueue();
  await page.keyboard.press("b");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: /new call task/ })).toHaveCount(0);
  await expect(dialog.getByRole("radio", { name: /^Move this task/ })).toBeChecked();
  await expect(dialog).toContainText("names no contact for this task");
});

test("behind a dialog nothing shows a scrollbar", async ({ page, desk }) => {
  await desk.openToday();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  const colors = await page.evaluate(() =>
    [...document.querySelectorAll("#root *")].map(
      (element) => getComputedStyle(element).scrollbarColor,
    ),
  );
  expect(new Set(colors)).toEqual(new Set(["rgba(0, 0, 0, 0) rgba(0, 0, 0, 0)"]));
});
