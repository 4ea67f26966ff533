import { screen } from "@testing-library/react";
import { type ReactNode, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { draw, pass } from "../testing/draw";
import { Button } from "./Button";
import { DialogActions, ModalDialog } from "./Dialogs";
import { Field } from "./Field";

const FRAME_MS = 50;

interface Props {
  role?: "dialog" | "alertdialog";
  onClosed?: () => void;
  children?: ReactNode;
}

function Asking({ role = "dialog", onClosed, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    onClosed?.();
  };
  return (
    <>
      <Button onPress={() => setOpen(true)}>Ask</Button>
      <ModalDialog title="Is it so?" role={role} isOpen={isOpen} onClose={close}>
        {children}
        <DialogActions>
          <Button onPress={close}>No</Button>
          <Button autoFocus>Yes</Button>
        </DialogActions>
      </ModalDialog>
    </>
  );
}

function Broken(): ReactNode {
  throw new Error("damaged");
}

const asked = (role: "dialog" | "alertdialog" = "dialog") =>
  screen.queryByRole(role, { name: "Is it so?" });

async function open(props: Props = {}) {
  const drawn = await draw(<Asking {...props} />);
  await drawn.user.click(screen.getByRole("button", { name: "Ask" }));
  await pass(FRAME_MS);
  return drawn;
}

describe("a dialog", () => {
  it("is not there until it is opened, and is named by its title", async () => {
    const { user } = await draw(<Asking />);
    expect(asked()).toBeNull();
    await user.click(screen.getByRole("button", { name: "Ask" }));
    expect(asked()).not.toBeNull();
  });

  it("takes the focus, keeps it, and gives it back where it was", async () => {
    const { user } = await open();
    const yes = screen.getByRole("button", { name: "Yes" });
    expect(document.activeElement).toBe(yes);
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "No" }));
    await user.tab();
    expect(document.activeElement).toBe(yes);
    await user.keyboard("{Escape}");
    await pass(FRAME_MS);
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Ask" }));
  });

  it("hides the rest of the window from screen readers while it is open", async () => {
    await open();
    expect(screen.queryByRole("button", { name: "Ask" })).toBeNull();
  });

  it.each(["dialog", "alertdialog"] as const)("is closed once by Escape (%s)", async (role) => {
    const onClosed = vi.fn();
    const { user } = await open({ role, onClosed });
    await user.keyboard("{Escape}");
    expect(asked(role)).toBeNull();
    expect(onClosed).toHaveBeenCalledTimes(1);
  });

  it("is closed by a click outside, but not where a question must be answered", async () => {
    const { user, close } = await open();
    await user.click(document.body);
    expect(asked()).toBeNull();
    close();
    const second = await open({ role: "alertdialog" });
    await second.user.click(document.body);
    expect(asked("alertdialog")).not.toBeNull();
  });

  it("sends its form with Ctrl+Enter from a text of several lines, where Enter makes a line", async () => {
    const onSubmit = vi.fn();
    const form = (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Field label="Note" lines={3} />
      </form>
    );
    const { user } = await open({ children: form });
    const note = screen.getByRole("textbox", { name: "Note" });
    await user.type(note, "One{Enter}two");
    expect(onSubmit).not.toHaveBeenCalled();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(onSubmit).toHaveBeenCalledTimes(1);
    expect(note).toHaveProperty("value", "One\ntwo");
  });

  it("says that it could not be drawn, and can still be closed", async () => {
    const { user } = await open({ children: <Broken /> });
    expect(screen.getByRole("alert").textContent).toContain("This dialog could not be drawn");
    await user.keyboard("{Escape}");
    expect(asked()).toBeNull();
  });
});
