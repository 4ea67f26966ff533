import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { isolated } from "../../backend/plain";
import { useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Mark } from "../../components/Mark";
import { useProblems } from "../../components/problems";
import type { Card } from "../../generated/Card";
import type { CustomFact } from "../../generated/CustomFact";
import type { LocalTime } from "../../generated/LocalTime";
import type { SequenceState } from "../../generated/SequenceState";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt className="fact-name">{name}</dt>
      <dd className="fact-value">
        {children ? <bdi>{children}</bdi> : <span className="absent">–</span>}
      </dd>
    </div>
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
    <div className="facts-columns">
      <section className="facts" aria-label="Account">
        <h3 className="section-title">Account</h3>
        {account ? (
          <dl>
            <Fact name="Name">{account.name}</Fact>
            <Fact name="Website">
              {account.website || account.domain ? (
                <>
                  {account.website ?? account.domain}
                  {account.website ? (
                    <Button
                      look="quiet"
                      className="inline-button"
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
          <p className="absent">Apollo has no account for this person.</p>
        )}
      </section>
      <section className="facts" aria-label="Task">
        <h3 className="section-title">Task</h3>
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
        <section className="facts" aria-label="Custom fields">
          <h3 className="section-title">Custom fields</h3>
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
