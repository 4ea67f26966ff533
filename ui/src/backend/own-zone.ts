/**
 * The rep's own time zone. The core names it, and every window shows times in it: the browser may
 * assume another zone (`TZ` in a form that only one of them reads). A browser does not know a zone
 * that is newer than itself; then its own zone is used.
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

/** Takes the zone over from every status, before the status is drawn. */
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
 * Times become text as answers arrive, so a window must know the zone before the first of them:
 * every other command waits for one status. If that cannot be read, the screen that reads it says so.
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
