import { act, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { radio } from "../testing/met";
import { Check } from "./Check";
import { focusRadios, Radios } from "./Radios";
import { Select } from "./Select";

const COLOURS = [
  { key: "r", name: "Red", shortcut: "1" },
  { key: "g", name: "Green", shortcut: "2", more: "like grass" },
  { key: "b", name: "Blue", shortcut: null },
];

describe("a check box", () => {
  it("is named by its text, and turned by a click and by Space", async () => {
    const onChange = vi.fn();
    const { user } = await draw(<Check onChange={onChange}>With notes</Check>);
    const box = screen.getByRole("checkbox", { name: "With notes" });
    expect(box).toHaveProperty("checked", false);
    await user.click(box);
    expect(box).toHaveProperty("checked", true);
    await user.keyboard(" ");
    expect(box).toHaveProperty("checked", false);
    expect(onChange.mock.calls).toEqual([[true], [false]]);
  });

  it("shows what it is told, and nothing else", async () => {
    const onChange = vi.fn();
    const { user } = await draw(
      <Check isSelected onChange={onChange}>
        With notes
      </Check>,
    );
    const box = screen.getByRole("checkbox", { name: "With notes" });
    await user.click(box);
    expect(onChange).toHaveBeenCalledWith(false);
    expect(box).toHaveProperty("checked", true);
  });

  it("cannot be turned while it is disabled", async () => {
    const onChange = vi.fn();
    const { user } = await draw(
      <Check isDisabled onChange={onChange}>
        With notes
      </Check>,
    );
    await user.click(screen.getByRole("checkbox", { name: "With notes" }));
    expect(onChange).not.toHaveBeenCalled();
  });
});

function Colours({ onChange }: { onChange?: (key: string) => void }) {
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Radios
      label="Colour"
      choices={COLOURS}
      value={chosen}
      onChange={(key) => {
        setChosen(key);
        onChange?.(key);
      }}
    />
  );
}

describe("radios", () => {
  it("are a named group, each named by its text and what more there is", async () => {
    await draw(<Colours />);
    expect(screen.getByRole("radiogroup", { name: "Colour" })).toBeTruthy();
    expect(radio("Red")).toHaveProperty("checked", false);
    expect(radio("Green, like grass")).toHaveProperty("checked", false);
  });

  it("choose one by a click, and the next and the last by arrow keys", async () => {
    const onChange = vi.fn();
    const { user } = await draw(<Colours onChange={onChange} />);
    await user.click(radio("Red"));
    await user.keyboard("{ArrowDown}");
    expect(radio("Green, like grass")).toHaveProperty("checked", true);
    expect(document.activeElement).toBe(radio("Green, like grass"));
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(radio("Blue")).toHaveProperty("checked", true);
    expect(radio("Red")).toHaveProperty("checked", false);
    expect(onChange.mock.calls.flat()).toEqual(["r", "g", "r", "b"]);
  });

  it("tell screen readers the key of each, and none where there is none any more", async () => {
    const { again } = await draw(<Radios label="Colour" choices={COLOURS} value={null} />);
    expect(radio("Red").getAttribute("aria-keyshortcuts")).toBe("1");
    expect(radio("Blue").hasAttribute("aria-keyshortcuts")).toBe(false);
    const withoutKeys = COLOURS.map((colour) => ({ ...colour, shortcut: null }));
    await again(<Radios label="Colour" choices={withoutKeys} value={null} />);
    expect(radio("Red").hasAttribute("aria-keyshortcuts")).toBe(false);
  });

  it("are focused at the chosen one, or else at the first", async () => {
    const { again } = await draw(<Radios label="Colour" choices={COLOURS} value={null} />);
    const group = screen.getByRole("radiogroup", { name: "Colour" });
    act(() => focusRadios(group));
    expect(document.activeElement).toBe(radio("Red"));
    await again(<Radios label="Colour" choices={COLOURS} value="b" />);
    act(() => focusRadios(group));
    expect(document.activeElement).toBe(radio("Blue"));
  });
});

describe("a list to select from", () => {
  it("is named by its label, shows what is chosen and says what is chosen instead", async () => {
    const onChange = vi.fn();
    const { user } = await draw(
      <Select label="Colour" value="g" choices={COLOURS} onChange={onChange} />,
    );
    const list = screen.getByRole("combobox", { name: "Colour" });
    expect(list).toHaveProperty("value", "g");
    await user.selectOptions(list, "Blue");
    expect(onChange.mock.calls).toEqual([["b"]]);
  });

  it("cannot be changed while it is disabled", async () => {
    const onChange = vi.fn();
    const { user } = await draw(
      <Select label="Colour" value="g" choices={COLOURS} isDisabled onChange={onChange} />,
    );
    const list = screen.getByRole("combobox", { name: "Colour" });
    expect(list).toHaveProperty("disabled", true);
    await user.selectOptions(list, "Blue");
    expect(onChange).not.toHaveBeenCalled();
  });
});
