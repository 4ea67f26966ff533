import type { Locator, Page } from "@playwright/test";
import type { Desk } from "../world/desk.ts";
import { expect, test } from "../world/test.ts";

test.use({ beginning: "welcome" });

/** Long enough for a person, and for a test, to see a check while it runs. */
const SLOW_MS = 4_000;

function field(page: Page): Locator {
  return page.getByRole("textbox", { name: "Master key", exact: true });
}

function checks(page: Page): Locator {
  return page.getByRole("list", { name: "Checks" }).getByRole("listitem");
}

async function openConnect(page: Page, desk: Desk): Promise<void> {
  await page.goto("/");
  await desk.button("Connect to Apollo").click();
  await expect(desk.heading("Connect to Apollo", 1)).toBeVisible();
  await expect(field(page)).toBeFocused();
}

async function paste(page: Page, key: string): Promise<void> {
  await field(page).fill(key);
  await page.keyboard.press("Enter");
}

/** Where a text can hide in a page: markup, values of fields, and what the page may store. */
async function pageHolds(page: Page, text: string): Promise<boolean> {
  return page.evaluate((wanted) => {
    const fields = [...document.querySelectorAll("input, textarea")];
    return [
      document.documentElement.outerHTML,
      document.title,
      location.href,
      JSON.stringify({ ...localStorage, ...sessionStorage }),
      document.cookie,
      ...fields.map((one) => (one as HTMLInputElement).value),
    ].some((place) => place.includes(wanted));
  }, text);
}

test("the steps for a master key stand beside the masked field", async ({ page, desk }) => {
  await openConnect(page, desk);
  const steps = page.getByRole("list", { name: "How to make a master key" });
  await expect(steps).toContainText("Set as master key");
  await expect(field(page)).toHaveAttribute("type", "password");
  await expect(desk.button("Check key")).toBeDisabled();
});

test("a pasted key is sent once, and is nowhere in the window from then on", async ({
  page,
  desk,
  core,
}) => {
  const key = core.apollo.keys.master;
  const sent: string[] = [];
  const answers: Promise<string>[] = [];
  page.on("request", (request) => {
    if (request.postData()?.includes(key) || request.url().includes(key)) {
      sent.push(new URL(request.url()).pathname);
    }
  });
  page.on("response", (response) => {
    // The stream of changes never ends.
    if (!response.url().includes("/events")) answers.push(response.text().catch(() => ""));
  });
  await core.apollo.add({ endpoint: "users#api_profile", kind: { delay: { delay_ms: 1_000 } } });
  await openConnect(page, desk);
  await paste(page, key);

  await expect(field(page)).toHaveValue("");
  expect(await pageHolds(page, key)).toBe(false);
  await expect(checks(page)).toHaveCount(4);
  expect(await pageHolds(page, key)).toBe(false);
  await expect(desk.heading("Who are you?", 1)).toBeVisible();
  expect(await pageHolds(page, key)).toBe(false);

  await core.chooseRep("Sam Dialer");
  await expect(desk.heading("Today", 1)).toBeVisible();
  await page.goto("/settings.html");
  await expect(page.getByRole("tab", { name: "Connection" })).toBeVisible();
  expect(await pageHolds(page, key)).toBe(false);

  expect(sent).toEqual(["/command/connect_start"]);
  for (const answer of await Promise.all(answers)) expect(answer).not.toContain(key);
});

test("the checks run one after the other and each shows its answer", async ({
  page,
  desk,
  core,
}) => {
  await core.apollo.add({
    endpoint: "phone_calls#search",
    kind: { delay: { delay_ms: SLOW_MS } },
  });
  await openConnect(page, desk);
  await paste(page, core.apollo.keys.master);

  const STATES = ["Passed", "Checking", "Waits", "Failed", "Not checked"];
  const states = async () =>
    (await checks(page).allInnerTexts()).map((text) => STATES.find((word) => text.includes(word)));
  await expect.poll(states).toEqual(["Passed", "Passed", "Checking", "Waits"]);
  await expect(checks(page).nth(0)).toContainText("Yes.");
  await expect(field(page)).toBeDisabled();
  await expect(desk.heading("Who are you?", 1)).toBeVisible();

  expect(
    (await core.apollo.requests())
      .map((request) => request.endpoint)
      .filter((endpoint) => endpoint !== "users#search"),
  ).toEqual(
    expect.arrayContaining([
      "auth#health",
      "users#api_profile",
      "phone_calls#search",
      "usage_stats#api_usage_stats",
    ]),
  );
  expect((await core.command("status_get", {})).key_storage).toBe("keychain");
});

const BAD_KEYS = [
  {
    what: "a key that is not a master key",
    key: "scoped",
    failed: 2,
    answer: "The key may not do this: it is not a master key. Apollo refused",
    nextStep: "Set as master key",
  },
  {
    what: "a key of a free plan",
    key: "free",
    failed: null,
    answer: "plan does not include",
    nextStep: "paid plan",
  },
  {
    what: "a revoked key",
    key: "revoked",
    failed: 0,
    answer: "Apollo does not know this key. It is mistyped, or it was revoked.",
    nextStep: "Copy the key again",
  },
] as const;

for (const { what, key, failed, answer, nextStep } of BAD_KEYS) {
  test(`${what} gets its own answer, is not saved, and can be replaced at once`, async ({
    page,
    desk,
    core,
  }) => {
    await openConnect(page, desk);
    await paste(page, core.apollo.keys[key]);
    await expect(
      page.getByRole("status").filter({ hasText: "The key was not kept." }),
    ).toBeVisible();
    const refused = checks(page).filter({ hasText: "Failed" });
    await expect(refused).toHaveCount(1);
    await expect(refused).toContainText(answer);
    await expect(refused).toContainText(nextStep);
    if (failed !== null) await expect(checks(page).nth(failed)).toContainText("Failed");
    await expect(field(page)).toBeFocused();
    await expect(field(page)).toHaveValue("");
    const status = await core.command("status_get", {});
    expect([status.key_storage, status.stage]).toEqual(["none", "welcome"]);

    await paste(page, core.apollo.keys.master);
    await expect(desk.heading("Who are you?", 1)).toBeVisible();
  });
}

test("a text that Apollo does not know is told apart from no network", async ({
  page,
  desk,
  core,
}) => {
  await openConnect(page, desk);
  await paste(page, "aaaaaaaaaaaaaaaaaaaaaa");
  await expect(checks(page).nth(0)).toContainText("Apollo does not know this key");

  await core.apollo.add({ kind: "html200" });
  await paste(page, core.apollo.keys.master);
  await expect(checks(page).nth(0)).toContainText("answered with a web page instead of Apollo");
});

test("Back forgets what was pasted and leads to the first screen", async ({ page, desk, core }) => {
  await openConnect(page, desk);
  await paste(page, core.apollo.keys.scoped);
  await expect(checks(page).filter({ hasText: "Failed" })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(desk.button("Explore with sample data")).toBeVisible();
  await desk.button("Connect to Apollo").click();
  await expect(field(page)).toHaveValue("");
  await expect(page.getByRole("list", { name: "Checks" })).toHaveCount(0);
});

test.describe("who are you", () => {
  test.use({ beginning: "choose_rep" });

  function people(page: Page): Locator {
    return page.getByRole("listbox", { name: "Apollo users" }).getByRole("option");
  }

  test("a person is found by name, and the consequence is shown before it is final", async ({
    page,
    desk,
    core,
  }) => {
    await page.goto("/");
    await expect(desk.heading("Who are you?", 1)).toBeVisible();
    await expect(people(page)).toHaveCount(core.apollo.users.length);
    await expect(desk.button("Continue")).toBeDisabled();
    await expect(page.getByRole("status").filter({ hasText: "Choose yourself" })).toBeVisible();

    await page.getByRole("searchbox", { name: "Search people" }).fill("zhou");
    await expect(people(page)).toHaveCount(1);
    await people(page).click();
    await expect(
      page.getByRole("status").filter({ hasText: "Apollo will log calls as Mei-Lin Zhou." }),
    ).toBeVisible();
    expect((await core.command("status_get", {})).rep).toBeNull();

    await desk.button("Continue").click();
    await expect(page.getByRole("banner")).toContainText("Logging as Mei-Lin Zhou");
    expect((await core.command("status_get", {})).rep).toMatchObject({
      user_id: core.apollo.userId("Mei-Lin Zhou"),
      email: "meilin@northwind.example",
    });
  });

  test("a typed email is enough, with the keyboard alone", async ({ page, desk }) => {
    await page.goto("/");
    await expect(people(page).first()).toBeVisible();
    await expect(page.getByRole("searchbox", { name: "Search people" })).toBeFocused();
    await page.keyboard.type("sam@northwind.example");
    await expect(
      page.getByRole("status").filter({ hasText: "Apollo will log calls as Sam Dialer." }),
    ).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(desk.heading("Today", 1)).toBeVisible();
    await expect(page.getByRole("banner")).toContainText("Logging as Sam Dialer");
  });

  test("somebody who left is shown as such and cannot be chosen", async ({ page, desk }) => {
    await page.goto("/");
    const left = people(page).filter({ hasText: "Patrick Halloran" });
    await expect(left).toContainText("Deactivated in Apollo");
    await expect(left).toBeDisabled();
    await left.click({ force: true });
    await expect(left).toHaveAttribute("aria-selected", "false");
    await expect(desk.button("Continue")).toBeDisabled();
  });

  test("a person who is not in the list learns it", async ({ page }) => {
    await page.goto("/");
    await expect(people(page).first()).toBeVisible();
    await page.getByRole("searchbox", { name: "Search people" }).fill("nobody like this");
    await expect(page.getByText("Nobody here has this name or email.")).toBeVisible();
  });
});
