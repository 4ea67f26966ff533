/** The middle pane: who this is, whether they may be called, and on which number. */

import { useState } from "react";
import { toBackendError } from "../../backend/backend";
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { FactName } from "../../components/Facts";
import { useProblems } from "../../components/problems";
import { Empty, Failed, Skeleton } from "../../components/States";
import type { Card } from "../../generated/Card";
import type { Phone } from "../../generated/Phone";
import type { Queue } from "../../generated/Queue";
import { message } from "../../text/text";
import { useAction } from "../keys/KeysProvider";
import { useViews } from "../main-window/views";
import { useOpenQueue } from "../queue/open-queue";
import { AccountFacts } from "./AccountFacts";
import { ConfirmDial } from "./ConfirmDial";
import { ContactHead } from "./ContactHead";
import { Phones } from "./Phones";
import { Script } from "./Script";
import styles from "./CardPane.module.css";

export function CardPane() {
  const { selected, queue, saving } = useOpenQueue();
  if (!selected) return <NoCard queue={queue} finished={queue.finished > 0 || saving !== null} />;
  return <CardOf taskId={selected} />;
}

function NoCard({ queue, finished }: { queue: Queue; finished: boolean }) {
  const { go } = useViews();
  const close = useCommand("queue_close");
  return (
    <section className={styles.card} aria-label={message("card-pane")}>
      <Empty
        title={message(finished ? "card-queue-finished-title" : "card-nobody-due-title")}
        action={
          <Button
            variant="next"
            autoFocus
            onPress={() => close.mutate(NO_ARGS, { onSettled: () => go("today") })}
          >
            {message("card-back-to-today-button")}
          </Button>
        }
      >
        <p>
          {finished
            ? message("card-queue-finished")
            : (queue.missing ??
              message(queue.loading ? "card-nobody-due-loading" : "card-nobody-due"))}
        </p>
      </Empty>
    </section>
  );
}

function CardOf({ taskId }: { taskId: string }) {
  const card = useSnapshot("card_get", { task_id: taskId });
  if (card.isPending) {
    return (
      <section className={styles.card} aria-label={message("card-pane")}>
        <Skeleton what={message("card-reading")} rows={6} />
      </section>
    );
  }
  if (card.isError) {
    return (
      <section className={styles.card} aria-label={message("card-pane")}>
        {card.error.problem.code === "task_gone" ? (
          <Empty title={message("card-gone-title")}>
            <p>
              {card.error.problem.message} {card.error.problem.hint}
            </p>
          </Empty>
        ) : (
          <Failed error={card.error} onRetry={() => void card.refetch()} />
        )}
      </section>
    );
  }
  return <ReadyCard card={card.data} />;
}

function ReadyCard({ card }: { card: Card }) {
  const { saving, focus } = useOpenQueue();
  const dial = useCommand("call_dial");
  const announce = useAnnounce();
  const problems = useProblems();
  const settings = useSnapshot("settings_get", NO_ARGS);
  const [asking, setAsking] = useState<{ phone: Phone; message: string } | null>(null);

  const { state: reach, sentence } = card.reach;
  const asksOutside = settings.data?.settings.calling_hours.outside === "ask";
  // The core refuses these calls too; a button that must do nothing says so before it is pressed.
  const isClosed =
    reach === "do_not_call" || reach === "no_number" || (reach === "parked" && !asksOutside);
  const isOpen = card.call.state === "not_dialed" && card.state === "open";
  const canCall = isOpen && !isClosed;
  const call = (phone: Phone, confirmed: boolean) => {
    if (saving || dial.isPending) return;
    problems.clear();
    dial.mutate(
      { task_id: card.task_id, phone: phone.index, confirmed },
      {
        onSuccess: () => {
          announce(message("card-call-started", { name: card.contact.name }));
          // The pressed button is disabled now; the keys of the call work from the list.
          focus.toListSoon();
        },
        onError: (thrown) => {
          const { problem } = toBackendError(thrown);
          if (problem.code === "confirm_dial") setAsking({ phone, message: problem.message });
          else problems.show(thrown);
        },
      },
    );
  };
  const first = card.phones.find((phone) => phone.can_dial);
  const refuse = isOpen && isClosed ? () => announce(sentence) : null;
  useAction("call", canCall && first ? () => call(first, false) : refuse);

  return (
    <section className={styles.card} aria-label={message("card-pane")}>
      <ContactHead card={card} />
      <Phones
        card={card}
        first={first ?? null}
        canCall={canCall}
        isClosed={isClosed}
        isSaving={saving !== null}
        isDialing={dial.isPending}
        onCall={(phone) => call(phone, false)}
      />
      <p>
        <FactName className={styles.why}>{message("card-why-here")}</FactName> {card.why_here}
      </p>
      <Script text={card.script} cut={card.script_cut} />
      <AccountFacts card={card} />
      <ConfirmDial
        reach={reach}
        asking={asking}
        onNo={() => setAsking(null)}
        onYes={(phone) => {
          setAsking(null);
          call(phone, true);
        }}
      />
    </section>
  );
}
