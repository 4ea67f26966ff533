/**
 * Writes the core's texts as sentences, in every answer and every refusal, before anything else in
 * a window sees them. Promises: no window ever holds a text that is not worded.
 */
import type { Problem } from "../generated/Problem";
import { catalogue } from "../text/text";
import { wordedIn } from "../text/wire";
import { type Answer, type Backend, BackendError } from "./backend";

/** The backend with every text worded. */
export function worded(backend: Backend): Backend {
  return {
    async call(name, args) {
      try {
        return wordedIn(await backend.call(name, args), catalogue.word) as Answer<typeof name>;
      } catch (thrown) {
        if (!(thrown instanceof BackendError)) throw thrown;
        throw new BackendError(wordedIn(thrown.problem, catalogue.word) as Problem);
      }
    },
    subscribe: (listener) => backend.subscribe(listener),
  };
}
