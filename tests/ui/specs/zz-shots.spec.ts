import type { Session } from "../../../ui/src/generated/Session.ts";
import { expect, test } from "../world/test.ts";

test.use({ undoS: 60 });
for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("shots", async ({ page, desk, core }) => {
      test.setTimeout(180_000);
      const shot = (name: string) =>
        page.screenshot({ path: `/tmp/shots-ui/${name}-${colorScheme}.png` });
      await desk.openQueue();
      await desk.workOne("Wants a demo.", 3);
      await shot("1-undo");
      await desk.dial();
      await desk.endCall();
      await page.keyboard.press("2");
      await page.keyboard.type("Rang twice, asked to call again.");
      await page.keyboard.press("Control+b");
      await expect(page.getByRole("dialog")).toBeVisible();
      await shot("2-callback");
      await page.keyboard.press("Enter");
      await shot("3-callback-set");
      await core.changeSettings({ undo_s: 0 });
      await page.keyboard.press("Control+Enter");
      await expect(desk.announcements).toHaveText(/^Saved/);
      await core.apollo.add({
        endpoint: "phone_calls#create",
        when: { next: 1 },
        kind: { status: 422 },
      });
      await desk.workOne("Blocked.");
      await core.changeSettings({ undo_s: 60 });
      await desk.workOne("Held.");
      await page.keyboard.press("r");
      await expect(desk.receipt.getByRole("button", { name: "Try again" })).toBeVisible();
      await page.waitForTimeout(1500);
      await shot("4-receipts-blocked");
      await desk.receipt.getByRole("button", { name: "Edit…" }).click();
      await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Blocked.");
      await shot("5-edit");
      await page.keyboard.press("Escape");
      await desk.receipt.getByRole("button", { name: "Discard…" }).click();
      await shot("6-discard");
      await page.keyboard.press("Escape");
      await desk.button("Export day…").click();
      await shot("7-export");
      await page.getByRole("button", { name: "Write file" }).click();
      await expect(page.getByRole("button", { name: "Copy path" })).toBeVisible();
      await shot("8-exported");
      await page.keyboard.press("Escape");
      await desk.receiptList.getByRole("option").nth(2).click();
      await shot("9-receipt-sent");
      await page.route("**/command/session_get", async (route) => {
        const reply = await route.fetch();
        await route.fulfill({ json: { ...((await reply.json()) as Session), is_closing: true } });
      });
      await page.reload();
      await expect(page.getByRole("alertdialog")).toBeVisible();
      await shot("10-quit");
      await page.goto("/settings.html");
      await page.setViewportSize({ width: 860, height: 640 });
      await page.getByRole("tab", { name: "Dispositions" }).click();
      await shot("11-dispositions");
      await page
        .getByRole("button", { name: /^Rule of / })
        .nth(1)
        .click();
      await page.getByRole("radio", { name: "Complete it, and make a new call task" }).click();
      await expect(page.getByRole("combobox", { name: "Stage of the contact" })).toBeEnabled();
      await shot("12-rule");
      await page.getByRole("tab", { name: "Dialing" }).click();
      await shot("13-dialing");
    });
  });
}
