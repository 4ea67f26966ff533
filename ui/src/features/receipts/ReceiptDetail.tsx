import { useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { copyText } from "../../components/clipboard";
import { Mark } from "../../components/Mark";
import { useProblems } from "../../components/problems";
import { Words } from "../../components/Words";
import type { Receipt } from "../../generated/Receipt";
import type { ReceiptStep } from "../../generated/ReceiptStep";
import { RECEIPT_LOOKS } from "./looks";

function Step({ step }: { step: ReceiptStep }) {
  const announce = useAnnounce();
  const copy = async (id: string) => {
    announce((await copyText(id)) ? `Copied the id of ${step.name}` : "The id could not be copied");
  };
  const { apollo_id: id } = step;
  return (
    <li className="step">
      <div className="step-line">
        <strong>{step.name}</strong>
        <Mark {...RECEIPT_LOOKS[step.state]} />
      </div>
      <p>
        <Words text={step.sentence} />
      </p>
      {id ? (
        <p className="step-id">
          <span className="quiet">Apollo id</span> <code className="selectable">{id}</code>
          <Button
            look="quiet"
            className="inline-button"
            aria-label={`Copy id of ${step.name}`}
            onPress={() => void copy(id)}
          >
            Copy id
          </Button>
        </p>
      ) : null}
    </li>
  );
}

export function ReceiptDetail({ receipt }: { receipt: Receipt }) {
  const retry = useCommand("receipt_retry");
  const problems = useProblems();
  return (
    <section className="receipt" aria-label="Receipt">
      <h2 className={receipt.who ? "contact-name" : "contact-name absent"}>
        {receipt.who ?? "Name not kept after a restart"}
      </h2>
      <p className="receipt-sentence">
        <Mark {...RECEIPT_LOOKS[receipt.state]} />
        <span>
          <Words text={receipt.sentence} />
        </span>
      </p>
      {receipt.can_retry ? (
        <Button
          look="next"
          isPending={retry.isPending}
          onPress={() =>
            retry.mutate({ wrap_up_id: receipt.wrap_up_id }, { onError: problems.show })
          }
        >
          Try again
        </Button>
      ) : null}
      <h3 className="section-title">Steps</h3>
      <ol className="plain-list" aria-label="Steps">
        {receipt.steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
      <dl className="receipt-facts">
        <div className="fact">
          <dt className="fact-name">Outcome</dt>
          <dd>{receipt.result ?? "–"}</dd>
        </div>
        <div className="fact">
          <dt className="fact-name">Saved here at</dt>
          <dd>{receipt.saved_time}</dd>
        </div>
        <div className="fact">
          <dt className="fact-name">Logged as</dt>
          <dd>{receipt.logged_as}</dd>
        </div>
        <div className="fact">
          <dt className="fact-name">Wrap-up id</dt>
          <dd>
            <code className="selectable">{receipt.wrap_up_id}</code>
          </dd>
        </div>
      </dl>
    </section>
  );
}
