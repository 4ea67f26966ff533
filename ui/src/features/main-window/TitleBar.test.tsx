import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { AtWork, draw } from "../../testing/draw";
import { aStatus } from "../../testing/snapshots";
import { TitleBar } from "./TitleBar";

it.each([
  ["No unsent calls", "r"],
  ["Search commands", "Control+K"],
  ["Keyboard shortcuts", "?"],
])("the title bar tells screen readers the key of %j", async (name, keys) => {
  await draw(
    <AtWork>
      <TitleBar
        status={aStatus()}
        onPalette={vi.fn()}
        onKeys={vi.fn()}
        onBudget={vi.fn()}
        onUpdate={vi.fn()}
      />
    </AtWork>,
  );
  expect(screen.getByRole("button", { name }).getAttribute("aria-keyshortcuts")).toBe(keys);
});
