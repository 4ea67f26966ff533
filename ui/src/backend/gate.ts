/**
 * Lets a window give a command once, however often Enter is pressed.
 *
 * Promises: while a command is under way, and for a moment after it was answered, the same command
 * with the same arguments is not sent again; whoever gives it anew gets the same answer. This is in
 * the seam, so that no screen has to guard its own submit, and none can forget to. Must never: hold
 * back a command that differs, or one that is given anew after it was refused or after another; or
 * keep what a command was given, which may be the key or a note, for longer than that moment.
 */
import type { Args, Backend, CommandName } from "./backend";

/** A second Enter comes within this time, before the screen has gone on. */
export const AGAIN_MS = 400;

/** Reads change nothing, and a read that is given anew wants a newer answer. */
export type ReadName = Extract<CommandName, `${string}_get`> | "receipt_content";

export function isRead(name: CommandName): name is ReadName {
  return name.endsWith("_get") || name === "receipt_content";
}

/** Commands that bring a window to the front, which may have been closed a moment ago. */
const SHOWS: readonly CommandName[] = ["window_settings"];

interface Given {
  turn: number;
  key: string;
  answer: Promise<unknown>;
}

export function gated(backend: Backend, now = () => performance.now()): Backend {
  /** The newest command of each name that is under way. */
  const underWay = new Map<CommandName, Given>();
  /** The last command of all, once it was answered. */
  let answered: { given: Given; atMs: number } | null = null;
  let turn = 0;

  return {
    call<K extends CommandName>(name: K, args: Args<K>) {
      if (isRead(name) || SHOWS.includes(name)) return backend.call(name, args);
      const key = `${name} ${JSON.stringify(args)}`;
      const same = underWay.get(name);
      if (same?.key === key) return same.answer as ReturnType<typeof backend.call<K>>;
      if (answered?.given.key === key && now() - answered.atMs < AGAIN_MS) {
        return answered.given.answer as ReturnType<typeof backend.call<K>>;
      }
      answered = null;
      turn += 1;
      const answer = backend.call(name, args);
      const given: Given = { turn, key, answer };
      underWay.set(name, given);
      const ended = () => {
        if (underWay.get(name) === given) underWay.delete(name);
      };
      answer.then(
        () => {
          ended();
          if (given.turn !== turn) return;
          answered = { given, atMs: now() };
          setTimeout(() => {
            if (answered?.given === given) answered = null;
          }, AGAIN_MS);
        },
        // A command that was refused is tried again when it is given again.
        ended,
      );
      return answer;
    },
    subscribe: (listener) => backend.subscribe(listener),
  };
}
