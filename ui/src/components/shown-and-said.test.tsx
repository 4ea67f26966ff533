import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { toBackendError } from "../backend/backend";
import { NO_ARGS, useSnapshot } from "../backend/snapshots";
import type { Problem } from "../generated/Problem";
import { refusal } from "../testing/core";
import { draw, pass } from "../testing/draw";
import { aLocalTime, aStatus } from "../testing/snapshots";
import { Announcer, useAnnounce } from "./announce";
import { Button } from "./Button";
import { ModalDialog } from "./Dialogs";
import { Hint } from "./Hint";
import { Keys } from "./Keys";
import { LocalClock } from "./LocalClock";
import { Mark } from "./Mark";
import { ProblemArea, useProblems } from "./problems";

const MINUTE_MS = 60_000;

/** Not hidden from screen readers. */
function isHeard(element: HTMLElement): boolean {
  return element.closest("[aria-hidden=true], [inert]") === null;
}

describe("a mark", () => {
  it("says its state in a word, and hides its shape from screen readers", async () => {
    await draw(<Mark shape="tick" meaning="good" word="Sent" />);
    expect(screen.getByText("Sent")).toBeTruthy();
    expect(screen.queryByRole("img")).toBeNull();
  });
});

describe("keys", () => {
  it("are for the eye only", async () => {
    await draw(
      <h1>
        Search
        <Keys shortcut="Mod+K" />
      </h1>,
    );
    expect(screen.getByText("Ctrl K")).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Search" })).toBeTruthy();
  });
});

describe("a hint", () => {
  it("comes to whoever rests on a button, not to whoever passes it, and goes with the pointer", async () => {
    const { user } = await draw(
      <Hint text="Search commands">
        <Button aria-label="Search commands">⌕</Button>
      </Hint>,
    );
    const button = screen.getByRole("button", { name: "Search commands" });
    // A pointer that rests on the button has moved there.
    await user.hover(document.body);
    await user.hover(button);
    await pass(400);
    expect(screen.queryByRole("tooltip")).toBeNull();
    await pass(200);
    expect(screen.getByRole("tooltip").textContent).toBe("Search commands");
    await user.unhover(button);
    await pass(MINUTE_MS);
    expect(screen.queryByRole("tooltip")).toBeNull();
  });

  it("comes at once to whoever gets there by keyboard", async () => {
    const { user } = await draw(
      <Hint text="Search commands">
        <Button aria-label="Search commands">⌕</Button>
      </Hint>,
    );
    await user.tab();
    expect(screen.getByRole("tooltip").textContent).toBe("Search commands");
  });
});

describe("the prospect's clock", () => {
  it("ticks with the full minute", async () => {
    vi.setSystemTime(new Date("2026-11-25T14:05:40Z"));
    await draw(<LocalClock time={aLocalTime()} />);
    expect(screen.getByText("09:05")).toBeTruthy();
    await pass(19_000);
    expect(screen.getByText("09:05")).toBeTruthy();
    await pass(1000);
    expect(screen.getByText("09:06")).toBeTruthy();
    await pass(MINUTE_MS);
    expect(screen.getByText("09:07")).toBeTruthy();
  });

  it("shows the earliest and the latest where several are possible", async () => {
    await draw(
      <LocalClock
        time={aLocalTime({ zone: "America/Chicago", latest_zone: "America/New_York" })}
      />,
    );
    expect(screen.getByText("08:05–09:05")).toBeTruthy();
  });

  it("names UTC where this window does not know the zone, and takes it for no other", async () => {
    await draw(<LocalClock time={aLocalTime({ zone: "Mars/Olympus" })} />);
    expect(screen.getByText("14:05 UTC")).toBeTruthy();
  });
});

function Speaker({ text }: { text: string }) {
  const announce = useAnnounce();
  return <Button onPress={() => announce(text)}>Speak</Button>;
}

describe("announcements", () => {
  const announced = () => screen.getByRole("status", { name: "Announcements" });

  it("are silent until there is something, and then say the last thing only", async () => {
    const { user, again } = await draw(
      <Announcer>
        <Speaker text="Call started" />
      </Announcer>,
    );
    expect(announced().textContent).toBe("");
    await user.click(screen.getByRole("button", { name: "Speak" }));
    expect(announced().textContent).toBe("Call started");
    await again(
      <Announcer>
        <Speaker text="Saved" />
      </Announcer>,
    );
    await user.click(screen.getByRole("button", { name: "Speak" }));
    expect(announced().textContent).toBe("Saved");
  });

  it("are spoken while a dialog is open, which silences everything else", async () => {
    const { user } = await draw(
      <Announcer>
        <p>The list</p>
        <ModalDialog title="Export the day" isOpen onClose={() => undefined}>
          <Speaker text="Copied the path" />
        </ModalDialog>
      </Announcer>,
    );
    await user.click(screen.getByRole("button", { name: "Speak" }));
    expect(isHeard(screen.getByText("The list"))).toBe(false);
    expect(announced().textContent).toBe("Copied the path");
  });

  it("are news again when the same text is announced again", async () => {
    const { user } = await draw(
      <Announcer>
        <Speaker text="Saved" />
      </Announcer>,
    );
    await user.click(screen.getByRole("button", { name: "Speak" }));
    const first = announced().firstChild;
    await user.click(screen.getByRole("button", { name: "Speak" }));
    expect(announced().firstChild).not.toBe(first);
    expect(announced().textContent).toBe("Saved");
  });
});

function Failing({ problem }: { problem: Problem }) {
  const problems = useProblems();
  useSnapshot("status_get", NO_ARGS);
  return (
    <>
      <Button onPress={() => problems.show(toBackendError(problem))}>Fail</Button>
      <Button onPress={problems.clear}>Go on</Button>
    </>
  );
}

describe("a problem of the last action", () => {
  const failing = (problem: Partial<Problem>) =>
    draw(
      <ProblemArea>
        <Failing problem={refusal(problem)} />
      </ProblemArea>,
      { status_get: () => aStatus() },
    );

  it("is shown with what to do, until it is dismissed", async () => {
    const { user } = await failing({ message: "That did not work.", hint: "Open *Calls*." });
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Fail" }));
    expect(screen.getByRole("alert").textContent).toBe("That did not work. Open Calls.");
    await user.click(screen.getByRole("button", { name: "Dismiss problem" }));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is spoken, and can be dismissed, although a dialog is open, which stays", async () => {
    const onClose = vi.fn();
    const { user } = await draw(
      <Announcer>
        <ProblemArea>
          <ModalDialog title="Quit Handset?" isOpen onClose={onClose}>
            <Failing problem={refusal({ message: "The disk is full." })} />
          </ModalDialog>
        </ProblemArea>
      </Announcer>,
      { status_get: () => aStatus() },
    );
    await user.click(screen.getByRole("button", { name: "Fail" }));
    expect(screen.getByRole("alert").textContent).toBe("The disk is full.");
    await user.click(screen.getByRole("button", { name: "Dismiss problem" }));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(onClose).not.toHaveBeenCalled();
  });

  it("goes away with the next action", async () => {
    const { user } = await failing({});
    await user.click(screen.getByRole("button", { name: "Fail" }));
    await user.click(screen.getByRole("button", { name: "Go on" }));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it.each([
    ["not_connected", 2],
    ["not_mapped", 2],
    ["unavailable", 1],
  ] as const)(
    "reads the status again where it says which screen is next (%s)",
    async (code, reads) => {
      const { user, core } = await failing({ code });
      await user.click(screen.getByRole("button", { name: "Fail" }));
      await pass();
      expect(core.given("status_get")).toHaveLength(reads);
    },
  );
});
