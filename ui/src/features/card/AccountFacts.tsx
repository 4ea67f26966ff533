import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { isolated } from "../../backend/plain";
import { useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Fact as PlainFact } from "../../components/Facts";
import { Mark } from "../../components/Mark";
import { useProblems } from "../../components/problems";
import { Absent, SectionTitle } from "../../components/Text";
import type { Card } from "../../generated/Card";
import type { CustomFact } from "../../generated/CustomFact";
import type { LocalTime } from "../../generated/LocalTime";
import type { SequenceState } from "../../generated/SequenceState";
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

function stepWords(card: Card): string | null {
  const { sequence } = card;
  if (!sequence) return null;
  if (sequence.step === null) return isolated(sequence.name);
  const of = sequence.step_count === null ? "" : ` of ${sequence.step_count}`;
  return `${isolated(sequence.name)}, step ${sequence.step}${of}`;
}

const STOPPED: Record<SequenceState, string | null> = {
  active: null,
  paused: "Paused in Apollo",
  archived: "Archived in Apollo",
  unknown: null,
};

export function AccountFacts({ card }: { card: Card }) {
  const { account } = card;
  const stopped = card.sequence ? STOPPED[card.sequence.state] : null;
  const link = useCommand("link_open");
  const problems = useProblems();
  return (
    <div className={styles.columns}>
      <section aria-label="Account">
        <SectionTitle>Account</SectionTitle>
        {account ? (
          <dl>
            <Fact name="Name">{account.name}</Fact>
            <Fact name="Website">
              {account.website || account.domain ? (
                <>
                  {account.website ?? account.domain}
                  {account.website ? (
                    <Button
                      look="inline"
                      aria-label="Open company website"
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
            <Fact name="Industry">{account.industry}</Fact>
            <Fact name="Size">{account.size}</Fact>
            <Fact name="Place">{account.location}</Fact>
            <Fact name="Phone">{account.phone}</Fact>
            <CustomFacts facts={account.custom_fields} />
          </dl>
        ) : (
          <p className={styles.none}>Apollo has no account for this person.</p>
        )}
      </section>
      <section aria-label="Task">
        <SectionTitle>Task</SectionTitle>
        <dl>
          <Fact name="Sequence">
            {stepWords(card) ?? "No sequence"}
            {stopped ? <Mark shape="diamond" meaning="waits" word={stopped} /> : null}
          </Fact>
          <Fact name="Due">{card.due.text}</Fact>
          <Fact name="Priority">{card.priority === "unknown" ? null : card.priority}</Fact>
          <Fact name="Last activity">{card.contact.last_activity}</Fact>
          <Fact name="Time zone">{card.local_time ? zoneWords(card.local_time) : null}</Fact>
          <Fact name="Place in queue">
            {card.position} of {card.total}
          </Fact>
        </dl>
      </section>
      {card.contact.custom_fields.length > 0 ? (
        <section aria-label="Custom fields">
          <SectionTitle>Custom fields</SectionTitle>
          <dl>
            <CustomFacts facts={card.contact.custom_fields} />
          </dl>
        </section>
      ) : null}
    </div>
  );
}

function zoneWords({ zone, latest_zone, source }: LocalTime): string {
  return latest_zone ? `${zone} to ${latest_zone}, ${source}` : `${zone}, ${source}`;
}
