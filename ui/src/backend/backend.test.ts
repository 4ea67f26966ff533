import { expect, it } from "vitest";
import { BackendError, toBackendError } from "./backend";

it("keeps a problem of the core as it is", () => {
  const problem = { code: "task_gone" as const, message: "Gone.", hint: "Move on." };
  expect(toBackendError(problem).problem).toEqual(problem);
});

it.each([undefined, null, "text", 3, { message: "no code" }, new Error("x")])(
  "turns %j into a problem that says what is safe",
  (thrown) => {
    const error = toBackendError(thrown);
    expect(error.problem.code).toBe("internal");
    expect(error.problem.message).toContain("Nothing you saved is lost");
  },
);

it("does not wrap twice", () => {
  const error = new BackendError({ code: "invalid", message: "No." });
  expect(toBackendError(error)).toBe(error);
});
