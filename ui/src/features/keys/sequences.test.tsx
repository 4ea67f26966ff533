import { screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { draw, InMain, pass } from "../../testing/draw";
import { useAction } from "./KeysProvider";

function Heard() {
  const [heard, setHeard] = useState<string[]>([]);
  const hear = (what: string) => () => setHeard((before) => [...before, what]);
  useAction("go-today", hear("today"));
  useAction("go-queue", hear("queue"));
  useAction("try-next", hear("next number"));
  useAction("down", hear("down"));
  return (
    <>
      <output>{heard.join(", ")}</output>
      <textarea aria-label="Note" />
    </>
  );
}

const keys = () =>
  draw(
    <InMain>
      <Heard />
    </InMain>,
  );
const heard = () => screen.getByRole("status", { name: "" }).textContent;

describe("two keys, one after the other", () => {
  it("go somewhere, and the second does not mean what it means alone", async () => {
    const { user } = await keys();
    await user.keyboard("gt");
    expect(heard()).toBe("today");
    await user.keyboard("tgq");
    expect(heard()).toBe("today, next number, queue");
  });

  it("are two keys where the second is none that goes somewhere, or comes late", async () => {
    const { user } = await keys();
    await user.keyboard("gj");
    expect(heard()).toBe("down");
    await user.keyboard("g");
    await pass(2000);
    await user.keyboard("t");
    expect(heard()).toBe("down, next number");
  });

  it("are letters in a text", async () => {
    const { user } = await keys();
    await user.click(screen.getByRole("textbox", { name: "Note" }));
    await user.keyboard("gtt");
    expect(screen.getByRole("textbox", { name: "Note" })).toHaveProperty("value", "gtt");
    expect(heard()).toBe("");
  });
});
