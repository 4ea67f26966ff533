import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CallForm } from "../../generated/CallForm";
import type { CallFormArgs } from "../../generated/CallFormArgs";
import { DRAFT_DELAY_MS, DraftBook } from "./draft-book";

// The book does not look into a form.
const text = (note: string) => ({ note }) as CallForm;

describe("the draft book", () => {
  const sent: CallFormArgs[] = [];
  const refused = vi.fn();
  let answer: () => Promise<unknown> = () => Promise.resolve();
  let book: DraftBook;

  beforeEach(() => {
    vi.useFakeTimers();
    sent.length = 0;
    refused.mockClear();
    answer = () => Promise.resolve();
    book = new DraftBook((args) => {
      sent.push(args);
      return answer();
    }, refused);
  });
  afterEach(() => vi.useRealTimers());

  it("sends many keystrokes as one draft, in time", async () => {
    for (const note of ["a", "ab", "abc"]) book.write("t1", text(note));
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY_MS);
    expect(sent).toEqual([{ task_id: "t1", form: text("abc") }]);
  });

  it("is not put off for ever by somebody who never stops typing", async () => {
    for (let stroke = 0; stroke < 10; stroke++) {
      book.write("t1", text("x".repeat(stroke)));
      await vi.advanceTimersByTimeAsync(DRAFT_DELAY_MS / 4);
    }
    expect(sent.length).toBeGreaterThan(1);
  });

  it("sends at once when flushed, and only once", async () => {
    book.write("t1", text("words"));
    await book.flush("t1");
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY_MS * 2);
    expect(sent).toHaveLength(1);
  });

  it("keeps drafts of a task in the order they were typed", async () => {
    const gates: (() => void)[] = [];
    answer = () => new Promise<void>((resolve) => gates.push(resolve));
    book.write("t1", text("first"));
    void book.flush("t1");
    await vi.advanceTimersByTimeAsync(0);
    book.write("t1", text("second"));
    void book.flush("t1");
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map((args) => args.form.note)).toEqual(["first"]);
    gates[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map((args) => args.form.note)).toEqual(["first", "second"]);
  });

  it("does not wait for what is under way when the window goes", async () => {
    // No answer comes any more.
    answer = () => new Promise(() => undefined);
    book.write("t1", text("Half a"));
    void book.flush("t1");
    await vi.advanceTimersByTimeAsync(0);
    book.write("t1", text("Half a thought"));
    // The window loses the focus first, and then it goes.
    book.flushAll();
    book.leave();
    book.leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map((args) => args.form.note)).toEqual(["Half a", "Half a thought"]);
  });

  it("has the last text in the draft before the wrap-up is saved, and keeps it", async () => {
    book.write("t1", text("words"));
    await book.settle("t1");
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY_MS * 2);
    expect(sent.map((args) => args.form.note)).toEqual(["words"]);
    expect(book.read("t1")?.note).toBe("words");
  });

  it("leaves it to the wrap-up to say that the disk is full", async () => {
    answer = () => Promise.reject(new Error("full"));
    book.write("t1", text("words"));
    await book.settle("t1");
    expect(refused).not.toHaveBeenCalled();
    expect(book.read("t1")?.note).toBe("words");
  });

  it("drops the text only when told that it is on disk", () => {
    book.write("t1", text("words"));
    book.forget("t1");
    expect(book.read("t1")).toBeUndefined();
  });

  it("says when a draft was refused, and sends it with the next flush", async () => {
    answer = () => Promise.reject(new Error("full"));
    book.write("t1", text("words"));
    await book.flush("t1");
    expect(refused).toHaveBeenCalledOnce();
    answer = () => Promise.resolve();
    await book.flush("t1");
    expect(sent).toHaveLength(2);
  });

  it("sends no draft beside the wrap-up that takes its place, also when the window is left", async () => {
    book.write("t1", text("whole"));
    await book.handOver("t1");
    book.flushAll();
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY_MS * 2);
    expect(sent).toEqual([]);
    // It was refused: the text is a draft again.
    book.write("t1", text("whole"));
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY_MS * 2);
    expect(sent).toHaveLength(1);
  });
});
