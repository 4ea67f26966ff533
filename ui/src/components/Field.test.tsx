import { screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { describedBy } from "../testing/met";
import { Field, Search } from "./Field";

describe("a field", () => {
  it("is named by its label, described by its help, and takes what is typed", async () => {
    const onChange = vi.fn();
    const { user } = await draw(<Field label="Opens" help="Such as 08:00." onChange={onChange} />);
    const field = screen.getByRole("textbox", { name: "Opens" });
    expect(describedBy(field)).toContain("Such as 08:00.");
    expect(field.getAttribute("aria-invalid")).toBeNull();
    await user.type(field, "09");
    expect(onChange.mock.calls).toEqual([["0"], ["09"]]);
  });

  it("is invalid and described by the problem when it is refused, and still by its help", async () => {
    await draw(<Field label="Opens" help="Such as 08:00." problem="That is no time of day." />);
    const field = screen.getByRole("textbox", { name: "Opens" });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(describedBy(field)).toContain("That is no time of day.");
    expect(describedBy(field)).toContain("Such as 08:00.");
  });

  it("keeps its name where its label is not shown", async () => {
    await draw(<Field label="Note" hideLabel />);
    expect(screen.getByRole("textbox", { name: "Note" })).toBeTruthy();
    expect(screen.queryByText("Note")).toBeNull();
  });

  it("takes several lines where it has room for them", async () => {
    const { user } = await draw(<Field label="Note" lines={4} />);
    const field = screen.getByRole("textbox", { name: "Note" });
    await user.type(field, "One{Enter}two");
    expect(field).toHaveProperty("value", "One\ntwo");
  });

  it("takes nothing while it is disabled", async () => {
    const { user } = await draw(<Field label="Opens" isDisabled />);
    const field = screen.getByRole("textbox", { name: "Opens" });
    await user.type(field, "09");
    expect(field).toHaveProperty("value", "");
  });
});

function Searching({ onSubmit }: { onSubmit?: () => void }) {
  const [typed, setTyped] = useState("");
  return (
    <>
      <Search
        label="Search queue"
        placeholder="Search queue"
        shortcut="/"
        value={typed}
        onChange={setTyped}
        {...(onSubmit ? { onSubmit } : {})}
      />
      <p>Looking for “{typed}”</p>
    </>
  );
}

describe("a search field", () => {
  it("is named, tells its key, and searches while one types", async () => {
    const { user } = await draw(<Searching />);
    const search = screen.getByRole("searchbox", { name: "Search queue" });
    expect(search.getAttribute("aria-keyshortcuts")).toBe("/");
    await user.type(search, "dana");
    expect(screen.getByText("Looking for “dana”")).toBeTruthy();
  });

  it("goes to what was found with Enter, and is emptied by Escape", async () => {
    const onSubmit = vi.fn();
    const { user } = await draw(<Searching onSubmit={onSubmit} />);
    const search = screen.getByRole("searchbox", { name: "Search queue" });
    await user.type(search, "dana{Enter}");
    expect(onSubmit).toHaveBeenCalledTimes(1);
    await user.keyboard("{Escape}");
    expect(search).toHaveProperty("value", "");
  });
});
