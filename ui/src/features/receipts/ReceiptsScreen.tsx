/** Calls: did it get to Apollo? Those that need a person come first, as the core orders them. */

import { useEffect, useRef, useState } from "react";
import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { cx } from "../../components/cx";
import { Search } from "../../components/Field";
import { Mark } from "../../components/Mark";
import { Option, OptionLine, OptionMore, OptionName, Options } from "../../components/Options";
import { Part } from "../../components/Part";
import { ScreenHead } from "../../components/ScreenHead";
import { Sentence } from "../../components/Sentence";
import { Empty, Failed, Skeleton } from "../../components/States";
import type { Receipt } from "../../generated/Receipt";
import type { Receipts } from "../../generated/Receipts";
import { catalogue, message } from "../../text/text";
import { useAction } from "../keys/KeysProvider";
import { useViews } from "../main-window/views";
import { ExportDay } from "./ExportDay";
import { proofMarks } from "./marks";
import { matching } from "./matching";
import { ReceiptDetail } from "./ReceiptDetail";
import { receiptMark } from "./state-marks";
import { whoText } from "./who";
import styles from "./ReceiptsScreen.module.css";

export function ReceiptsScreen() {
  const receipts = useSnapshot("receipts_get", NO_ARGS);
  const { back } = useViews();
  const [typed, setTyped] = useState("");
  const [isExporting, setExporting] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const hasRows = receipts.data !== undefined && receipts.data.rows.length > 0;
  useAction("search", hasRows ? () => search.current?.focus() : null);
  return (
    <div className={styles.screen}>
      <ScreenHead
        title={message("receipts-title")}
        summary={receipts.data ? sums(receipts.data) : null}
      >
        {hasRows ? (
          <Search
            label={message("receipts-search")}
            placeholder={message("receipts-search")}
            shortcut="/"
            inputRef={search}
            value={typed}
            onChange={setTyped}
          />
        ) : null}
        {hasRows ? (
          <Button onPress={() => setExporting(true)}>{message("receipts-export-button")}</Button>
        ) : null}
        <Button variant="quiet" shortcut="Escape" onPress={back}>
          {message("receipts-back-button")}
        </Button>
      </ScreenHead>
      {receipts.isPending ? <Skeleton what={message("receipts-reading")} rows={8} /> : null}
      {receipts.isError ? (
        <Failed error={receipts.error} onRetry={() => void receipts.refetch()} />
      ) : null}
      {receipts.data && !hasRows ? <NoneYet /> : null}
      {receipts.data && hasRows ? <Body rows={matching(receipts.data.rows, typed)} /> : null}
      <ExportDay isOpen={isExporting} onClose={() => setExporting(false)} />
    </div>
  );
}

function sums({ sent, unsent, blocked }: Receipts): string {
  return message("receipts-sums", { sent, unsent, blocked });
}

function optionName(row: Receipt): string {
  const { result } = row;
  const time = catalogue.time(row.saved_at, "minutes");
  const values = { time, who: whoText(row), state: receiptMark(row.state).word };
  return result
    ? message("receipts-row", { ...values, result })
    : message("receipts-row-without-result", values);
}

function NoneYet() {
  return (
    <Empty title={message("receipts-none-yet-title")}>
      <p>{message("receipts-none-yet")}</p>
    </Empty>
  );
}

/** How many frames the options may take until they are drawn. */
const FRAMES_MAX = 30;

function Body({ rows }: { rows: Receipt[] }) {
  const [picked, setPicked] = useState<string | null>(null);
  const panes = useRef<HTMLDivElement>(null);
  const chosen = rows.find((row) => row.wrap_up_id === picked) ?? rows[0];

  // The options are drawn some steps after the list. The row that had the focus may also go, as when a
  // call was saved anew since the list was read last: then React Aria leaves focus on the list.
  const comesIn = useRef(true);
  const chosenId = chosen?.wrap_up_id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newly chosen row may lose the focus
  useEffect(() => {
    let frame = 0;
    let framesLeft = FRAMES_MAX;
    const check = () => {
      const { activeElement } = document;
      // Whoever is at the search field already stays there.
      if (activeElement?.matches("input")) {
        comesIn.current = false;
        return;
      }
      const option = panes.current?.querySelector<HTMLElement>("[role=option][aria-selected=true]");
      const isLost = activeElement?.contains(option ?? null) && activeElement !== document.body;
      framesLeft -= 1;
      if (option && (comesIn.current || isLost)) {
        comesIn.current = false;
        option.focus();
      } else if (framesLeft > 0) frame = requestAnimationFrame(check);
    };
    frame = requestAnimationFrame(check);
    return () => cancelAnimationFrame(frame);
  }, [chosenId]);

  if (!chosen) return <p className={styles.none}>{message("receipts-none-found")}</p>;
  return (
    <div ref={panes} className={styles.panes}>
      <Options
        aria-label={message("receipts-list")}
        className={styles.list}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        items={rows}
        selectedKeys={[chosen.wrap_up_id]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : [...keys];
          if (key !== undefined) setPicked(String(key));
        }}
      >
        {(row) => (
          <Option
            id={row.wrap_up_id}
            textValue={whoText(row)}
            aria-label={optionName(row)}
            className={cx(row.state === "blocked" && styles.blocked)}
          >
            <OptionLine className={styles.line}>
              <span className={styles.time}>{catalogue.time(row.saved_at, "minutes")}</span>
              <OptionName className={cx(styles.who, !row.who && styles.whoAbsent)}>
                {whoText(row)}
              </OptionName>
              <span className={styles.result}>
                {row.result ?? (row.kind === "skip" ? message("receipts-row-skipped") : "")}
              </span>
              <span className={styles.marks} data-whole="">
                {proofMarks(row).map((mark) => (
                  <Mark key={mark.word} {...mark} />
                ))}
              </span>
            </OptionLine>
            {row.state === "sent" ? null : (
              <OptionMore className={styles.sentence}>
                <Sentence text={row.sentence} />
              </OptionMore>
            )}
          </Option>
        )}
      </Options>
      <Part key={chosen.wrap_up_id} name={message("receipts-part")}>
        <ReceiptDetail receipt={chosen} />
      </Part>
    </div>
  );
}
