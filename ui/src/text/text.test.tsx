import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Message } from "./text";

it("draws elements where their values stand, and nothing that somebody wrote as one", () => {
  const hour = { element: <b>now</b> };
  const drawn = (count: string) =>
    render(<Message id="budget-button-left" values={{ count, hour }} />).container.innerHTML;
  expect(drawn("3")).toBe("3 calls left <b>now</b>");
  expect(drawn("\ue0003")).toBe("3 calls left <b>now</b>");
});
