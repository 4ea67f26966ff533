import type { LocalTime } from "../generated/LocalTime";
import { timeInZone, useNow } from "./time";

/** The prospect's time of day, ticking. */
export function LocalClock({ time }: { time: LocalTime }) {
  const now = useNow();
  return <>{timeInZone(now, time.zone) ?? time.text}</>;
}
