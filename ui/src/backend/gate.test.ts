import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Backend, CommandName } from "./backend";
import { AGAIN_MS, gated, isRead } from "./gate";

interface Sent {
  command: string;
  answer: (value: unknown) => Promise<void>;
  refuse: () => Promise<void>;
}

describe("the gate", () => {
  let nowMs = 0;
  let sent: Sent[] = [];
  let window: Backend;
  const commands = () => sent.map((one) => one.command);
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

  beforeEach(() => {
    nowMs = 0;
    sent = [];
    const core = {
      call: (name: CommandName, args: unknown) =>
        new Promise((resolve, reject) => {
          sent.push({
            command: `${name} ${JSON.stringify(args)}`,
            answer: (value) => {
              resolve(value);
              return settled();
            },
            refuse: () => {
              reject(new Error("refused"));
              return settled();
            },
          });
        }),
      subscribe: vi.fn(),
    } as unknown as Backend;
    window = gated(core, () => nowMs);
  });

  const choose = (user_id: string) => window.call("rep_choose", { user_id });

  it("sends Enter twice as one command, and both get its answer", async () => {
    const twice = [choose("a"), choose("a")];
    expect(commands()).toEqual(['rep_choose {"user_id":"a"}']);
    await sent[0]?.answer("status");
    expect(await Promise.all(twice)).toEqual(["status", "status"]);
  });

  it("keeps what was given, which may be the key, no longer than a second Enter takes", async () => {
    vi.useFakeTimers();
    try {
      void choose("a");
      void sent[0]?.answer("status");
      await vi.advanceTimersByTimeAsync(AGAIN_MS);
      // By the gate's own clock no time has passed, so only a stored command could hold it back.
      void choose("a");
      expect(sent).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("sends nothing for a second Enter before the screen has gone", async () => {
    void choose("a");
    await sent[0]?.answer("status");
    nowMs += AGAIN_MS - 1;
    expect(await choose("a")).toBe("status");
    expect(sent).toHaveLength(1);
    nowMs += 1;
    void choose("a");
    expect(sent).toHaveLength(2);
  });

  it("holds back nothing that differs", () => {
    void choose("a");
    void choose("b");
    void choose("a");
    expect(commands()).toHaveLength(3);
  });

  it("tries anew what was refused", async () => {
    choose("a").catch(() => undefined);
    await sent[0]?.refuse();
    void choose("a");
    expect(sent).toHaveLength(2);
  });

  it("does not take a save after an undo for the save before it", async () => {
    const save = () =>
      window.call("task_skip", { task_id: "t", reason: "other", note: "" }) as Promise<unknown>;
    void save();
    await sent[0]?.answer({ wrap_up_id: "w" });
    void window.call("wrap_up_undo", { wrap_up_id: "w" });
    await sent[1]?.answer("card");
    void save();
    expect(sent).toHaveLength(3);
  });

  it("shows a window again, which may have been closed meanwhile", async () => {
    void window.call("window_settings", {});
    await sent[0]?.answer(null);
    void window.call("window_settings", {});
    expect(sent).toHaveLength(2);
  });

  it("never answers a read with an older one", () => {
    void window.call("card_get", { task_id: "t" });
    void window.call("card_get", { task_id: "t" });
    void window.call("receipt_content", { wrap_up_id: "w" });
    void window.call("receipt_content", { wrap_up_id: "w" });
    expect(sent).toHaveLength(4);
  });
});

/** Every source of the windows, but for the tests and what only they use. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\.test\.tsx?$|\/(generated|testing)\//.test(path.replaceAll("\\", "/")));
}

describe("every window", () => {
  const src = join(import.meta.dirname, "..");
  const found = (wanted: RegExp) =>
    sources(src)
      .filter((path) => wanted.test(readFileSync(path, "utf8")))
      .map((path) => path.slice(src.length + 1));

  it("speaks to the core through the gate, and through nothing else", () => {
    expect(found(/\bgated\(/)).toEqual(["backend/gate.ts", "backend/start.tsx"]);
    expect(found(/from "[./\w]*\/open"/)).toEqual(["backend/start.tsx"]);
    expect(found(/@tauri-apps\/api\/core|\bfetch\(/).sort()).toEqual([
      "backend/loopback.ts",
      "backend/tauri.ts",
    ]);
  });

  it("is made of nothing that only tests use", () => {
    expect(found(/from "[./\w-]*\/testing\/|@testing-library|from "vitest"/)).toEqual([]);
  });

  it("gives commands with useCommand, which cannot be told to read", () => {
    expect(found(/\buseMutation\b/)).toEqual(["backend/snapshots.ts"]);
    expect(isRead("rep_choose")).toBe(false);
    expect(isRead("status_get")).toBe(true);
  });
});
