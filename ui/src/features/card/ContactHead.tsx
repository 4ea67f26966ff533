import { ExternalLink } from "lucide-react";
import { useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { cx } from "../../components/cx";
import { LocalClock } from "../../components/LocalClock";
import { Mark } from "../../components/Mark";
import { PersonName } from "../../components/PersonName";
import { useProblems } from "../../components/problems";
import { Absent } from "../../components/Text";
import type { Card } from "../../generated/Card";
import { isolated } from "../../text/isolated";
import { message } from "../../text/text";
import { DONE_MARKS } from "../wrap-up/DoneCard";
import { REACH_MARKS } from "./reach-marks";
import styles from "./ContactHead.module.css";

/** The sentence that says whether this person may be called. */
export const REACH_ID = "contact-reach";

export function ContactHead({ card }: { card: Card }) {
  const { contact, account, local_time } = card;
  const link = useCommand("link_open");
  const problems = useProblems();
  // A task that is done shows its result, and not whether somebody could be called.
  const done = DONE_MARKS[card.state];
  const { title } = contact;
  const company = account?.name;
  const work =
    title && company ? message("card-work", { title, company }) : isolated(title || company || "");
  return (
    <header>
      <div className={styles.line}>
        <PersonName name={contact.name} />
        {local_time ? (
          <p className={styles.time} data-whole="">
            <span className={styles.clock}>
              <LocalClock time={local_time} />
            </span>{" "}
            {local_time.place}
          </p>
        ) : (
          <p className={cx(styles.time, styles.timeNotKnown)} data-whole="">
            {message("card-local-time-unknown")}
          </p>
        )}
      </div>
      <p className={styles.work}>{work || <Absent>{message("card-no-work")}</Absent>}</p>
      <p className={styles.more}>
        {contact.email ? (
          <span className={styles.email}>{contact.email}</span>
        ) : (
          <Absent>{message("card-no-email")}</Absent>
        )}
        {contact.location ? <span>{contact.location}</span> : null}
        {contact.has_linkedin ? (
          <Button
            variant="inline"
            className={styles.profile}
            aria-label={message("card-linkedin-button")}
            onPress={() =>
              link.mutate({ task_id: card.task_id, link: "linkedin" }, { onError: problems.show })
            }
          >
            {message("card-linkedin")} <ExternalLink size={12} aria-hidden="true" />
          </Button>
        ) : null}
      </p>
      <p className={styles.reach} id={REACH_ID}>
        {done ? (
          <Mark
            shape={done.shape}
            meaning={done.meaning}
            word={message("card-done", { state: card.state })}
          />
        ) : (
          <Mark {...REACH_MARKS[card.reach.state]} word={card.reach.sentence} />
        )}
      </p>
    </header>
  );
}
