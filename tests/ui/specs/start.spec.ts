import { expect, test } from "../world/test.ts";

test.use({ beginning: "welcome" });

test("the first start offers two ways and says what is stored where", async ({ page, desk }) => {
  await page.goto("/");
  await expect(page).toHaveTitle("Handset");
  await expect(desk.heading("Handset", 1)).toBeVisible();
  await expect(desk.button("Connect to Apollo")).toBeFocused();
  await expect(desk.button("Explore with sample data")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Contacts, accounts and tasks stay in Apollo");
});

test("sample data leads to Today, says that it is sample data, and can be left again", async ({
  page,
  desk,
}) => {
  await page.goto("/");
  await desk.button("Explore with sample data").click();
  await expect(desk.heading("Today", 1)).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("Sample data");
  await expect(desk.sequences.getByRole("row", { name: /^All my call tasks/ })).toBeVisible();

  await desk.button("Leave sample data").click();
  await expect(desk.heading("Handset", 1)).toBeVisible();
  await expect(desk.button("Explore with sample data")).toBeVisible();
});

test("sample data asks nothing of the Apollo that Handset is pointed at", async ({
  page,
  desk,
  core,
}) => {
  await page.goto("/");
  await desk.button("Explore with sample data").click();
  await expect(desk.sequences.getByRole("row", { name: /^All my call tasks/ })).toBeVisible();
  expect(await core.apollo.requests()).toEqual([]);
});

test("after a reload the window is where it was", async ({ page, desk }) => {
  await page.goto("/");
  await desk.button("Explore with sample data").click();
  await expect(desk.heading("Today", 1)).toBeVisible();
  await page.reload();
  await expect(desk.heading("Today", 1)).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("Sample data");
});
