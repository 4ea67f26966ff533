import { expect, it } from "vitest";
import { isolated } from "./isolated";
import { catalogue } from "./text";

const apart = (name: string) => `\u2068${name}\u2069`;

it("keeps a text apart where it is written from right to left", () => {
  expect(isolated("דנה כהן")).toBe(apart("דנה כהן"));
  expect(isolated("Dana Example")).toBe("Dana Example");
});

it("keeps the numbers of a sentence where they are, whatever name stands in it", () => {
  const called = (name: string) =>
    catalogue.word({
      id: "reach-called-today",
      values: {
        name: { verbatim: name },
        when: { id: "time-said-today", values: { time: "10:42" } },
        outcome: { verbatim: "No answer" },
      },
    });
  expect(called("דנה כהן")).toBe(`${apart("דנה כהן")} was called at 10:42: No answer.`);
  expect(called("Dana")).toBe("Dana was called at 10:42: No answer.");
  // By itself it is drawn in an element of its own.
  expect(catalogue.word({ verbatim: "דנה" })).toBe("דנה");
});
