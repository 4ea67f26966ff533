import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { copyText } from "../../components/clipboard";
import { Mark } from "../../components/Mark";
import { Sentence } from "../../components/Sentence";
import type { Receipt } from "../../generated/Receipt";
import type { ReceiptStep } from "../../generated/ReceiptStep";
import { RECEIPT_LOOKS } from "./looks";
import { proofMarks } from "./marks";
import { ReceiptActs } from "./ReceiptActs";
import { whoWords } from "./who";

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
        <span className="step-state">
          <Mark {...RECEIPT_LOOKS[step.state]} />
          {step.done_time && !step.sentence.includes(step.done_time) ? (
            <span className="quiet">{step.done_time}</span>
          ) : null}
        </span>
      </div>
      <p>
        <Sentence text={step.sentence} />
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
  return (
    <section className="receipt" aria-label="Receipt">
      <h2 className={receipt.who ? "contact-name" : "contact-name absent"} dir="auto">
        {whoWords(receipt)}
      </h2>
      <p className="receipt-sentence">
        <Mark {...RECEIPT_LOOKS[receipt.state]} />
        <span>
          <Sentence text={receipt.sentence} />
        </span>
      </p>
      <ul className="receipt-proof" aria-label="Proof">
        {proofMarks(receipt).map((mark) => (
          <li key={mark.word}>
            <Mark {...mark} />
          </li>
        ))}
      </ul>
      {receipt.verification.sentence ? (
        <p className="help">
          <Sentence text={receipt.verification.sentence} />
        </p>
      ) : null}
      <ReceiptActs receipt={receipt} />
      <h3 className="section-title">Steps</h3>
      <ol className="plain-list" aria-label="Steps">
        {receipt.steps.map((step, index) => (
          // A call can be corrected more than once; steps never change their places.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a step is
          <Step key={index} step={step} />
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
