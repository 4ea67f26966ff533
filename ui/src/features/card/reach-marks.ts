/** The shape beside a person who may, may not or should not be called: on card and in queue. */
import type { Meaning, Shape } from "../../components/Mark";
import type { ReachState } from "../../generated/ReachState";

export const REACH_MARKS: Record<ReachState, { shape: Shape; meaning: Meaning }> = {
  callable: { shape: "full", meaning: "good" },
  closing_soon: { shape: "half", meaning: "waits" },
  parked: { shape: "ring", meaning: "closed" },
  unknown_time: { shape: "diamond", meaning: "waits" },
  ask_first: { shape: "diamond", meaning: "waits" },
  no_number: { shape: "dash", meaning: "closed" },
  do_not_call: { shape: "triangle", meaning: "stopped" },
};
