import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Connection } from "../../generated/Connection";
import type { Notice } from "../../generated/Notice";
import type { Status } from "../../generated/Status";
import { refusal } from "../../testing/core";
import { AtWork, draw, InMain, pass } from "../../testing/draw";
import { button, isDisabled } from "../../testing/met";
import { aStatus } from "../../testing/snapshots";
import { ConnectionBanner, Notices } from "./Banners";
import { TitleBar } from "./TitleBar";
import { WaitingCalls } from "./WaitingCalls";

const connection = (part: Partial<Connection>): Connection => ({
  state: "offline",
  sentence: "Apollo does not answer.",
  since: null,
  retry_at: null,
  ...part,
});

describe("the banner of the connection", () => {
  const banner = (part: Partial<Connection>, onConnect = vi.fn()) => (
    <InMain>
      <ConnectionBanner status={aStatus({ connection: connection(part) })} onConnect={onConnect} />
    </InMain>
  );
  const line = () => screen.getByRole("status", { name: "Connection" });

  it("says nothing while Apollo can be reached", async () => {
    await draw(banner({ state: "online", sentence: "" }));
    expect(line().childElementCount).toBe(0);
  });

  it.each(["offline", "in_between", "limited", "disk_refuses"] as const)(
    "says what is the matter, and asks for nothing: %s",
    async (state) => {
      await draw(banner({ state, sentence: "Calls wait in *Calls*." }));
      expect(line().textContent).toBe("Calls wait in Calls.");
      expect(screen.queryByRole("button")).toBeNull();
    },
  );

  it("leads to a new key where Apollo refuses the one there is", async () => {
    const onConnect = vi.fn();
    const { user } = await draw(
      banner({ state: "key_refused", sentence: "Apollo refused the key." }, onConnect),
    );
    expect(line().textContent).toContain("Apollo refused the key.");
    await user.click(button("Connect again"));
    expect(onConnect).toHaveBeenCalledTimes(1);
  });

  it("is news to a screen reader: its place is there before and after", async () => {
    const { again } = await draw(banner({ state: "online", sentence: "" }));
    const place = line();
    await again(banner({ state: "offline" }));
    expect(line()).toBe(place);
    expect(place.textContent).toBe("Apollo does not answer.");
    await again(banner({ state: "online", sentence: "" }));
    expect(place.textContent).toBe("");
  });
});

describe("notices", () => {
  const FIRST: Notice = { id: 3, message: "The store was *repaired*.", hint: "Look at *Calls*." };
  const SECOND: Notice = { id: 7, message: "A call was moved.", hint: null };
  const notices = (...shown: Notice[]) => (
    <InMain>
      <Notices notices={shown} />
    </InMain>
  );
  const region = () => screen.queryByRole("region", { name: "Notices" });

  it("take no room while there are none", async () => {
    await draw(notices());
    expect(region()).toBeNull();
  });

  it("are all shown, each with what can be done", async () => {
    await draw(notices(FIRST, SECOND));
    expect(region()?.textContent).toBe("The store was repaired. Look at Calls.A call was moved.");
  });

  it("are dismissed one by one, and stay until the core has taken that", async () => {
    const { user, core, again } = await draw(notices(FIRST, SECOND), {
      notice_dismiss: () => null,
    });
    await user.click(button("Dismiss notice 7"));
    await pass();
    expect(core.given("notice_dismiss")).toEqual([{ id: 7 }]);
    expect(button("Dismiss notice 7")).toBeTruthy();
    await again(notices(FIRST));
    expect(screen.queryByRole("button", { name: "Dismiss notice 7" })).toBeNull();
    expect(button("Dismiss notice 3")).toBeTruthy();
  });

  it("say why they could not be dismissed", async () => {
    const { user, core } = await draw(notices(FIRST));
    core.refuse("notice_dismiss", refusal({ message: "The disk is full." }));
    await user.click(button("Dismiss notice 3"));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("The disk is full.");
    expect(region()).not.toBeNull();
  });
});

describe("the title bar", () => {
  const bar = (status: Partial<Status>) => (
    <AtWork>
      <TitleBar
        status={aStatus(status)}
        onPalette={vi.fn()}
        onKeys={vi.fn()}
        onUpdate={vi.fn()}
        onBudget={vi.fn()}
      />
    </AtWork>
  );
  const barText = () => screen.getByRole("banner").textContent;

  it("says where calls go and in whose name", async () => {
    await draw(bar({}));
    expect(barText()).toContain("api.apollo.io");
    expect(barText()).not.toContain("https");
    expect(barText()).toContain("Logging as Robin Rep");
    expect(screen.queryByRole("button", { name: "Leave sample data" })).toBeNull();
  });

  it("names sample data as such, and shows no address", async () => {
    const { user, core } = await draw(bar({ sandbox: true }));
    const leaving = core.hold("sandbox_stop");
    expect(screen.getByText("Sample data")).toBeTruthy();
    expect(barText()).not.toContain("api.apollo.io");
    await user.click(button("Leave sample data"));
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("sandbox_stop")).toHaveLength(1);
    leaving.answer(aStatus());
    await pass();
  });

  it("says why sample data could not be left", async () => {
    const { user, core } = await draw(bar({ sandbox: true }));
    core.refuse("sandbox_stop", refusal({ message: "A call goes on." }));
    await user.click(button("Leave sample data"));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("A call goes on.");
    expect(isDisabled(button("Leave sample data"))).toBe(false);
  });

  it("says what is not as it should be: the key, and calls that wait elsewhere", async () => {
    const { again } = await draw(bar({}));
    expect(barText()).not.toMatch(/this run|of your calls/);
    await again(bar({ key_storage: "this_run", unsent_elsewhere: 2 }));
    expect(barText()).toContain("this run only");
    expect(barText()).toMatch(/2 of your calls wait/);
  });

  it.each<[Partial<Status>, string]>([
    [{}, "No unsent calls"],
    [{ unsent: 1 }, "1 unsent call"],
    [{ unsent: 2 }, "2 unsent calls"],
    [{ unsent: 2, blocked: 1 }, "2 unsent calls, 1 for you to decide"],
  ])("counts the calls that wait: %j", async (status, name) => {
    await draw(bar(status));
    expect(button(name)).toBeTruthy();
  });
});

describe("the calls that wait, on the first screens", () => {
  const waiting = (status: Partial<Status>) => <WaitingCalls status={aStatus(status)} />;
  const line = () => screen.queryByRole("status", { name: "Unsent calls" });

  it("are not spoken of while there are none", async () => {
    await draw(waiting({}));
    expect(line()).toBeNull();
  });

  it("are counted, with the note that they are safe", async () => {
    const { again } = await draw(waiting({ unsent: 1 }));
    expect(line()?.textContent).toMatch(/^1 call is unsent\. It /);
    await again(waiting({ unsent: 2, unsent_elsewhere: 1 }));
    expect(line()?.textContent).toMatch(/^3 calls are unsent\. They /);
  });

  it("are only one's own, not those of the sample data", async () => {
    const { again } = await draw(waiting({ sandbox: true, unsent: 4 }));
    expect(line()).toBeNull();
    await again(waiting({ sandbox: true, unsent: 4, unsent_elsewhere: 1 }));
    expect(line()?.textContent).toMatch(/^1 call is unsent\./);
  });
});
