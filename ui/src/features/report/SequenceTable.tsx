import { useEffect, useRef } from "react";
import { Cell, Column, Row, Table, TableBody, TableHeader } from "react-aria-components";
import { Mark, type Meaning, type Shape } from "../../components/Mark";
import { count } from "../../components/time";
import type { QueueScope } from "../../generated/QueueScope";
import type { ReportRow } from "../../generated/ReportRow";
import type { SequenceReport } from "../../generated/SequenceReport";
import type { SequenceState } from "../../generated/SequenceState";

const STATES: Record<SequenceState, { shape: Shape; meaning: Meaning; word: string } | null> = {
  active: { shape: "full", meaning: "good", word: "Active" },
  paused: { shape: "half", meaning: "waits", word: "Paused" },
  archived: { shape: "dash", meaning: "closed", word: "Archived" },
  unknown: null,
};

interface Line extends ReportRow {
  id: string;
  fixed: boolean;
}

function lineId(scope: QueueScope): string {
  return scope.kind === "sequence" ? scope.id : scope.kind;
}

function linesOf(report: SequenceReport, wish: string): Line[] {
  const typed = wish.trim().toLowerCase();
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
      className={`cell cell-number ${value === 0 ? "is-zero" : ""} ${strong ? "is-strong" : ""}`}
    >
      {count(value)}
    </Cell>
  );
}

interface Props {
  report: SequenceReport;
  wish: string;
  onOpen: (scope: QueueScope) => void;
}

export function SequenceTable({ report, wish, onOpen }: Props) {
  const lines = linesOf(report, wish);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // The obvious next act is to start, so Enter must land on a row. The rows are drawn a step later.
    const wait = requestAnimationFrame(() => {
      if (document.activeElement && document.activeElement !== document.body) return;
      place.current?.querySelector<HTMLElement>("tbody [role=row]")?.focus();
    });
    return () => cancelAnimationFrame(wait);
  }, []);

  return (
    <div className="report-table" ref={place}>
      <Table
        aria-label="Sequences"
        className="table"
        onRowAction={(key) => {
          const line = lines.find((other) => other.id === key);
          if (line) onOpen(line.scope);
        }}
      >
        <TableHeader>
          <Column className="column" isRowHeader>
            Sequence
          </Column>
          <Column className="column column-number">Open</Column>
          <Column className="column column-number">Due today</Column>
          <Column className="column column-number">Overdue</Column>
          <Column className="column column-number">Callable now</Column>
          <Column className="column column-number">Closing soon</Column>
          <Column className="column column-number">Steps</Column>
          <Column className="column">Owner</Column>
          <Column className="column">State</Column>
        </TableHeader>
        <TableBody items={lines} dependencies={[lines]}>
          {(line) => {
            const state = STATES[line.state];
            return (
              <Row
                id={line.id}
                className={`row ${line.fixed ? "row-fixed" : ""}`}
                textValue={line.name}
              >
                <Cell className="cell cell-name">
                  <bdi>{line.name}</bdi>
                  <span className="keys row-enter" aria-hidden="true">
                    ↵ start
                  </span>
                </Cell>
                <NumberCell value={line.open} />
                <NumberCell value={line.due_today} />
                <NumberCell value={line.overdue} />
                <NumberCell value={line.callable_now} strong />
                <NumberCell value={line.closing_soon} />
                <Cell className="cell cell-number quiet">{line.step_count ?? "–"}</Cell>
                <Cell className="cell cell-owner quiet">{line.owner ?? "–"}</Cell>
                <Cell className="cell">{state ? <Mark {...state} /> : "–"}</Cell>
              </Row>
            );
          }}
        </TableBody>
      </Table>
      {wish.trim() !== "" && lines.length === 2 ? (
        <p className="report-none" role="status">
          No sequence of that name or owner.
        </p>
      ) : null}
    </div>
  );
}
