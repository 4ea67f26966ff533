import { act, screen, within } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { AtWork, draw, pass } from "../../testing/draw";
import { button } from "../../testing/met";
import { KeysDialog } from "./KeysDialog";
import { useAction } from "./KeysProvider";

const onSkip = vi.fn();

/** The list of keys as the workplace opens it, over a screen with actions and a field. */
function Window() {
  const [isOpen, setOpen] = useState(false);
  useAction("keys", () => setOpen(true));
  useAction("skip", onSkip);
  return (
    <>
      <textarea aria-label="Words" />
      <button type="button" onClick={() => setOpen(true)}>
        Behind
      </button>
      <KeysDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

async function keys() {
  onSkip.mockClear();
  const drawn = await draw(
    <AtWork>
      <Window />
    </AtWork>,
  );
  const open = async () => {
    await drawn.user.keyboard("?");
    await pass(50);
  };
  return { ...drawn, open };
}

const dialog = () => screen.queryByRole("dialog", { name: "Keyboard shortcuts" });
const group = (name: string) => screen.getByRole("region", { name });
/** The keys of a group as a screen reader says them, and what they do. */
const listed = (name: string) =>
  within(group(name))
    .getAllByRole("term")
    .map((term) => [
      [...term.children].find((part) => part.getAttribute("aria-hidden") !== "true")?.textContent,
      term.nextElementSibling?.textContent,
    ]);
const keysOf = (name: string) => listed(name).map(([key]) => key);

describe("the list of keys", () => {
  it("is opened with ?", async () => {
    const { open } = await keys();
    expect(dialog()).toBeNull();
    await open();
    expect(dialog()).not.toBeNull();
  });

  it("is not opened by a question that somebody writes, but with Ctrl it is", async () => {
    const { user } = await keys();
    const textbox = screen.getByRole("textbox", { name: "Words" });
    await user.type(textbox, "Who?");
    expect(textbox).toHaveProperty("value", "Who?");
    expect(dialog()).toBeNull();
    await user.keyboard("{Control>}?{/Control}");
    expect(dialog()).not.toBeNull();
  });

  it("lists every key by what it is for", async () => {
    const { open } = await keys();
    await open();
    expect(keysOf("Queue")).toEqual(["j", "k", "p", "/", "s"]);
    expect(keysOf("Call")).toEqual(["↵", "e", "1–9", "n", "b", "Ctrl ↵", "z"]);
    expect(keysOf("Everywhere")).toEqual(["r", "Ctrl K", "Ctrl ,", "?", "Esc"]);
    expect(listed("Queue")).toContainEqual(["s", "Skip this task"]);
    expect(listed("Call")).toContainEqual(["Ctrl ↵", "Save and next"]);
    expect(listed("Everywhere")).toContainEqual(["Ctrl K", "Command palette"]);
  });

  it("names no key and no meaning twice", async () => {
    const { open } = await keys();
    await open();
    const all = ["Queue", "Call", "Everywhere"].flatMap(listed);
    expect(new Set(all.map(([key]) => key)).size).toBe(all.length);
    expect(new Set(all.map(([, meaning]) => meaning)).size).toBe(all.length);
    expect(all.every(([, meaning]) => meaning)).toBe(true);
  });

  it.each(["Escape", "Close", "Enter"])("is closed with %s", async (way) => {
    const { user, open } = await keys();
    await open();
    if (way === "Close") await user.click(button("Close"));
    else if (way === "Escape") await user.keyboard("{Escape}");
    else {
      act(() => button("Close").focus());
      await user.keyboard("{Enter}");
    }
    await pass(50);
    expect(dialog()).toBeNull();
  });

  it("gives the keyboard back to where it was", async () => {
    const { user, open } = await keys();
    act(() => button("Behind").focus());
    await open();
    expect(dialog()?.contains(document.activeElement)).toBe(true);
    await user.keyboard("{Escape}");
    await pass(50);
    expect(document.activeElement).toBe(button("Behind"));
  });

  it("has the keyboard to itself while it is open", async () => {
    const { user, open } = await keys();
    await open();
    await user.keyboard("s");
    expect(onSkip).not.toHaveBeenCalled();
    expect(dialog()).not.toBeNull();
    await user.keyboard("{Escape}");
    await pass(50);
    await user.keyboard("s");
    expect(onSkip).toHaveBeenCalledTimes(1);
  });
});
