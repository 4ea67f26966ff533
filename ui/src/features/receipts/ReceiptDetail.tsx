import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { copyText } from "../../components/clipboard";
import { Fact } from "../../components/Facts";
import { Mark } from "../../components/Mark";
import { PersonName } from "../../components/PersonName";
import { Sentence } from "../../components/Sentence";
import { Help, Quiet, SectionTitle, SelectableCode } from "../../components/Text";
import type { Receipt } from "../../generated/Receipt";
import type { ReceiptStep } from "../../generated/ReceiptStep";
import { catalogue, message } from "../../text/text";
import { proofMarks } from "./marks";
import { ReceiptActions } from "./ReceiptActions";
import { receiptMark } from "./state-marks";
import { whoText } from "./who";
import styles from "./ReceiptDetail.module.css";

function Step({ step }: { step: ReceiptStep }) {
  const announce = useAnnounce();
  const copy = async (id: string) => {
    const hasCopied = await copyText(id);
    announce(
      hasCopied
        ? message("receipts-id-copied", { step: step.name })
        : message("receipts-id-not-copied"),
    );
  };
  const { apollo_id: id } = step;
  const done = step.done_at === null ? null : catalogue.time(step.done_at, "minutes");
  return (
    <li className={styles.step}>
      <div className={styles.stepLine}>
        <strong>{step.name}</strong>
        <span className={styles.stepState}>
          <Mark {...receiptMark(step.state)} />
          {done && !step.sentence.includes(done) ? <Quiet>{done}</Quiet> : null}
        </span>
      </div>
      <p>
        <Sentence text={step.sentence} />
      </p>
      {id ? (
        <p className={styles.stepId}>
          <Quiet>{message("receipts-step-id")}</Quiet>{" "}
          <SelectableCode className={styles.id}>{id}</SelectableCode>
          <Button
            variant="inline"
            aria-label={message("receipts-copy-id-button-name", { step: step.name })}
            onPress={() => void copy(id)}
          >
            {message("receipts-copy-id-button")}
          </Button>
        </p>
      ) : null}
    </li>
  );
}

export function ReceiptDetail({ receipt }: { receipt: Receipt }) {
  return (
    <section className={styles.receipt} aria-label={message("receipts-receipt")}>
      <PersonName name={whoText(receipt)} isAbsent={!receipt.who} />
      <p className={styles.sentence}>
        <Mark {...receiptMark(receipt.state)} />
        <span>
          <Sentence text={receipt.sentence} />
        </span>
      </p>
      <ul className={styles.proof} aria-label={message("receipts-proof")}>
        {proofMarks(receipt).map((mark) => (
          <li key={mark.word}>
            <Mark {...mark} />
          </li>
        ))}
      </ul>
      {receipt.verification.sentence ? (
        <Help>
          <Sentence text={receipt.verification.sentence} />
        </Help>
      ) : null}
      <ReceiptActions receipt={receipt} />
      <SectionTitle isInGap>{message("receipts-steps")}</SectionTitle>
      <ol className={styles.steps} aria-label={message("receipts-steps")}>
        {receipt.steps.map((step, index) => (
          // A call can be corrected more than once; steps never change their places.
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
          <Step key={index} step={step} />
        ))}
      </ol>
      <dl className={styles.facts}>
        <Fact name={message("receipts-outcome")}>
          {receipt.result ?? message("receipts-outcome-none")}
        </Fact>
        <Fact name={message("receipts-saved-at")}>
          {catalogue.time(receipt.saved_at, "minutes")}
        </Fact>
        <Fact name={message("receipts-logged-as")}>{receipt.logged_as}</Fact>
        <Fact name={message("receipts-wrap-up-id")}>
          <SelectableCode className={styles.id}>{receipt.wrap_up_id}</SelectableCode>
        </Fact>
      </dl>
    </section>
  );
}
