import { expect, test } from "vitest";
import { message } from "../../text/text";
import { elsewhereText, waitingInAll } from "./waiting";

test("calls that wait behind sample data are counted, and the sample data's own are not", () => {
  const shown = { sandbox: true, unsent: 4, unsent_elsewhere: 1 };
  expect(waitingInAll(shown)).toBe(1);
  expect(elsewhereText(shown)).toBe("1 of your calls waits until you leave the sample data");
});

test("calls of another address are added to those of this one", () => {
  const shown = { sandbox: false, unsent: 4, unsent_elsewhere: 2 };
  expect(waitingInAll(shown)).toBe(6);
  expect(elsewhereText(shown)).toBe("2 of your calls wait for another Apollo address");
  expect(elsewhereText({ ...shown, unsent_elsewhere: 0 })).toBeNull();
});

test("one call is spoken of as one", () => {
  expect(message("main-window-unsent", { count: 1 })).toBe("1 call is unsent.");
  expect(message("main-window-unsent", { count: 1_200 })).toBe("1,200 calls are unsent.");
});
