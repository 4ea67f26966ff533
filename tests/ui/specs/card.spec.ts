import type { Card } from "../../../ui/src/generated/Card.ts";
import { expect, test } from "../world/test.ts";

/** A name as Apollo escapes it, once or twice. */
const ESCAPED = /&(?:amp;)?#39;/;

function plain(text: string): string {
  return text.replaceAll("&amp;", "&").replaceAll("&#39;", "'");
}

test("names that Apollo stores HTML-escaped, once or twice, are shown as they are written", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const stored = (await core.apollo.personalData()).filter((text) => ESCAPED.test(text));
  expect(stored.some((text) => text.includes("&amp;#39;"))).toBe(true);
  const names = new Set(stored.map(plain));
  const row = await core.row("of an escaped name", (one) => names.has(one.name));
  expect(row.name).toContain("'");
  await desk.find(row);
  await expect(desk.list.getByRole("option").first()).toHaveAccessibleName(
    new RegExp(`^${row.name}`),
  );
  await expect(page.getByRole("main")).not.toContainText("&#39;");
  await expect(page.getByRole("main")).not.toContainText("&amp;");
});

test("a company's name is shown as it is written too", async ({ page, desk, core }) => {
  await desk.openQueue();
  const row = await core.row("of a company with an ampersand", (one) =>
    Boolean(one.company?.includes("&")),
  );
  await desk.find(row);
  await expect(page.getByRole("region", { name: "Account" })).toContainText(row.company ?? "none");
  await expect(page.getByRole("main")).not.toContainText("&amp;");
});

test("custom fields are shown by the names that the team gave them", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const { rows } = await core.queue();
  for (const row of rows) {
    const isAlone = rows.every((other) => other === row || !other.name.includes(row.name));
    const card = await core.command("card_get", { task_id: row.task_id });
    const [fact] = card.contact.custom_fields;
    if (!isAlone || !fact) continue;
    await desk.find(row);
    const fields = page.getByRole("region", { name: "Custom fields" });
    await expect(fields).toContainText(fact.name);
    await expect(fields).toContainText(fact.value);
    await expect(fields).not.toContainText(/[0-9a-f]{24}/);
    return;
  }
  throw new Error("nobody in the queue has a custom field");
});

test("a card without an account or an email says so instead of looking broken", async ({
  page,
  desk,
  core,
}) => {
  await desk.openQueue();
  const { rows } = await core.queue();
  const lacks = { account: false, email: false };
  for (const row of rows) {
    const card = await core.command("card_get", { task_id: row.task_id });
    const isAlone = rows.every((other) => other === row || !other.name.includes(row.name));
    if (!isAlone) continue;
    if (!lacks.account && !card.account) {
      lacks.account = true;
      await desk.find(row);
      await expect(page.getByRole("region", { name: "Account" })).toContainText(
        "Apollo has no account for this person.",
      );
    }
    if (!lacks.email && !card.contact.email) {
      lacks.email = true;
      await desk.find(row);
      await expect(desk.card).toContainText("No email");
    }
  }
  expect(lacks).toEqual({ account: true, email: true });
  await expect(page.getByRole("main")).not.toContainText(/undefined|null|NaN/);
});

test("an extension stands beside its number and is spoken", async ({ page, desk }) => {
  await page.route("**/command/card_get", async (route) => {
    const reply = await route.fetch();
    const card = (await reply.json()) as Card;
    const [first, ...others] = card.phones;
    const phones = first ? [{ ...first, extension: "123" }, ...others] : [];
    await route.fulfill({ response: reply, json: { ...card, phones } });
  });
  await desk.openQueue();
  await expect(desk.firstCall).toHaveAccessibleName(/^Call \+[\d -]+ extension 123 /);
  await expect(desk.firstCall).toContainText("ext. 123");
  // Nothing of it is cut: neither what kind of line it is, nor the key that dials it.
  const cut = await desk.firstCall.evaluate(
    (button) =>
      [button, ...button.querySelectorAll("*")].filter(
        (part) =>
          part instanceof HTMLElement &&
          part.scrollWidth > part.clientWidth + 1 &&
          part.clientWidth > 0,
      ).length,
  );
  expect(cut).toBe(0);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
