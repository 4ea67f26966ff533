import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { type Answers, refusal } from "../../testing/core";
import { draw, InMain, pass } from "../../testing/draw";
import { button, isDisabled } from "../../testing/met";
import { aCheck, aProgress, aStatus } from "../../testing/snapshots";
import { ConnectScreen } from "./ConnectScreen";

const KEY = "k3y-of-the-team";

async function connecting(answers: Answers = {}) {
  const onDone = vi.fn();
  const onBack = vi.fn();
  const drawn = await draw(
    <InMain>
      <ConnectScreen status={aStatus({ stage: "welcome" })} onDone={onDone} onBack={onBack} />
    </InMain>,
    { connect_get: () => aProgress(), connect_reset: () => aProgress(), ...answers },
  );
  return { ...drawn, onDone, onBack };
}

const field = () => screen.getByLabelText("Master key");
const failed = () =>
  aProgress({
    state: "failed",
    checks: [
      aCheck(),
      aCheck({
        kind: "master",
        question: "Is it a master key?",
        state: "failed",
        answer: "It is not.",
        next_step: "Turn on *Set as master key*.",
      }),
    ],
    sentence: "The key was not kept.",
  });

describe("the screen that connects", () => {
  it("asks for the key in a field that hides it, and says where it goes", async () => {
    await connecting();
    expect(document.activeElement).toBe(field());
    expect(field()).toHaveProperty("type", "password");
    expect(screen.getByText("https://api.apollo.io")).toBeTruthy();
    expect(screen.queryByRole("list", { name: "Checks" })).toBeNull();
    expect(isDisabled(button("Check key"))).toBe(true);
  });

  it("checks a pasted key once, without the spaces around it", async () => {
    const { user, core } = await connecting();
    core.hold("connect_start");
    await user.click(field());
    await user.paste(`  ${KEY}\n`);
    await user.keyboard("{Enter}{Enter}");
    await user.click(button("Check key"));
    expect(core.given("connect_start")).toEqual([{ key: KEY }]);
    expect(isDisabled(button("Check key"))).toBe(true);
    expect(isDisabled(field())).toBe(true);
  });

  it.each([
    ["while it is checked", "running"],
    ["once it was refused", "failed"],
  ] as const)("keeps the key nowhere in the window %s", async (_, state) => {
    const { user, core, client } = await connecting();
    const checking = core.hold("connect_start");
    await user.click(field());
    await user.paste(KEY);
    await user.click(button("Check key"));
    if (state === "failed") checking.answer(failed());
    await pass();
    const values = [...document.querySelectorAll("input")].map((input) => input.value);
    const caches = [client.getQueryCache(), client.getMutationCache()].flatMap((cache) =>
      cache.getAll().map((one) => [one.state, one.options]),
    );
    expect(document.documentElement.outerHTML).not.toContain(KEY);
    expect(values.join()).not.toContain(KEY);
    expect(JSON.stringify(caches)).not.toContain(KEY);
  });

  it("shows each check with its state in words, and what to do about a failed one", async () => {
    const { user, core, onDone } = await connecting();
    core.answer({ connect_start: failed });
    await user.type(field(), "wrong{Enter}");
    await pass();
    const checks = screen.getAllByRole("listitem").slice(-2);
    expect(checks[0]?.textContent).toBe("Is it a key?PassedApollo knows it.");
    expect(checks[1]?.textContent).toBe(
      "Is it a master key?FailedIt is not.Turn on Set as master key.",
    );
    expect(screen.getByText("The key was not kept.")).toBeTruthy();
    expect(document.activeElement).toBe(field());
    expect(field()).toHaveProperty("value", "");
    expect(onDone).not.toHaveBeenCalled();
  });

  it("follows the checks as the core goes through them", async () => {
    const { user, core } = await connecting();
    core.hold("connect_start");
    await user.type(field(), "x{Enter}");
    const running = aProgress({ state: "running", checks: [aCheck({ state: "running" })] });
    core.answer({ connect_get: () => running });
    core.changed(["connect"]);
    await pass(50);
    expect(screen.getByRole("list", { name: "Checks" }).textContent).toContain(
      "Is it a key?Checking",
    );
  });

  it("goes on once the key is saved", async () => {
    const { user, core, onDone } = await connecting();
    core.answer({ connect_start: () => aProgress({ state: "connected" }) });
    await user.type(field(), "right{Enter}");
    await pass();
    expect(onDone).toHaveBeenCalled();
  });

  it("does not take an earlier key for the answer to this one", async () => {
    const { onDone } = await connecting({ connect_get: () => aProgress({ state: "connected" }) });
    expect(onDone).not.toHaveBeenCalled();
    expect(screen.queryByRole("list", { name: "Checks" })).toBeNull();
  });

  it("offers to keep the key for this run only where there is no keychain", async () => {
    const { user, core, onDone } = await connecting({
      connect_get: () => aProgress({ state: "ask_this_run", sentence: "There is no keychain." }),
    });
    core.answer({ connect_keep_for_this_run: () => aProgress({ state: "connected" }) });
    await user.click(button("Use for this run only"));
    await pass();
    expect(core.given("connect_keep_for_this_run")).toHaveLength(1);
    expect(onDone).toHaveBeenCalled();
  });

  it("says what went wrong where the check itself failed, until the next one", async () => {
    const { user, core } = await connecting();
    core.refuse("connect_start", refusal({ message: "Apollo cannot be reached." }));
    await user.type(field(), "x{Enter}");
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("Apollo cannot be reached.");
    core.hold("connect_start");
    await user.type(field(), "x{Enter}");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("forgets what was pasted on the way back, by the button and by Escape", async () => {
    const { user, core, onBack } = await connecting();
    await user.type(field(), KEY);
    await user.click(button("Back"));
    expect(field()).toHaveProperty("value", "");
    await pass(1000);
    expect(core.given("connect_reset")).toHaveLength(1);
    expect(onBack).toHaveBeenCalledTimes(1);
    await user.keyboard("{Escape}");
    await pass();
    expect(onBack).toHaveBeenCalledTimes(2);
  });
});
