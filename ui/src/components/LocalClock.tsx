import type { LocalTime } from "../generated/LocalTime";
import { catalogue, message } from "../text/text";
import { useNow } from "./time";

/** The prospect's time of day, ticking; where it may be one of several, the earliest and latest. */
export function LocalClock({ time }: { time: LocalTime }) {
  const now = useNow();
  const earliest = catalogue.time(now, "minutes", time.zone);
  if (time.latest_zone === null) return <>{earliest}</>;
  const latest = catalogue.time(now, "minutes", time.latest_zone);
  return <>{message("components-clock-range", { earliest, latest })}</>;
}
