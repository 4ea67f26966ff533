import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { BackendError } from "../backend/backend";
import { NO_ARGS, useSnapshot } from "../backend/snapshots";
import { refusal } from "../testing/core";
import { draw, pass } from "../testing/draw";
import { aStatus } from "../testing/snapshots";
import { Button } from "./Button";
import { Part } from "./Part";
import { Empty, Failed, Skeleton } from "./States";
import { WindowFailed } from "./WindowFailed";

function Version() {
  const version = useSnapshot("status_get", NO_ARGS).data?.version;
  if (version === "damaged") throw new Error("damaged: Dana Example");
  return <p>Version {version}</p>;
}

function Watching() {
  useSnapshot("status_get", NO_ARGS);
  return <p>The list</p>;
}

describe("a part of a window", () => {
  it("that cannot be drawn says so in its place, and the rest stays", async () => {
    await draw(
      <>
        <Part name="The card">
          <Version />
        </Part>
        <p>The list</p>
      </>,
      { status_get: () => aStatus({ version: "damaged" }) },
    );
    const alert = screen.getByRole("alert");
    expect(alert.textContent).toContain("The card could not be drawn");
    expect(alert.textContent).not.toContain("Dana");
    expect(screen.getByText("The list")).toBeTruthy();
  });

  it("is read anew and drawn again when it is asked for", async () => {
    const { user, core } = await draw(
      <Part name="The card">
        <Version />
      </Part>,
      { status_get: () => aStatus({ version: "damaged" }) },
    );
    core.answer({ status_get: () => aStatus({ version: "0.2.0" }) });
    await user.click(screen.getByRole("button", { name: "Load this part again" }));
    await pass();
    expect(screen.getByText("Version 0.2.0")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is read anew also where another part shows the same data", async () => {
    const { user, core } = await draw(
      <>
        <Part name="The card">
          <Version />
        </Part>
        <Watching />
      </>,
      { status_get: () => aStatus({ version: "damaged" }) },
    );
    core.answer({ status_get: () => aStatus({ version: "0.2.0" }) });
    await user.click(screen.getByRole("button", { name: "Load this part again" }));
    await pass();
    expect(screen.getByText("Version 0.2.0")).toBeTruthy();
  });

  it("that is still damaged says so again", async () => {
    const { user } = await draw(
      <Part name="The card">
        <Version />
      </Part>,
      { status_get: () => aStatus({ version: "damaged" }) },
    );
    await user.click(screen.getByRole("button", { name: "Load this part again" }));
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("The card could not be drawn");
  });
});

describe("a window that could not be drawn", () => {
  it("says what is safe, and can be loaded again", async () => {
    await draw(<WindowFailed />);
    expect(screen.getByRole("alert").textContent).toContain("Calls you saved are safe");
    expect(screen.getByRole("button", { name: "Load the window again" })).toBeTruthy();
  });
});

describe("a screen with nothing to show", () => {
  it("says why, and offers the next action", async () => {
    const onAction = vi.fn();
    const { user } = await draw(
      <Empty title="Nobody is due here" action={<Button onPress={onAction}>Back to Today</Button>}>
        <p>Apollo has no open call task.</p>
      </Empty>,
    );
    expect(screen.getByRole("heading", { name: "Nobody is due here" })).toBeTruthy();
    expect(screen.getByText("Apollo has no open call task.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Back to Today" }));
    expect(onAction).toHaveBeenCalledTimes(1);
  });

  it("says what could not be read and what to do, and tries again", async () => {
    const onRetry = vi.fn();
    const error = new BackendError(
      refusal({ message: "Apollo did not answer.", hint: "Look at *Settings* first." }),
    );
    const { user } = await draw(<Failed error={error} onRetry={onRetry} />);
    const alert = screen.getByRole("alert");
    expect(alert.textContent).toContain("Apollo did not answer.");
    expect(alert.textContent).toContain("Look at Settings first.");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it("says what is being read, and hides its grey bars from screen readers", async () => {
    await draw(
      <main>
        <Skeleton what="Reading the card…" rows={3} />
      </main>,
    );
    expect(screen.getByRole("main").textContent).toBe("Reading the card…");
    expect(screen.getByText("Reading the card…")).toBeTruthy();
  });
});
