/**
 * The rep's own time zone. The core names it, and every window shows times in it: what the browser
 * takes for the zone may be another one (`TZ` in a form that only one of them reads).
 */
import { setLocalTimeZone } from "@internationalized/date";
import type { Session } from "../generated/Session";
import type { Backend } from "./backend";

export function inOwnZone(backend: Backend): Backend {
  return {
    ...backend,
    async call(name, args) {
      const answer = await backend.call(name, args);
      // Before anybody draws it.
      if (name === "session_get") setLocalTimeZone((answer as Session).zone);
      return answer;
    },
  };
}
