/** One real core per test, in a process of its own, with a sandbox of Apollo behind it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Commands } from "../../../ui/src/generated/commands.ts";
import type { Problem } from "../../../ui/src/generated/Problem.ts";
import type { Queue } from "../../../ui/src/generated/Queue.ts";
import type { QueueRow } from "../../../ui/src/generated/QueueRow.ts";
import type { Settings } from "../../../ui/src/generated/Settings.ts";
import type { Catalogue } from "../../../ui/src/text/catalogue.ts";
import { wordedIn } from "../../../ui/src/text/wire.ts";
import { Apollo } from "./apollo.ts";
import { catalogueIn } from "./catalogue.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const PROGRAM = process.env["HANDSET_LOOPBACK_PROGRAM"] ?? resolve(ROOT, "target/debug/loopback");
const UI = process.env["HANDSET_UI_DIST"] ?? resolve(ROOT, "ui/dist-loopback");

/** How long a core may take until it serves, and a read until it is complete. */
const PATIENCE_MS = 30_000;
const CHECK_EVERY_MS = 50;

type CommandName = keyof Commands;
type Args<K extends CommandName> = Commands[K]["args"];
type Answer<K extends CommandName> = Commands[K]["answer"];

/** What the core asked of the computer. */
export interface Asked {
  what: "dial" | "copy" | "open_link" | "open_folder" | "show_settings" | "quit" | "restart";
  with: string;
}

interface FirstLine {
  url: string;
  apollo: {
    url: string;
    control_url: string;
    keys: Apollo["keys"];
    users: Apollo["users"];
  };
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

export class Core {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
    readonly apolloUrl: string,
    readonly apollo: Apollo,
    private readonly catalogue: Catalogue,
  ) {}

  static async start(options: {
    connected: boolean;
    zone: string;
    newest: string | null;
  }): Promise<Core> {
    for (const needed of [PROGRAM, join(UI, "index.html")]) {
      if (!existsSync(needed)) {
        throw new Error(`${needed} is missing: build it first (cargo xtask test ui does)`);
      }
    }
    // A killed process cannot tidy up, so its temporary files go into a folder of ours.
    const folder = await mkdtemp(join(tmpdir(), "handset-ui-"));
    const child = spawn(
      PROGRAM,
      [
        "--ui",
        UI,
        "--zone",
        options.zone,
        ...(options.connected ? ["--connected"] : []),
        ...(options.newest ? ["--newest", options.newest] : []),
      ],
      { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, TMPDIR: folder } },
    );
    const lines = createInterface({ input: child.stdout });
    const first = await Promise.race([
      once(lines, "line").then(([line]) => JSON.parse(String(line)) as FirstLine),
      once(child, "exit").then(([code]) => {
        throw new Error(`${PROGRAM} ended with ${code} before it served`);
      }),
    ]);
    const { control_url, keys, users, url: apolloUrl } = first.apollo;
    return new Core(
      child,
      folder,
      first.url,
      apolloUrl,
      new Apollo(control_url, keys, users),
      catalogueIn("en-GB", options.zone),
    );
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, "exit");
      this.child.kill("SIGKILL");
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Gives a command as a window would. */
  async command<K extends CommandName>(
    name: K,
    args: Args<K>,
    window: "main" | "settings" = "main",
  ): Promise<Answer<K>> {
    const reply = await fetch(`${this.url}/command/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ window, args }),
    });
    const body = wordedIn(await reply.json(), this.catalogue.word);
    if (!reply.ok) throw new ProblemError(body as Problem);
    return body as Answer<K>;
  }

  async askedOfHost(what?: Asked["what"]): Promise<Asked[]> {
    const reply = await fetch(`${this.url}/host`);
    const asked = (await reply.json()) as Asked[];
    return asked.filter((entry) => !what || entry.what === what);
  }

  /** The computer sleeps so many seconds; negative sets its clock back. */
  async sleep(seconds: number): Promise<void> {
    await fetch(`${this.url}/sleep/${seconds}`, { method: "POST" });
  }

  /** Numbers handed to the phone app. */
  async dialed(): Promise<string[]> {
    return (await this.askedOfHost("dial")).map((entry) => entry.with);
  }

  async changeSettings(change: Partial<Settings>): Promise<void> {
    const { settings } = await this.command("settings_get", {});
    await this.command("settings_put", { settings: { ...settings, ...change } }, "settings");
  }

  /** So that a test does not depend on the time of day at which it runs. */
  async callAtAnyHour(): Promise<void> {
    await this.changeSettings({
      calling_hours: { opens: "00:00", closes: "24:00", outside: "block" },
    });
  }

  /** Everybody is outside these hours, but for the minute after midnight where they are. */
  async callAtNoHour(outside: "block" | "ask"): Promise<void> {
    await this.changeSettings({ calling_hours: { opens: "00:00", closes: "00:01", outside } });
  }

  /** By name, or by email for who has none. */
  async chooseRep(who: string): Promise<void> {
    const user_id = this.apollo.userId(who);
    await until("people are read", async () => {
      const { users, loading } = await this.command("users_get", { email: null });
      return !loading && users.some((user) => user.user_id === user_id);
    });
    await this.command("rep_choose", { user_id });
  }

  async tasksAreRead(): Promise<void> {
    await until("the tasks are read", async () => {
      const { loading } = await this.command("report_get", {});
      return loading.state === "complete";
    });
  }

  /** The open queue, with all its tasks. */
  async queue(): Promise<Omit<Queue, "rows"> & { rows: QueueRow[] }> {
    await this.tasksAreRead();
    const { queue } = await this.command("queue_get", {});
    if (!queue) throw new Error("No queue is open");
    const search = { queue: queue.number, text: "" };
    const rows: QueueRow[] = [];
    while (rows.length < queue.rows) {
      const page = await this.command("queue_rows_get", { search, from: rows.length, count: 100 });
      if (page.rows.length === 0)
        throw new Error(`${queue.rows} rows, of which ${rows.length} came`);
      rows.push(...page.rows);
    }
    return { ...queue, rows };
  }

  /** A row of the open queue whose name nobody else there has. */
  async row(what: string, wanted: (row: QueueRow) => boolean): Promise<QueueRow> {
    const { rows } = await this.queue();
    const row = rows.find(
      (one) =>
        wanted(one) && rows.every((other) => other === one || !other.name.includes(one.name)),
    );
    if (!row) throw new Error(`Nobody in the queue is ${what}`);
    return row;
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
    await new Promise((next) => setTimeout(next, CHECK_EVERY_MS));
  }
}
