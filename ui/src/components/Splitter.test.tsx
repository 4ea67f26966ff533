import { createEvent, fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { Splitter } from "./Splitter";

interface Props {
  direction?: 1 | -1;
  onDone?: (value: number) => void;
}

function Pane({ direction = 1, onDone = () => undefined }: Props) {
  const [width, setWidth] = useState(300);
  return (
    <Splitter
      label="Resize queue list"
      value={width}
      min={240}
      max={420}
      direction={direction}
      onMove={setWidth}
      onDone={onDone}
    />
  );
}

const line = () => screen.getByRole("separator", { name: "Resize queue list" });
const width = () => Number(line().getAttribute("aria-valuenow"));

describe("the line between two panes", () => {
  it("says where it stands and how far it goes", async () => {
    await draw(<Pane />);
    expect(width()).toBe(300);
    expect(line().getAttribute("aria-valuemin")).toBe("240");
    expect(line().getAttribute("aria-valuemax")).toBe("420");
    expect(line().getAttribute("aria-orientation")).toBe("vertical");
  });

  it("is reached by Tab and moved by the arrow keys, and its place is saved", async () => {
    const onDone = vi.fn();
    const { user } = await draw(<Pane onDone={onDone} />);
    await user.tab();
    expect(document.activeElement).toBe(line());
    await user.keyboard("{ArrowRight}{ArrowRight}{ArrowLeft}");
    expect(width()).toBe(316);
    expect(onDone.mock.calls.flat()).toEqual([316, 332, 316]);
  });

  it("goes to its ends with Home and End, and no arrow leads beyond", async () => {
    const { user } = await draw(<Pane />);
    await user.tab();
    await user.keyboard("{Home}{ArrowLeft}");
    expect(width()).toBe(240);
    await user.keyboard("{End}{ArrowRight}");
    expect(width()).toBe(420);
  });

  it("moves the other way where the pane is right of it", async () => {
    const { user } = await draw(<Pane direction={-1} />);
    await user.tab();
    await user.keyboard("{ArrowRight}");
    expect(width()).toBe(284);
    await user.keyboard("{Home}");
    expect(width()).toBe(420);
    await user.keyboard("{End}");
    expect(width()).toBe(240);
  });

  it("follows the pointer within its bounds, and its place is saved on release", async () => {
    const onDone = vi.fn();
    await draw(<Pane onDone={onDone} />);
    const at = (type: "pointerDown" | "pointerMove" | "pointerUp", x: number) => {
      const target = type === "pointerDown" ? line() : document.body;
      const event = createEvent[type](target, { clientX: x, pointerId: 1, button: 0 });
      Object.defineProperty(event, "pageX", { value: x });
      fireEvent(target, event);
    };
    at("pointerMove", 500);
    expect(width()).toBe(300);
    at("pointerDown", 300);
    at("pointerMove", 340);
    expect(width()).toBe(340);
    at("pointerMove", 900);
    expect(onDone).not.toHaveBeenCalled();
    at("pointerUp", 900);
    expect(width()).toBe(420);
    expect(onDone.mock.calls).toEqual([[420]]);
  });
});
