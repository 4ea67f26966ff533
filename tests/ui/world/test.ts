/** The test of this folder: a core per test, and a page that reaches nothing but it. */
import { test as base, expect } from "@playwright/test";
import { Core } from "./core.ts";
import { Desk } from "./desk.ts";

export { expect };

export type Beginning =
  /** Nothing pasted yet. */
  | "welcome"
  /** A key is in the vault, nobody was chosen. */
  | "choose_rep"
  /** Work as Sam Dialer, who may call at any hour. */
  | "ready";

interface Options {
  beginning: Beginning;
  /** Seconds that a save can be undone; none where undo is not what a test is about. */
  undoS: number;
  /** A newer version of Handset that is announced. */
  newest: string | null;
}

interface World {
  core: Core;
  desk: Desk;
}

/** The rep's own zone, told to the core and to the browser. */
const ZONE = "America/New_York";
export const REP = "Sam Dialer";

/** A moment within a sentence, for a RegExp: "14:05", or "tomorrow 00:00" for a test of the evening. */
export const MOMENT = String.raw`(?:(?:yesterday|tomorrow) )?\d\d:\d\d`;

export const test = base.extend<Options & World>({
  beginning: ["ready", { option: true }],
  undoS: [0, { option: true }],
  newest: [null, { option: true }],
  timezoneId: ZONE,

  core: async ({ beginning, undoS, newest }, use) => {
    const core = await Core.start({ connected: beginning !== "welcome", zone: ZONE, newest });
    try {
      if (beginning === "ready") {
        await core.chooseRep(REP);
        await core.callAtAnyHour();
        await core.changeSettings({ undo_s: undoS });
      }
      await use(core);
    } finally {
      await core.stop();
    }
  },

  baseURL: async ({ core }, use) => use(core.url),

  context: async ({ context, core }, use, info) => {
    const foreign: string[] = [];
    const thrown: string[] = [];
    const caught: string[] = [];
    context.on("request", (request) => {
      if (new URL(request.url()).origin !== core.url) foreign.push(request.url());
    });
    context.on("weberror", (error) => thrown.push(String(error.error())));
    context.on("console", (message) => {
      // The browser itself writes one for each refused command.
      const isRefusal = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isRefusal) thrown.push(message.text());
      if (message.text().startsWith("caught: ")) caught.push(message.text());
    });
    await use(context);
    // Printed where the test failed: why a part of the window could not be drawn.
    if (caught.length > 0) {
      const body = caught.join("\n\n");
      await info.attach("parts that could not be drawn", { body, contentType: "text/plain" });
    }
    expect(foreign, "requests to anywhere but the core").toEqual([]);
    expect(thrown, "errors in the page").toEqual([]);
  },

  desk: async ({ page, core }, use) => use(new Desk(page, core)),
});
