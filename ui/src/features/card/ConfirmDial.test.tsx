import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Card } from "../../generated/Card";
import { refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { announced, button, describedBy } from "../../testing/met";
import { aCard, aPhone, aQueue, aSettingsView, onCall, theNextCard } from "../../testing/snapshots";
import { OpenQueueProvider } from "../queue/open-queue";
import { CardPane } from "./CardPane";

const ASKED = "It is 06:05 in New York.";

function card(part: Partial<Card> = {}, outside: "ask" | "block" = "ask") {
  const hours = { opens: "08:00", closes: "20:00", outside };
  return draw(
    <AtWork>
      <OpenQueueProvider queue={aQueue()}>
        <CardPane />
      </OpenQueueProvider>
    </AtWork>,
    {
      card_get: ({ task_id }) => (task_id === "t1" ? aCard(part) : theNextCard()),
      settings_get: () => aSettingsView({ calling_hours: hours }),
      call_dial: ({ confirmed }) =>
        confirmed
          ? aCard({ ...part, state: "on_call", call: onCall() })
          : Promise.reject(refusal({ code: "confirm_dial", message: ASKED })),
    },
  );
}

const parked = { state: "parked", short: "opens 08:00", sentence: "Too early there." } as const;
const unknown = { state: "unknown_time", short: "", sentence: "No time known." } as const;
const number = () => screen.getByRole("button", { name: "Call +1 202-555-0143 mobile" });
const question = (name: string) => screen.queryByRole("alertdialog", { name });

describe("the question before a call that something speaks against", () => {
  it("is what the core asks; Enter does not call", async () => {
    const { user, core } = await card({ reach: parked });
    await user.click(number());
    await pass(50);
    expect(question("Call outside calling hours?")?.textContent).toContain(ASKED);
    expect(document.activeElement).toBe(button("Do not call"));
    await user.keyboard("{Enter}");
    await pass();
    expect(question("Call outside calling hours?")).toBeNull();
    expect(core.given("call_dial")).toEqual([{ task_id: "t1", phone: 0, confirmed: false }]);
  });

  it("dials the same number once it is confirmed, and says so", async () => {
    const second = aPhone({ index: 1, display: "+1 202-555-0199", kind: "work" });
    const { user, core } = await card({ reach: parked, phones: [aPhone(), second] });
    await user.click(button("Call +1 202-555-0199 work"));
    await pass();
    await user.click(button("Call anyway"));
    await pass();
    expect(core.given("call_dial")).toEqual([
      { task_id: "t1", phone: 1, confirmed: false },
      { task_id: "t1", phone: 1, confirmed: true },
    ]);
    expect(announced()).toBe("Call started: Dana Example");
  });

  it("is answered with Enter by a rep who may know the time there", async () => {
    const { user, core } = await card({ reach: unknown });
    await user.keyboard("{Enter}");
    await pass(50);
    expect(question("Call without knowing the time there?")).not.toBeNull();
    expect(document.activeElement).toBe(button("Call anyway"));
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("call_dial").at(-1)?.confirmed).toBe(true);
  });

  it("is not so lightly answered where something is asked of the number itself", async () => {
    const { user } = await card({ reach: unknown, phones: [aPhone({ asks: "Premium rate" })] });
    await user.click(number());
    await pass(50);
    expect(document.activeElement).toBe(button("Do not call"));
  });

  it("is a question all the same where the card knows no reason", async () => {
    const { user, core } = await card();
    await user.click(number());
    await pass(50);
    expect(question("Call all the same?")).not.toBeNull();
    await user.keyboard("{Escape}");
    expect(question("Call all the same?")).toBeNull();
    expect(core.given("call_dial")).toHaveLength(1);
  });

  it("is not asked where nobody may be called now: the number says why", async () => {
    const { user, core } = await card({ reach: parked }, "block");
    expect(number()).toHaveProperty("disabled", true);
    expect(describedBy(number())).toContain("Too early there.");
    await user.keyboard("{Enter}");
    expect(announced()).toBe("Too early there.");
    expect(core.given("call_dial")).toEqual([]);
  });

  it("gives way to another problem, which is shown instead", async () => {
    const { user, core } = await card();
    core.refuse("call_dial", refusal({ message: "No phone app took the number." }));
    await user.click(number());
    await pass();
    expect(screen.queryByRole("alertdialog")).toBeNull();
    expect(screen.getByRole("alert").textContent).toContain("No phone app took the number.");
  });
});
