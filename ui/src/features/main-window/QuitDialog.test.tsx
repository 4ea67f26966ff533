import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Status } from "../../generated/Status";
import { refusal } from "../../testing/core";
import { draw, InMain, pass } from "../../testing/draw";
import { button } from "../../testing/met";
import { aStatus } from "../../testing/snapshots";
import { QuitDialog } from "./QuitDialog";

const quitting = (status: Partial<Status> = {}) => (
  <InMain>
    <QuitDialog status={aStatus({ is_closing: true, unsent: 2, ...status })} />
  </InMain>
);
const answers = () => ({ quit_now: () => null, quit_stay: () => aStatus() });

const question = () => screen.queryByRole("alertdialog", { name: "Quit Handset?" });

describe("the question before Handset quits", () => {
  it("is not asked unless somebody quits", async () => {
    const { core } = await draw(quitting({ is_closing: false }), answers());
    expect(question()).toBeNull();
    expect(core.asked).toEqual([]);
  });

  it("says how many calls wait, and Enter quits", async () => {
    const { user, core } = await draw(quitting(), answers());
    await pass(50);
    expect(question()?.textContent).toContain("2 calls are unsent. They are saved");
    expect(document.activeElement).toBe(button("Quit"));
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("quit_now")).toHaveLength(1);
    expect(core.given("quit_stay")).toEqual([]);
  });

  it("speaks of one call as one", async () => {
    await draw(quitting({ unsent: 1 }), answers());
    expect(question()?.textContent).toContain("1 call is unsent. It is saved");
  });

  it.each(["Stay", "Escape"])("stays with %s", async (way) => {
    const { user, core } = await draw(quitting(), answers());
    if (way === "Stay") await user.click(button("Stay"));
    else await user.keyboard("{Escape}");
    await pass();
    expect(core.given("quit_stay")).toHaveLength(1);
    expect(core.given("quit_now")).toEqual([]);
  });

  it("is answered by itself, once, when the last call goes while it stands", async () => {
    const { core, again } = await draw(quitting({ unsent: 1 }), answers());
    await again(quitting({ unsent: 0 }));
    expect(question()).toBeNull();
    expect(core.given("quit_now")).toHaveLength(1);
    await pass(1000);
    await again(quitting({ unsent: 1 }));
    await again(quitting({ unsent: 0 }));
    expect(core.given("quit_now")).toHaveLength(1);
  });

  it("says why Handset could not quit", async () => {
    const { user, core } = await draw(quitting(), answers());
    core.refuse("quit_now", refusal({ message: "The disk is full." }));
    await user.click(button("Quit"));
    await pass();
    expect(screen.getByRole("alert").textContent).toBe("The disk is full.");
  });
});
