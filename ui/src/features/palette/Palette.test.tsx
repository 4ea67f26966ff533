import { screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { Status } from "../../generated/Status";
import { type Answers, refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { anUndo, aQueue, aReport, aStatus } from "../../testing/snapshots";
import { useAction } from "../keys/KeysProvider";
import { useViews, type View } from "../main-window/views";
import { Palette } from "./Palette";

interface Stage {
  view?: View;
  status?: Partial<Status>;
  answers?: Answers;
}

const onSkip = vi.fn();

function Behind() {
  const { view } = useViews();
  useAction("skip", onSkip);
  return <p>Shown behind: {view}</p>;
}

type Handlers = Record<"onClose" | "onKeys" | "onBudget" | "onSettings", () => void>;

function Opened({ status, onClose, ...on }: Handlers & { status: Status }) {
  const [isOpen, setOpen] = useState(true);
  const close = () => {
    setOpen(false);
    onClose();
  };
  return <Palette isOpen={isOpen} status={status} {...on} onClose={close} />;
}

async function palette({ view = "queue", status = {}, answers = {} }: Stage = {}) {
  onSkip.mockClear();
  const on = { onClose: vi.fn(), onKeys: vi.fn(), onBudget: vi.fn(), onSettings: vi.fn() };
  const drawn = await draw(
    <AtWork view={view}>
      <Behind />
      <Opened status={aStatus(status)} {...on} />
    </AtWork>,
    { report_get: () => aReport(), ...answers },
  );
  await pass(50);
  return { ...drawn, ...on };
}

const search = () => screen.getByRole("searchbox", { name: "Search actions and sequences" });
const entries = () => screen.queryAllByRole("menuitem").map((one) => one.textContent);
const entry = (name: string | RegExp) => screen.getByRole("menuitem", { name });
const behind = () => screen.getByText(/Shown behind/).textContent;

describe("the palette", () => {
  it("offers what can be done here, with its keys, and every queue", async () => {
    await palette();
    expect(document.activeElement).toBe(search());
    expect(entry(/^Skip this task/).textContent).toContain("s");
    expect(entry(/^Work on Q4 outbound calls/).textContent).toContain("5 open, 9 callable now");
    expect(entries()).toHaveLength(15);
  });

  it("offers actions on a card only in the queue, and others only while they mean something", async () => {
    await palette({ view: "today" });
    expect(entries().filter((name) => /Skip|End call|Undo|Queue$|Leave/.test(name ?? ""))).toEqual(
      [],
    );
  });

  it("offers undo, the open queue and the way out of sample data where there are such", async () => {
    await palette({
      status: { undo: anUndo(), open_queue: { kind: "all_call_tasks" }, sandbox: true },
    });
    expect(entry(/^Undo the last save/)).toBeTruthy();
    expect(entry("Go to Queue")).toBeTruthy();
    expect(entry("Leave sample data")).toBeTruthy();
  });

  it("finds by what is typed, best first, and does the first with Enter", async () => {
    const { user, onClose } = await palette();
    await user.type(search(), "skip");
    expect(entries()).toHaveLength(1);
    await user.keyboard("{Enter}");
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(onSkip).not.toHaveBeenCalled();
    await pass(50);
    expect(onSkip).toHaveBeenCalledTimes(1);
  });

  it("is walked through with arrow keys while one types", async () => {
    const { user, onBudget } = await palette();
    await user.type(search(), "call");
    const wanted = entries().indexOf("Call budget");
    expect(wanted).toBeGreaterThan(0);
    await user.keyboard("{ArrowDown}".repeat(wanted));
    expect(document.activeElement).toBe(search());
    await user.keyboard("{Enter}");
    await pass(50);
    expect(onBudget).toHaveBeenCalledTimes(1);
  });

  it("says so where nothing has that name, and Enter does nothing", async () => {
    const { user, onClose } = await palette();
    await user.type(search(), "xyzzy{Enter}");
    expect(screen.getByText("No action or sequence has this name.")).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
  });

  it("goes to another screen", async () => {
    const { user } = await palette();
    await user.click(entry(/^Go to Calls/));
    await pass(50);
    expect(behind()).toBe("Shown behind: calls");
  });

  it("opens a queue although it is gone before the core has answered", async () => {
    const { user, core } = await palette({ view: "today" });
    const opening = core.hold("queue_open");
    await user.click(entry(/^Work on Q4 outbound calls/));
    await pass(50);
    expect(core.given("queue_open")).toEqual([{ scope: { kind: "sequence", id: "s1" } }]);
    expect(screen.queryByRole("dialog")).toBeNull();
    opening.answer(aQueue());
    await pass();
    expect(behind()).toBe("Shown behind: queue");
  });

  it("says why a queue could not be opened", async () => {
    const { user, core } = await palette({ view: "today" });
    core.refuse("queue_open", refusal({ message: "It is not read yet." }));
    await user.click(entry(/^Work on All my call tasks/));
    await pass(50);
    expect(screen.getByRole("alert").textContent).toContain("It is not read yet.");
    expect(behind()).toBe("Shown behind: today");
  });

  it("is emptied by the first Escape and closed by the next", async () => {
    const { user, onClose } = await palette();
    await user.type(search(), "skip");
    await user.keyboard("{Escape}");
    expect(search()).toHaveProperty("value", "");
    expect(onClose).not.toHaveBeenCalled();
    await user.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalledTimes(1);
  });
});
