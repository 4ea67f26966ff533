/**
 * The core as a test plays it, behind the same seam as the real one.
 *
 * Promises: answers what the test says, typed by the table of commands; remembers what it was asked,
 * in order. Must never: answer a command that the test did not expect.
 */
import {
  type Answer,
  type Args,
  type Backend,
  BackendError,
  type CommandName,
  toBackendError,
} from "../backend/backend";
import type { Changed } from "../generated/Changed";
import type { Problem } from "../generated/Problem";
import type { Tag } from "../generated/Tag";

type Handler<K extends CommandName> = (args: Args<K>) => Answer<K> | Promise<Answer<K>>;

/** What is answered to each command. */
export type Answers = { [K in CommandName]?: Handler<K> };

/** A command that waits for its answer until the test gives it. */
export interface Pending<K extends CommandName> {
  answer: (answer: Answer<K>) => void;
  refuse: (problem: Problem) => void;
}

export function refusal(problem: Partial<Problem> = {}): Problem {
  return { code: "unavailable", message: "Apollo did not answer.", ...problem };
}

export class FakeCore implements Backend {
  /** Whatever was asked, in order. */
  readonly asked: { name: CommandName; args: unknown }[] = [];
  /** The commands that no test expected. */
  readonly unexpected: CommandName[] = [];
  private readonly listeners = new Set<(changed: Changed) => void>();
  private revision = 0;

  constructor(private readonly answers: Answers) {}

  async call<K extends CommandName>(name: K, args: Args<K>): Promise<Answer<K>> {
    // A copy, as everything is that crosses to the core.
    this.asked.push({ name, args: structuredClone(args) });
    const handler: Handler<K> | undefined = this.answers[name];
    if (!handler) {
      this.unexpected.push(name);
      throw new BackendError(refusal({ message: `No test has an answer to ${name}` }));
    }
    try {
      return structuredClone(await handler(args));
    } catch (thrown) {
      throw toBackendError(thrown);
    }
  }

  // A property of its own, since whatever wraps a backend copies it.
  readonly subscribe = async (listener: (changed: Changed) => void): Promise<() => void> => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** The arguments that a command was given, each time. */
  given<K extends CommandName>(name: K): Args<K>[] {
    return this.asked.filter((one) => one.name === name).map((one) => one.args as Args<K>);
  }

  /** Sets answers from now on. */
  answer(answers: Answers): void {
    Object.assign(this.answers, answers);
  }

  /** Refuses a command from now on. */
  refuse(name: CommandName, problem: Problem): void {
    const refused = (): Promise<never> => Promise.reject(problem);
    this.answers[name] = refused;
  }

  /** Holds the answer to a command back. */
  hold<K extends CommandName>(name: K): Pending<K> {
    let answer: (answer: Answer<K>) => void = () => undefined;
    let refuse: (problem: Problem) => void = () => undefined;
    const held = new Promise<Answer<K>>((resolve, reject) => {
      answer = resolve;
      refuse = reject;
    });
    this.answers[name] = (() => held) as Answers[K];
    return { answer, refuse };
  }

  /** Tells the window that something changed. */
  changed(tags: Tag[]): void {
    this.revision += 1;
    for (const listener of this.listeners) {
      listener({ revision: this.revision, tags, origin: null });
    }
  }
}
