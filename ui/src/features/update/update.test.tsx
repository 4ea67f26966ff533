import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { UpdateView } from "../../generated/UpdateView";
import { refusal } from "../../testing/core";
import { draw, InMain, pass } from "../../testing/draw";
import { button, isDisabled } from "../../testing/met";
import { settings } from "../../testing/settings-window";
import { anUpdate, aStatus } from "../../testing/snapshots";
import { UpdateButton } from "./UpdateButton";
import { UpdateDialog } from "./UpdateDialog";

const READY: Partial<UpdateView> = {
  state: "ready",
  version: "0.2.0",
  is_ready: true,
  can_install: true,
  sentence: "Handset 0.2.0 is ready to be installed.",
  hint: "Its signature was checked.",
};
const HELD: Partial<UpdateView> = {
  ...READY,
  can_install: false,
  hint: "A call is going on. Install the update once the call is saved.",
};

const dialog = (update: Partial<UpdateView>, onClose = vi.fn()) => (
  <InMain>
    <UpdateDialog update={anUpdate(update)} isOpen onClose={onClose} />
  </InMain>
);

describe("the button of the title bar", () => {
  it.each([
    [{ state: "ready", is_ready: true }, "Update ready"],
    [{ state: "installed", is_ready: true }, "Restart to update"],
    [{ state: "failed", is_ready: true }, "Update ready"],
    [{ state: "checking" }, null],
    [{ state: "installing" }, null],
    [{ state: "none" }, null],
    [{ state: "off" }, null],
  ] as const)("with an update of %j is %j", async (update, name) => {
    await draw(<UpdateButton update={anUpdate(update)} onPress={vi.fn()} />);
    const buttons = screen.queryAllByRole("button").map((one) => one.getAttribute("aria-label"));
    expect(buttons).toEqual(name ? [name] : []);
  });
});

describe("the question before an update", () => {
  it("says what is ready, and Enter changes nothing", async () => {
    const onClose = vi.fn();
    const { user, core } = await draw(dialog(READY, onClose), { update_install: () => aStatus() });
    await pass(50);
    expect(screen.getByRole("dialog", { name: "Update of Handset" }).textContent).toContain(
      "Handset 0.2.0 is ready to be installed. Its signature was checked.",
    );
    expect(document.activeElement).toBe(button("Later"));
    await user.keyboard("{Enter}");
    expect(onClose).toHaveBeenCalledOnce();
    expect(core.given("update_install")).toEqual([]);
  });

  it("installs once, and shows why it was not installed", async () => {
    const { user, core } = await draw(dialog(READY), {
      update_install: () => Promise.reject(refusal({ message: "Nobody allowed the installer." })),
    });
    await user.click(button("Install and restart"));
    await pass();
    expect(core.given("update_install")).toHaveLength(1);
    expect(screen.getByRole("alert").textContent).toContain("Nobody allowed the installer.");
  });

  it("cannot be answered during a call, and says why", async () => {
    const { user, core } = await draw(dialog(HELD), { update_install: () => aStatus() });
    expect(isDisabled(button("Install and restart"))).toBe(true);
    expect(screen.getByRole("dialog").textContent).toContain("A call is going on.");
    await user.click(button("Install and restart"));
    expect(core.given("update_install")).toEqual([]);
  });
});

describe("the page of the settings", () => {
  it("says that updates are off, and offers nothing", async () => {
    await settings("Updates", {
      status: { update: anUpdate({ state: "off", sentence: "Updates are turned off." }) },
    });
    expect(screen.getByRole("tabpanel").textContent).toContain("Updates are turned off.");
    expect(screen.queryByRole("button", { name: "Check now" })).toBeNull();
  });

  it("checks when asked, and shows what was found", async () => {
    let status = aStatus();
    const { user, core } = await settings("Updates", {
      answers: {
        status_get: () => status,
        update_check: () => {
          status = aStatus({ update: anUpdate(READY) });
          return status;
        },
      },
    });
    await user.click(button("Check now"));
    await pass();
    expect(core.given("update_check")).toHaveLength(1);
    expect(screen.getByRole("tabpanel").textContent).toContain("Handset 0.2.0 is ready");
    expect(isDisabled(button("Check now"))).toBe(false);
    expect(isDisabled(button("Install and restart"))).toBe(false);
  });
});
