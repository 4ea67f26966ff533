/** The left pane: the open queue, drawn only as far as it is in sight. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Search } from "../../components/Field";
import { remPx } from "../../components/rem";
import { Sentence } from "../../components/Sentence";
import type { Queue } from "../../generated/Queue";
import { message } from "../../text/text";
import { useAction } from "../keys/KeysProvider";
import { useViews } from "../main-window/views";
import { useOpenQueue } from "./open-queue";
import { usePages } from "./pages";
import { isDone, QueueOption, UnreadOption } from "./QueueOption";
import styles from "./QueueList.module.css";

const ROW_REM = 3;
const DONE_ROW_REM = 1.75;
const OVERSCAN = 12;

/** Rows from one place to another. */
type Range = readonly [number, number];

const FIRST_RANGE: Range = [0, OVERSCAN];

export function QueueList() {
  const { queue, selected, selectedNow, select, saving, focus } = useOpenQueue();
  const { back } = useViews();
  const [query, setQuery] = useState("");
  const [range, setRange] = useState(FIRST_RANGE);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const trail = useRef<string[]>([]);
  /** Where the rep goes, until the row there is read. */
  const going = useRef<number | null>(null);

  const rowPx = ROW_REM * remPx();
  const doneRowPx = DONE_ROW_REM * remPx();
  const meant = useMemo(() => ({ queue: queue.number, text: query.trim() }), [queue.number, query]);
  const pages = usePages(meant, selected, range);
  const total = query.trim() ? pages.matching : queue.rows;
  const place = pages.place ?? -1;
  const virtualizer = useVirtualizer({
    count: total ?? 0,
    getScrollElement: () => list.current,
    estimateSize: (index) => {
      const row = pages.row(index);
      return row && (isDone(row) || row.task_id === saving) ? doneRowPx : rowPx;
    },
    overscan: OVERSCAN,
    onChange: ({ range, options }) => {
      if (!range) return;
      const from = Math.max(0, range.startIndex - OVERSCAN);
      const to = Math.min(options.count - 1, range.endIndex + OVERSCAN);
      setRange((known) => (known[0] === from && known[1] === to ? known : [from, to]));
    },
  });

  // Finished rows are lower, so the sizes are measured anew when rows or their states change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are what changes the sizes
  useEffect(() => virtualizer.measure(), [virtualizer, pages.version, saving]);
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

  const goTo = (to: number) => {
    const at = Math.max(0, Math.min((total ?? 0) - 1, to));
    const row = pages.row(at);
    going.current = at;
    if (row) {
      select(row.task_id);
      return;
    }
    const before = selectedNow();
    const isStill = () => going.current === at && selectedNow() === before;
    pages
      .read(at)
      .then((read) => {
        if (read && isStill()) select(read.task_id);
      })
      // The list says what could not be read once it is in sight.
      .catch(() => {
        if (isStill()) going.current = null;
      });
  };
  /** Where a step begins: where the last step led to, although that may not be drawn yet. */
  const from = () => {
    if (going.current === null) return place;
    const row = pages.row(going.current);
    return !row || row.task_id === selectedNow() ? going.current : place;
  };
  const choose = useCallback(
    (taskId: string) => {
      going.current = null;
      select(taskId);
    },
    [select],
  );
  const page = () => Math.max(1, Math.floor((list.current?.clientHeight ?? rowPx) / rowPx) - 1);

  /** Leaves a card that will not be drawn any more, so that focus is not lost with it. */
  const leaveCard = () => {
    const pane = list.current?.closest("section");
    if (!pane?.contains(document.activeElement)) list.current?.focus();
  };

  useAction("down", () => {
    leaveCard();
    goTo(from() + 1);
  });
  useAction("up", () => {
    leaveCard();
    goTo(from() < 0 ? 0 : from() - 1);
  });
  useAction("previous", () => {
    leaveCard();
    const before = trail.current.at(-2);
    if (before) {
      trail.current = trail.current.slice(0, -2);
      select(before);
    } else goTo(from() - 1);
  });
  useAction("search", () => search.current?.focus());
  useAction("back", () => {
    // From a text field, Esc first leads back to the list; the text stays.
    if (document.activeElement?.matches("input, textarea")) list.current?.focus();
    else back();
  });

  const moveFor = (key: string): number | null => {
    switch (key) {
      case "ArrowDown":
        return from() + 1;
      case "ArrowUp":
        return from() - 1;
      case "Home":
        return 0;
      case "End":
        return (total ?? 0) - 1;
      case "PageDown":
        return from() + page();
      case "PageUp":
        return from() - page();
      default:
        return null;
    }
  };

  return (
    <section className={styles.list} aria-label={message("queue-pane")}>
      <div className={styles.head}>
        <div className={styles.titleLine}>
          <h1 className={styles.title} title={queue.title}>
            {queue.title}
          </h1>
          <span className={styles.count}>{progressText(queue)}</span>
        </div>
        <Search
          label={message("queue-search")}
          placeholder={message("queue-search")}
          shortcut="/"
          inputRef={search}
          value={query}
          onChange={setQuery}
          onSubmit={() => {
            goTo(0);
            list.current?.focus();
          }}
        />
      </div>
      <div
        ref={(element) => {
          list.current = element;
          focus.setList(element);
        }}
        role="listbox"
        aria-label={message("queue-list")}
        tabIndex={0}
        className={styles.rows}
        {...(place >= 0 && selected ? { "aria-activedescendant": `task-${selected}` } : {})}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const move = moveFor(event.key);
          if (move === null) return;
          event.preventDefault();
          goTo(move);
        }}
      >
        <div style={{ height: virtualizer.getTotalSize() }} className={styles.space} role="none">
          {virtualizer.getVirtualItems().map((item) => {
            const row = pages.row(item.index);
            const at = { top: item.start, height: item.size, place: item.index + 1 };
            return row ? (
              <QueueOption
                key={item.key}
                row={row}
                {...at}
                total={total ?? 0}
                isSelected={row.task_id === selected}
                isSaving={row.task_id === saving}
                onSelect={choose}
              />
            ) : (
              <UnreadOption key={item.key} {...at} total={total ?? 0} />
            );
          })}
        </div>
        {total === 0 ? <p className={styles.none}>{noneText(queue, query)}</p> : null}
      </div>
      {pages.failed ? (
        <div className={styles.foot} role="alert">
          <Sentence text={pages.failed.error.problem.message} />{" "}
          <Button variant="inline" onPress={pages.failed.retry}>
            {message("queue-try-again-button")}
          </Button>
        </div>
      ) : null}
      {queue.missing ? (
        <p className={styles.foot} role="status">
          {queue.missing}
        </p>
      ) : null}
      <p className={styles.foot} role="status">
        {parkedText(queue)}
      </p>
    </section>
  );
}

function noneText(queue: Queue, query: string): string {
  if (query.trim()) return message("queue-no-match");
  return message(queue.missing || queue.loading ? "queue-not-read" : "queue-nobody-due");
}

function progressText({ finished, total, loading }: Queue): string {
  return message(loading ? "queue-progress-loading" : "queue-progress", { finished, total });
}

function parkedText({ parked, next_opens: opens }: Queue): string {
  if (parked === 0) return message("queue-nobody-outside-hours");
  return opens
    ? message("queue-outside-hours-until", { count: parked, time: opens })
    : message("queue-outside-hours", { count: parked });
}
