import { useEffect, useRef } from "react";
import { Cell, Column, Row, Table, TableBody, TableHeader } from "react-aria-components";
import { cx } from "../../components/cx";
import { KeyCap } from "../../components/Keys";
import { Mark, type Meaning, type Shape } from "../../components/Mark";
import type { Messages } from "../../generated/messages";
import type { QueueScope } from "../../generated/QueueScope";
import type { ReportRow } from "../../generated/ReportRow";
import type { SequenceReport } from "../../generated/SequenceReport";
import type { SequenceState } from "../../generated/SequenceState";
import { catalogue, message } from "../../text/text";
import styles from "./SequenceTable.module.css";

const STATES = {
  active: { shape: "full", meaning: "good", word: "report-state-active" },
  paused: { shape: "half", meaning: "waits", word: "report-state-paused" },
  archived: { shape: "dash", meaning: "closed", word: "report-state-archived" },
  unknown: null,
} as const satisfies Record<
  SequenceState,
  { shape: Shape; meaning: Meaning; word: keyof Messages } | null
>;

interface Line extends ReportRow {
  id: string;
  fixed: boolean;
}

function lineId(scope: QueueScope): string {
  return scope.kind === "sequence" ? scope.id : scope.kind;
}

function linesOf(report: SequenceReport, query: string): Line[] {
  const typed = query.trim().toLowerCase();
  const wanted = (row: ReportRow) =>
    row.name.toLowerCase().includes(typed) || (row.owner ?? "").toLowerCase().includes(typed);
  const line = (row: ReportRow, fixed: boolean): Line => ({ ...row, id: lineId(row.scope), fixed });
  return [
    line(report.all, true),
    line(report.without_sequence, true),
    ...report.sequences.filter(wanted).map((row) => line(row, false)),
  ];
}

function NumberCell({ value, strong }: { value: number; strong?: boolean }) {
  return (
    <Cell
      className={cx(
        styles.cell,
        styles.number,
        value === 0 ? styles.zero : strong && styles.strong,
      )}
    >
      {catalogue.number(value)}
    </Cell>
  );
}

interface Props {
  report: SequenceReport;
  query: string;
  onOpen: (scope: QueueScope) => void;
}

export function SequenceTable({ report, query, onOpen }: Props) {
  const lines = linesOf(report, query);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // The obvious next action is to start, so Enter must land on a row. Rows are drawn later.
    const wait = requestAnimationFrame(() => {
      if (document.activeElement && document.activeElement !== document.body) return;
      place.current?.querySelector<HTMLElement>("tbody [role=row]")?.focus();
    });
    return () => cancelAnimationFrame(wait);
  }, []);

  return (
    <div className={styles.place} ref={place}>
      <Table
        aria-label={message("report-table-name")}
        className={styles.table}
        onRowAction={(key) => {
          const line = lines.find((other) => other.id === key);
          if (line) onOpen(line.scope);
        }}
      >
        <TableHeader>
          <Column className={styles.column} isRowHeader>
            {message("report-column-sequence")}
          </Column>
          <Column className={cx(styles.column, styles.columnNumber)}>
            {message("report-column-open")}
          </Column>
          <Column className={cx(styles.column, styles.columnNumber)}>
            {message("report-column-due-today")}
          </Column>
          <Column className={cx(styles.column, styles.columnNumber)}>
            {message("report-column-overdue")}
          </Column>
          <Column className={cx(styles.column, styles.columnNumber)}>
            {message("report-column-callable-now")}
          </Column>
          <Column className={cx(styles.column, styles.columnNumber)}>
            {message("report-column-closing-soon")}
          </Column>
          <Column className={cx(styles.column, styles.columnNumber)}>
            {message("report-column-steps")}
          </Column>
          <Column className={styles.column}>{message("report-column-owner")}</Column>
          <Column className={styles.column}>{message("report-column-state")}</Column>
        </TableHeader>
        <TableBody items={lines} dependencies={[lines]}>
          {(line) => {
            const state = STATES[line.state];
            return (
              <Row
                id={line.id}
                className={cx(styles.row, line.fixed && styles.rowFixed)}
                textValue={line.name}
              >
                <Cell className={cx(styles.cell, styles.name)}>
                  <bdi>{line.name}</bdi>
                  <KeyCap className={styles.enter}>{message("report-start-key")}</KeyCap>
                </Cell>
                <NumberCell value={line.open} />
                <NumberCell value={line.due_today} />
                <NumberCell value={line.overdue} />
                <NumberCell value={line.callable_now} strong />
                <NumberCell value={line.closing_soon} />
                <Cell className={cx(styles.cell, styles.number, styles.quiet)}>
                  {line.step_count === null ? "–" : catalogue.number(line.step_count)}
                </Cell>
                <Cell className={cx(styles.cell, styles.owner, styles.quiet)}>
                  {line.owner ?? "–"}
                </Cell>
                <Cell className={styles.cell}>
                  {state ? <Mark {...state} word={message(state.word)} /> : "–"}
                </Cell>
              </Row>
            );
          }}
        </TableBody>
      </Table>
      {query.trim() !== "" && lines.length === 2 ? (
        <p className={styles.none} role="status">
          {message("report-no-match")}
        </p>
      ) : null}
    </div>
  );
}
