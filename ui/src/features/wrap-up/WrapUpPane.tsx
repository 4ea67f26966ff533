/** The right pane: timer, outcome, note, save. Quiet until there is a call. */
import { useSnapshot } from "../../backend/snapshots";
import { Part } from "../../components/Part";
import { Skeleton } from "../../components/States";
import { Unseen } from "../../components/Text";
import { message } from "../../text/text";
import { useOpenQueue } from "../queue/open-queue";
import { DoneCard } from "./DoneCard";
import { WrapUpForm } from "./WrapUpForm";
import styles from "./WrapUpPane.module.css";

export function WrapUpPane() {
  const { selected, focus } = useOpenQueue();
  return (
    <section ref={focus.setWrapUp} className={styles.pane} aria-label={message("wrap-up-pane")}>
      {selected ? (
        <Part key={selected} name={message("wrap-up-part")}>
          <WrapUpOf taskId={selected} />
        </Part>
      ) : null}
      <Saving />
    </section>
  );
}

function WrapUpOf({ taskId }: { taskId: string }) {
  const card = useSnapshot("card_get", { task_id: taskId });
  const { saving } = useOpenQueue();
  if (!card.data) return <Skeleton what="" rows={4} />;
  const isOpen = card.data.state === "open" || card.data.state === "on_call";
  if (saving !== taskId && !isOpen) return <DoneCard card={card.data} />;
  return <WrapUpForm card={card.data} />;
}

function Saving() {
  const { saving } = useOpenQueue();
  return (
    <Unseen as="p" role="status" aria-label={message("wrap-up-saving-status")}>
      {saving ? message("wrap-up-saving") : ""}
    </Unseen>
  );
}
