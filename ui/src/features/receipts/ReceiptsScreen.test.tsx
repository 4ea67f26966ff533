import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { AtWork, draw, pass } from "../../testing/draw";
import { aReceipt, someReceipts } from "../../testing/snapshots";
import { ReceiptsScreen } from "./ReceiptsScreen";

const option = () => screen.getByRole("option");
const FRAMES_MS = 200;

it("brings the keyboard to the chosen call, and back to it when the call is saved anew", async () => {
  let rows = [aReceipt({ wrap_up_id: "before" })];
  const { core } = await draw(
    <AtWork view="calls">
      <ReceiptsScreen />
    </AtWork>,
    { receipts_get: () => someReceipts({ rows }) },
  );
  await pass(FRAMES_MS);
  expect(document.activeElement).toBe(option());

  const before = option();
  rows = [aReceipt({ wrap_up_id: "after" })];
  core.changed(["receipts"]);
  await pass(FRAMES_MS);
  expect(option()).not.toBe(before);
  await pass(FRAMES_MS);
  expect(document.activeElement).toBe(option());
});

it("leaves the keyboard in the search field while what is found changes", async () => {
  let rows = [aReceipt({ wrap_up_id: "before" })];
  const { core, user } = await draw(
    <AtWork view="calls">
      <ReceiptsScreen />
    </AtWork>,
    { receipts_get: () => someReceipts({ rows }) },
  );
  await pass(FRAMES_MS);
  const search = screen.getByRole("searchbox");
  await user.click(search);
  rows = [aReceipt({ wrap_up_id: "after" })];
  core.changed(["receipts"]);
  await pass(FRAMES_MS);
  expect(document.activeElement).toBe(search);
});
