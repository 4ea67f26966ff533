/**
 * The one seam between a window and the core.
 *
 * Promises: every call is typed by the generated table of commands; every failure is a
 * `BackendError` with the core's own `Problem`. Must never: be bypassed by a component that
 * uses IPC or the network itself.
 */
import type { Changed } from "../generated/Changed";
import type { Commands } from "../generated/commands";
import type { Problem } from "../generated/Problem";
import type { Text } from "../text/wire";

export type WindowLabel = "main" | "settings";
export type CommandName = keyof Commands;
export type Args<K extends CommandName> = Commands[K]["args"];
export type Answer<K extends CommandName> = Commands[K]["answer"];

export interface Backend {
  call<K extends CommandName>(name: K, args: Args<K>): Promise<Answer<K>>;
  /** Resolves once the window listens, with the function that ends it. */
  subscribe(listener: (changed: Changed) => void): Promise<() => void>;
}

export class BackendError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = "BackendError";
    this.problem = problem;
  }
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    "message" in value
  );
}

/** A problem as the core would send it: `worded` turns it into text. */
const NOT_AS_EXPECTED = {
  code: "internal",
  message: { id: "backend-not-as-expected", values: {} } satisfies Text,
  hint: { id: "backend-not-as-expected-hint", values: {} } satisfies Text,
} as unknown as Problem;

/** Whatever was thrown, as a `BackendError`. */
export function toBackendError(thrown: unknown): BackendError {
  if (thrown instanceof BackendError) return thrown;
  if (isProblem(thrown)) return new BackendError(thrown);
  return new BackendError(NOT_AS_EXPECTED);
}
