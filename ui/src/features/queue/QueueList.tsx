/** The left pane: the open queue, drawn only as far as it is in sight. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { Search } from "../../components/Field";
import { remPx } from "../../components/rem";
import { count } from "../../components/time";
import type { Queue } from "../../generated/Queue";
import type { QueueRow } from "../../generated/QueueRow";
import { useAction } from "../keys/KeysProvider";
import { useViews } from "../main-window/views";
import { useOpenQueue } from "./open-queue";
import { isDone, QueueOption } from "./QueueOption";

const ROW_REM = 3;
const DONE_ROW_REM = 1.75;
const OVERSCAN = 12;

function matches(row: QueueRow, wish: string): boolean {
  const typed = wish.trim().toLowerCase();
  return (
    typed === "" ||
    [row.name, row.title, row.company].some((text) => text?.toLowerCase().includes(typed))
  );
}

export function QueueList() {
  const { queue, selected, select, saving } = useOpenQueue();
  const { back } = useViews();
  const [wish, setWish] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const trail = useRef<string[]>([]);

  const rowPx = ROW_REM * remPx();
  const doneRowPx = DONE_ROW_REM * remPx();
  const rows = useMemo(() => queue.rows.filter((row) => matches(row, wish)), [queue.rows, wish]);
  const place = rows.findIndex((row) => row.task_id === selected);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row && (isDone(row) || row.task_id === saving) ? doneRowPx : rowPx;
    },
    getItemKey: (index) => rows[index]?.task_id ?? index,
    overscan: OVERSCAN,
  });

  // Finished rows are lower, so the sizes are told anew when rows or their states change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are what changes the sizes
  useEffect(() => virtualizer.measure(), [virtualizer, rows, saving]);
  // The list gets shorter while a line is shown below it; the selected row stays in sight.
  const height = virtualizer.scrollRect?.height;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what hides a row
  useEffect(() => {
    if (place >= 0) virtualizer.scrollToIndex(place, { align: "auto" });
  }, [virtualizer, place, height]);

  useEffect(() => {
    if (selected && trail.current.at(-1) !== selected) {
      trail.current = [...trail.current.slice(-50), selected];
    }
  }, [selected]);

  const goTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row) select(row.task_id);
  };
  const page = () => Math.max(1, Math.floor((list.current?.clientHeight ?? rowPx) / rowPx) - 1);

  /** Away from a card that will not be drawn any more, so that focus is not lost with it. */
  const leaveCard = () => {
    const pane = list.current?.closest("section");
    if (!pane?.contains(document.activeElement)) list.current?.focus();
  };

  useAction("down", () => {
    leaveCard();
    goTo(place + 1);
  });
  useAction("up", () => {
    leaveCard();
    goTo(place < 0 ? 0 : place - 1);
  });
  useAction("previous", () => {
    leaveCard();
    const before = trail.current.at(-2);
    if (before) {
      trail.current = trail.current.slice(0, -2);
      select(before);
    } else goTo(place - 1);
  });
  useAction("search", () => search.current?.focus());
  useAction("back", () => {
    // From a text field, Esc first leads back to the list; the words stay.
    if (document.activeElement?.matches("input, textarea")) list.current?.focus();
    else back();
  });

  const moveFor = (key: string): number | null => {
    switch (key) {
      case "ArrowDown":
        return place + 1;
      case "ArrowUp":
        return place - 1;
      case "Home":
        return 0;
      case "End":
        return rows.length - 1;
      case "PageDown":
        return place + page();
      case "PageUp":
        return place - page();
      default:
        return null;
    }
  };

  return (
    <section className="queue-list" aria-label="Queue list">
      <div className="queue-head">
        <div className="queue-title-line">
          <h1 className="queue-title" title={queue.title}>
            {queue.title}
          </h1>
          <span className="queue-count">{progressWords(queue)}</span>
        </div>
        <Search
          label="Search queue"
          placeholder="Search queue"
          shortcut="/"
          inputRef={search}
          value={wish}
          onChange={setWish}
          onSubmit={() => {
            goTo(0);
            list.current?.focus();
          }}
        />
      </div>
      <div
        ref={list}
        role="listbox"
        aria-label="Queue"
        tabIndex={0}
        className="queue-rows"
        {...(place >= 0 && selected ? { "aria-activedescendant": `task-${selected}` } : {})}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const move = moveFor(event.key);
          if (move === null) return;
          event.preventDefault();
          goTo(move);
        }}
      >
        <div
          style={{ height: virtualizer.getTotalSize() }}
          className="queue-rows-space"
          role="none"
        >
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row ? (
              <QueueOption
                key={item.key}
                row={row}
                top={item.start}
                height={item.size}
                place={item.index + 1}
                total={rows.length}
                isSelected={row.task_id === selected}
                isSaving={row.task_id === saving}
                onSelect={select}
              />
            ) : null;
          })}
        </div>
        {rows.length === 0 ? <p className="queue-none">{noneWords(queue, wish)}</p> : null}
      </div>
      {queue.missing ? (
        <p className="queue-foot queue-missing" role="status">
          {queue.missing}
        </p>
      ) : null}
      <p className="queue-foot" role="status">
        {queue.parked > 0
          ? `${count(queue.parked)} outside calling hours${queue.next_opens ? `, next opens ${queue.next_opens}` : ""}`
          : "Nobody is outside calling hours"}
      </p>
    </section>
  );
}

function noneWords(queue: Queue, wish: string): string {
  if (wish.trim()) return "Nobody in this queue matches.";
  return queue.missing || queue.loading ? "Not read yet." : "Nobody is due here.";
}

function progressWords(queue: Queue): string {
  const total = count(queue.total);
  return `${count(queue.finished)} of ${total} done${queue.loading ? " (still loading)" : ""}`;
}
