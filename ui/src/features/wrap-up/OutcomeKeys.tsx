import type { Outcome } from "../../generated/Outcome";
import { useAction } from "../keys/KeysProvider";

interface Props {
  outcomes: readonly Outcome[];
  onPick: (key: string) => void;
}

/** The number keys of the outcomes. Draws nothing. */
export function OutcomeKeys({ outcomes, onPick }: Props) {
  return outcomes.map((outcome) =>
    outcome.shortcut === null ? null : (
      <OutcomeKey key={outcome.key} number={outcome.shortcut} onPress={() => onPick(outcome.key)} />
    ),
  );
}

function OutcomeKey({ number, onPress }: { number: number; onPress: () => void }) {
  useAction(`outcome-${number}`, onPress);
  return null;
}
