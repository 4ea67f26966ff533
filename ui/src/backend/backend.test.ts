import { expect, it } from "vitest";
import { BackendError, toBackendError } from "./backend";
import { worded } from "./worded";

it("keeps a problem of the core as it is", () => {
  const problem = { code: "task_gone" as const, message: "Gone.", hint: "Move on." };
  expect(toBackendError(problem).problem).toEqual(problem);
});

it.each([undefined, null, "text", 3, { message: "no code" }, new Error("x")])(
  "turns %j into a problem that says what is safe",
  async (thrown) => {
    const window = worded({
      call: () => Promise.reject(toBackendError(thrown)),
      subscribe: async () => () => undefined,
    });
    const problem = {
      code: "internal",
      message: expect.stringContaining("Nothing you saved is lost"),
    };
    await expect(window.call("status_get", {})).rejects.toMatchObject({ problem });
  },
);

it("does not wrap twice", () => {
  const error = new BackendError({ code: "invalid", message: "No." });
  expect(toBackendError(error)).toBe(error);
});
