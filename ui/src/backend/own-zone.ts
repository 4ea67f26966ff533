/**
 * The rep's own time zone. The core names it, and every window shows times in it: what the browser
 * takes for the zone may be another one (`TZ` in a form that only one of them reads). A zone that is
 * newer than the browser is not known to it; then the browser's own has to do.
 */
import { setLocalTimeZone } from "@internationalized/date";
import type { Status } from "../generated/Status";
import type { Backend } from "./backend";

/** Whether this browser knows a time zone. */
function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The zone is taken over from every status, before anybody draws it. */
export function inOwnZone(backend: Backend): Backend {
  return {
    ...backend,
    async call(name, args) {
      const answer = await backend.call(name, args);
      if (name === "status_get") {
        const { zone } = answer as Status;
        if (isKnownZone(zone)) setLocalTimeZone(zone);
      }
      return answer;
    },
  };
}

/**
 * Times are worded as answers arrive, so a window knows the zone before the first of them: every other
 * command waits for one status. If that cannot be read, the window says so where it asks for it itself.
 */
export function zoneFirst(backend: Backend): Backend {
  let known: Promise<unknown> | undefined;
  return {
    ...backend,
    async call(name, args) {
      if (name !== "status_get") {
        known ??= backend.call("status_get", {}).catch(() => undefined);
        await known;
      }
      return backend.call(name, args);
    },
  };
}
