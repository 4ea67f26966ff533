import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { announced, button } from "../../testing/met";
import {
  aCard,
  aQueue,
  aSettingsView,
  aStatus,
  endedCall,
  onCall,
  theNextCard,
} from "../../testing/snapshots";
import { useViews } from "../main-window/views";
import { OpenQueueProvider } from "../queue/open-queue";
import { useShownCard } from "../queue/show-card";
import { CardPane } from "./CardPane";

const OTHER = { task_id: "t2", who: "Ivo Kowalski", call: onCall(), others: 0 } as const;

function Behind() {
  return (
    <p>
      Shown: {useViews().view}, {useShownCard()}
    </p>
  );
}

/** The card of somebody, while a call with somebody else goes on. */
async function card() {
  let goesOn = true;
  const drawn = await draw(
    <AtWork view="queue">
      <Behind />
      <OpenQueueProvider queue={aQueue()}>
        <CardPane />
      </OpenQueueProvider>
    </AtWork>,
    {
      card_get: ({ task_id }) => (task_id === "t1" ? aCard() : theNextCard()),
      settings_get: () => aSettingsView(),
      status_get: () => aStatus({ unsaved_call: OTHER }),
      call_dial: () =>
        goesOn
          ? Promise.reject(refusal({ code: "another_call", message: "End it first." }))
          : aCard({ state: "on_call", call: onCall() }),
      call_end: () => {
        goesOn = false;
        return { ...theNextCard(), call: endedCall() };
      },
      queue_get: () => ({ queue: aQueue() }),
      queue_place_get: () => ({ place: 1 }),
      queue_select: () => theNextCard(),
    },
  );
  await drawn.user.keyboard("{Enter}");
  await pass(50);
  return drawn;
}

const question = () => screen.queryByRole("alertdialog", { name: "End the other call first?" });
const shown = () => screen.getByText(/^Shown: /).textContent;

describe("the question before a second call", () => {
  it("names both people, and Enter ends the first call and begins the second", async () => {
    const { user, core } = await card();
    expect(question()?.textContent).toContain("The call with Ivo Kowalski still goes on.");
    expect(document.activeElement).toBe(button("End it and call Dana Example"));
    await user.keyboard("{Enter}");
    await pass();
    expect(question()).toBeNull();
    expect(core.given("call_end")).toEqual([{ task_id: "t2" }]);
    expect(core.given("call_dial")).toHaveLength(2);
    expect(announced()).toBe("Call started: Dana Example");
  });

  it("leads back to the call that goes on", async () => {
    const { user, core } = await card();
    await user.click(button("Back to that call"));
    await pass();
    expect(question()).toBeNull();
    expect(shown()).toBe("Shown: queue, t2");
    expect(core.given("call_end")).toEqual([]);
  });

  it("is closed with Esc, and nothing happens", async () => {
    const { user, core } = await card();
    await user.keyboard("{Escape}");
    await pass();
    expect(question()).toBeNull();
    expect(shown()).toBe("Shown: queue, t1");
    expect(core.given("call_end")).toEqual([]);
    expect(core.given("call_dial")).toHaveLength(1);
  });
});
