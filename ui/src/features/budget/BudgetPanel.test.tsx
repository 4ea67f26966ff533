import { screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { BudgetView } from "../../generated/BudgetView";
import { refusal } from "../../testing/core";
import { draw, InMain, pass } from "../../testing/draw";
import { button } from "../../testing/met";
import { aBudget, anEndpointBudget, aWindowBudget } from "../../testing/snapshots";
import { BudgetButton } from "./BudgetButton";
import { BudgetDialog } from "./BudgetDialog";
import { BudgetPanel } from "./BudgetPanel";

async function panel(budget: BudgetView) {
  return draw(
    <InMain>
      <BudgetPanel />
    </InMain>,
    { budget_get: () => budget },
  );
}

const endpoint = (name: string) => screen.getByRole("region", { name });
const meter = (name: string) => screen.getByRole("meter", { name });

describe("the call budget", () => {
  it("says in a sentence what is left, and names each limit", async () => {
    const tasks = anEndpointBudget({ name: "Read tasks", endpoint: "api/v1/tasks/search" });
    await panel(aBudget({ endpoints: [anEndpointBudget(), tasks] }));
    expect(screen.getByText("387 call logs left this hour.")).toBeTruthy();
    const headings = screen.getAllByRole("heading").map((heading) => heading.textContent);
    expect(headings).toEqual(["Log a call", "Read tasks"]);
  });

  it("shows of each window how much is used, how much is left, and when it begins anew", async () => {
    const day = aWindowBudget({
      name: "day",
      limit: 2000,
      used: 1940,
      left: 60,
      resets: "resets about 01:00",
    });
    await panel(aBudget({ endpoints: [anEndpointBudget({ windows: [aWindowBudget(), day] })] }));
    expect(screen.getAllByRole("meter")).toHaveLength(2);
    const shown = meter("Log a call, day");
    expect(shown.getAttribute("aria-valuenow")).toBe("1940");
    expect(shown.getAttribute("aria-valuemax")).toBe("2000");
    expect(shown.getAttribute("aria-valuetext")).toMatch(/1,940 of 2,000/);
    const text = endpoint("Log a call").textContent;
    expect(text).toContain("387 of 400 left");
    expect(text).toContain("60 of 2,000 left");
    expect(text).toContain("resets about 01:00");
  });

  it("has no bar that is more than full", async () => {
    const over = aWindowBudget({ limit: 400, used: 412, left: 0 });
    await panel(aBudget({ endpoints: [anEndpointBudget({ windows: [over] })] }));
    expect(meter("Log a call, hour").getAttribute("aria-valuenow")).toBe("400");
    expect(endpoint("Log a call").textContent).toContain("0 of 400 left");
  });

  it("says that nothing is left where nothing is allowed", async () => {
    const none = aWindowBudget({ limit: 0, used: 0, left: 0 });
    await panel(aBudget({ endpoints: [anEndpointBudget({ windows: [none] })] }));
    expect(endpoint("Log a call").textContent).toContain("0 of 0 left");
  });

  it("guesses no limit: it says what is used, and there is no bar", async () => {
    const unknown = aWindowBudget({ limit: null, used: 13, left: null, resets: null });
    await panel(aBudget({ endpoints: [anEndpointBudget({ windows: [unknown] })] }));
    expect(screen.queryByRole("meter")).toBeNull();
    const text = endpoint("Log a call").textContent;
    expect(text).toContain("13 used");
    expect(text).not.toMatch(/ left|null/);
  });

  it("follows the core", async () => {
    const { core } = await panel(aBudget());
    core.answer({ budget_get: () => aBudget({ sentence: "386 call logs left this hour." }) });
    core.changed(["budget"]);
    await pass(100);
    expect(screen.getByText("386 call logs left this hour.")).toBeTruthy();
  });

  it("says that it is read, then why it could not be, and reads it when asked to", async () => {
    const { core, user, again } = await draw(<InMain>{null}</InMain>);
    const reading = core.hold("budget_get");
    await again(
      <InMain>
        <BudgetPanel />
      </InMain>,
    );
    expect(screen.getByText(/limits…$/)).toBeTruthy();
    reading.refuse(refusal({ message: "The core is busy.", hint: "Wait a little." }));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("The core is busy.");
    expect(screen.getByRole("alert").textContent).toContain("Wait a little.");
    core.answer({ budget_get: () => aBudget() });
    await user.click(button("Try again"));
    await pass();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(meter("Log a call, hour")).toBeTruthy();
  });
});

describe("the dialog of the call budget", () => {
  it.each(["Close", "Escape"])("is closed with %s", async (way) => {
    const onClose = vi.fn();
    const { user } = await draw(
      <InMain>
        <BudgetDialog isOpen onClose={onClose} />
      </InMain>,
      { budget_get: () => aBudget() },
    );
    const dialog = screen.getByRole("dialog", { name: "Call budget" });
    expect(within(dialog).getByRole("meter", { name: "Log a call, hour" })).toBeTruthy();
    if (way === "Close") await user.click(button("Close"));
    else await user.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it("asks the core for nothing while it is closed", async () => {
    const { core } = await draw(
      <InMain>
        <BudgetDialog isOpen={false} onClose={vi.fn()} />
      </InMain>,
    );
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(core.asked).toEqual([]);
  });
});

describe("the button of the call budget", () => {
  it.each([
    [387, "Call budget, 387 calls left this hour", "387 calls left this hour"],
    [1200, "Call budget, 1,200 calls left this hour", "1,200 calls left this hour"],
    [0, "Call budget, 0 calls left this hour", "0 calls left this hour"],
    [null, "Call budget", "Call budget"],
  ])("with %s calls left is called %j", async (left, name, shown) => {
    const onPress = vi.fn();
    const { user } = await draw(
      <InMain>
        <BudgetButton left={left} onPress={onPress} />
      </InMain>,
    );
    expect(button(name).textContent).toBe(shown);
    expect(button(name).getAttribute("aria-haspopup")).toBe("dialog");
    await user.click(button(name));
    expect(onPress).toHaveBeenCalledTimes(1);
  });
});
