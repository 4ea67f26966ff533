import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { UnsavedCall } from "../../generated/UnsavedCall";
import type { Answers } from "../../testing/core";
import { AtWork, draw } from "../../testing/draw";
import { announced, button } from "../../testing/met";
import { aCard, aQueue, aStatus, endedCall, onCall } from "../../testing/snapshots";
import { useViews } from "../main-window/views";
import { CallStrip } from "./CallStrip";

const CALL: UnsavedCall = { task_id: "t1", who: "Dana Example", call: onCall(), others: 0 };

function Behind() {
  return <p>Shown: {useViews().view}</p>;
}

function strip(part: Partial<UnsavedCall> | null, answers: Answers = {}) {
  return draw(
    <AtWork view="today">
      <Behind />
      <input aria-label="Search" />
      <CallStrip />
    </AtWork>,
    {
      status_get: () => aStatus({ unsaved_call: part && { ...CALL, ...part } }),
      queue_get: () => ({ queue: aQueue() }),
      queue_place_get: () => ({ place: 0 }),
      ...answers,
    },
  );
}

const region = () => screen.queryByRole("region", { name: "The call" });
const timer = () => screen.getByRole("timer", { name: "Call timer" }).textContent;
const shown = () => screen.getByText(/^Shown: /).textContent;

describe("the call, on every screen but its own card", () => {
  it("is not there without a call", async () => {
    await strip(null);
    expect(region()).toBeNull();
  });

  it("says with whom and for how long, and e ends it", async () => {
    const ended = { ...aCard(), call: endedCall() };
    const { user, core } = await strip({}, { call_end: () => ended });
    expect(region()?.textContent).toContain("On the call with Dana Example");
    expect(timer()).toBe("02:14");
    await user.keyboard("e");
    expect(core.given("call_end")).toEqual([{ task_id: "t1" }]);
    expect(announced()).toBe("Call ended after 2 minutes 14 seconds");
  });

  it("is ended from a text field with Ctrl, where a letter is a letter", async () => {
    const ended = { ...aCard(), call: endedCall() };
    const { user, core } = await strip({}, { call_end: () => ended });
    await user.click(screen.getByRole("textbox", { name: "Search" }));
    await user.keyboard("e");
    expect(core.given("call_end")).toEqual([]);
    await user.keyboard("{Control>}e{/Control}");
    expect(core.given("call_end")).toEqual([{ task_id: "t1" }]);
  });

  it.each([
    [0, "The call with Dana Example is not saved yet"],
    [1, "The calls with Dana Example and one more person are not saved yet"],
    [3, "The calls with Dana Example and 3 more people are not saved yet"],
  ])("says that an ended call is not saved, with %i others", async (others, text) => {
    await strip({ call: endedCall(), others });
    expect(region()?.textContent).toContain(text);
    expect(screen.queryByRole("button", { name: "End call" })).toBeNull();
  });

  it.each(["the key", "the button"])("leads back to the card by %s", async (way) => {
    const { user } = await strip({});
    if (way === "the key") await user.keyboard("o");
    else await user.click(button("Back to the card"));
    expect(shown()).toBe("Shown: queue");
  });

  it("leads to a card that the open queue does not list", async () => {
    const { user, core } = await strip(
      {},
      {
        queue_place_get: () => ({ place: null }),
        queue_open: () => aQueue(),
        queue_select: () => aCard(),
      },
    );
    await user.keyboard("o");
    expect(core.given("queue_open")).toEqual([{ scope: { kind: "all_call_tasks" } }]);
    expect(core.given("queue_select")).toEqual([{ task_id: "t1" }]);
    expect(shown()).toBe("Shown: queue");
  });
});
