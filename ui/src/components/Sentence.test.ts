import { isValidElement } from "react";
import { expect, it } from "vitest";
import { Sentence } from "./Sentence";

const marked = (text: string) =>
  (Sentence({ text }) as unknown[]).map((part) =>
    isValidElement<{ children: string }>(part) ? `[${part.props.children}]` : part,
  );

it("marks the names of things on a screen", () => {
  expect(marked("Turn on *Set as master key* there.").join("")).toBe(
    "Turn on [Set as master key] there.",
  );
});

it.each(["No names.", "2 * 3", "", "<b>not markup</b>"])("leaves %j as it is", (text) => {
  expect(marked(text).join("")).toBe(text);
});
