import type { LocalTime } from "../generated/LocalTime";
import { message } from "../text/text";
import { timeInZone, useNow } from "./time";

/** The prospect's time of day, ticking; where it may be one of several, the earliest and latest. */
export function LocalClock({ time }: { time: LocalTime }) {
  const now = useNow();
  const earliest = timeInZone(now, time.zone);
  if (time.latest_zone === null) return <>{earliest ?? time.text}</>;
  const latest = timeInZone(now, time.latest_zone);
  return (
    <>{earliest && latest ? message("components-clock-range", { earliest, latest }) : time.text}</>
  );
}
