import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Fact as PlainFact } from "../../components/Facts";
import { Mark } from "../../components/Mark";
import { useProblems } from "../../components/problems";
import { Absent, SectionTitle } from "../../components/Text";
import type { Card } from "../../generated/Card";
import type { CustomFact } from "../../generated/CustomFact";
import type { LocalTime } from "../../generated/LocalTime";
import type { Messages } from "../../generated/messages";
import type { SequenceState } from "../../generated/SequenceState";
import { isolated } from "../../text/isolated";
import { message } from "../../text/text";
import styles from "./AccountFacts.module.css";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <PlainFact name={name} className={styles.value}>
      {children ? <bdi>{children}</bdi> : <Absent>–</Absent>}
    </PlainFact>
  );
}

/** What a team has added to people and companies, under the names it gave. */
function CustomFacts({ facts }: { facts: CustomFact[] }) {
  return facts.map((fact) => (
    <Fact key={fact.name} name={fact.name}>
      {fact.value}
    </Fact>
  ));
}

function stepText(card: Card): string | null {
  if (!card.sequence) return null;
  const { name: sequence, step, step_count: steps } = card.sequence;
  if (step === null) return isolated(sequence);
  return steps === null
    ? message("card-task-step", { sequence, step })
    : message("card-task-step-of", { sequence, step, steps });
}

const STOPPED = {
  active: null,
  paused: "card-task-paused",
  archived: "card-task-archived",
  unknown: null,
} as const satisfies Record<SequenceState, keyof Messages | null>;

export function AccountFacts({ card }: { card: Card }) {
  const { account } = card;
  const stopped = card.sequence ? STOPPED[card.sequence.state] : null;
  const link = useCommand("link_open");
  const problems = useProblems();
  return (
    <div className={styles.columns}>
      <section aria-label={message("card-account")}>
        <SectionTitle>{message("card-account")}</SectionTitle>
        {account ? (
          <dl>
            <Fact name={message("card-account-name")}>{account.name}</Fact>
            <Fact name={message("card-account-website")}>
              {account.website || account.domain ? (
                <>
                  {account.website ?? account.domain}
                  {account.website ? (
                    <Button
                      variant="inline"
                      aria-label={message("card-account-website-button")}
                      onPress={() =>
                        link.mutate(
                          { task_id: card.task_id, link: "website" },
                          { onError: problems.show },
                        )
                      }
                    >
                      <ExternalLink size={14} aria-hidden="true" />
                    </Button>
                  ) : null}
                </>
              ) : null}
            </Fact>
            <Fact name={message("card-account-industry")}>{account.industry}</Fact>
            <Fact name={message("card-account-size")}>{account.size}</Fact>
            <Fact name={message("card-account-place")}>{account.location}</Fact>
            <Fact name={message("card-account-phone")}>{account.phone}</Fact>
            <CustomFacts facts={account.custom_fields} />
          </dl>
        ) : (
          <p className={styles.none}>{message("card-no-account")}</p>
        )}
      </section>
      <section aria-label={message("card-task")}>
        <SectionTitle>{message("card-task")}</SectionTitle>
        <dl>
          <Fact name={message("card-task-sequence")}>
            {stepText(card) ?? message("card-task-no-sequence")}
            {stopped ? <Mark shape="diamond" meaning="waits" word={message(stopped)} /> : null}
          </Fact>
          <Fact name={message("card-task-due")}>{card.due.text}</Fact>
          <Fact name={message("card-task-priority")}>
            {card.priority === "unknown"
              ? null
              : message("card-task-priority-value", { priority: card.priority })}
          </Fact>
          <Fact name={message("card-task-last-activity")}>{card.contact.last_activity}</Fact>
          <Fact name={message("card-task-time-zone")}>
            {card.local_time ? zoneText(card.local_time) : null}
          </Fact>
          <Fact name={message("card-task-place")}>
            {message("card-task-place-of", { place: card.position, total: card.total })}
          </Fact>
        </dl>
      </section>
      {card.contact.custom_fields.length > 0 ? (
        <section aria-label={message("card-custom-fields")}>
          <SectionTitle>{message("card-custom-fields")}</SectionTitle>
          <dl>
            <CustomFacts facts={card.contact.custom_fields} />
          </dl>
        </section>
      ) : null}
    </div>
  );
}

function zoneText({ zone, latest_zone: latest, source }: LocalTime): string {
  return latest
    ? message("card-task-zones", { zone, latest, source })
    : message("card-task-zone", { zone, source });
}
