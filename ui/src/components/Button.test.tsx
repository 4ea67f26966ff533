import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { Button } from "./Button";

describe("a button", () => {
  it("is pressed by a click, by Enter and by Space", async () => {
    const onPress = vi.fn();
    const { user } = await draw(<Button onPress={onPress}>Go on</Button>);
    await user.click(screen.getByRole("button", { name: "Go on" }));
    await user.keyboard("{Enter}");
    await user.keyboard(" ");
    expect(onPress).toHaveBeenCalledTimes(3);
  });

  it("cannot be pressed or reached while it is disabled", async () => {
    const onPress = vi.fn();
    const { user } = await draw(
      <Button isDisabled onPress={onPress}>
        Go on
      </Button>,
    );
    const button = screen.getByRole("button", { name: "Go on" });
    expect(button).toHaveProperty("disabled", true);
    await user.click(button);
    await user.tab();
    expect(document.activeElement).toBe(document.body);
    expect(onPress).not.toHaveBeenCalled();
  });

  it("keeps its focus and does nothing more while its action is under way", async () => {
    const onPress = vi.fn();
    const { user, again } = await draw(<Button onPress={onPress}>Go on</Button>);
    await user.click(screen.getByRole("button", { name: "Go on" }));
    await again(
      <Button onPress={onPress} isPending>
        Go on
      </Button>,
    );
    const button = screen.getByRole("button", { name: "Go on" });
    expect(document.activeElement).toBe(button);
    await user.click(button);
    await user.keyboard("{Enter}");
    expect(onPress).toHaveBeenCalledTimes(1);
  });

  it("shows its shortcut, tells it to screen readers, and keeps it out of its name", async () => {
    await draw(<Button shortcut="Mod+Enter">Save and next</Button>);
    const button = screen.getByRole("button", { name: "Save and next" });
    expect(button.getAttribute("aria-keyshortcuts")).toBe("Control+Enter");
    expect(button.textContent).toBe("Save and nextCtrl ↵");
  });

  it("claims no shortcut where there is none", async () => {
    await draw(<Button>Go on</Button>);
    expect(screen.getByRole("button").hasAttribute("aria-keyshortcuts")).toBe(false);
  });
});
