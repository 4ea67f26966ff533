import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ReportRow } from "../../generated/ReportRow";
import { AtWork, draw, pass } from "../../testing/draw";
import { button } from "../../testing/met";
import { aQueue, aReport, aReportRow, aSettingsView } from "../../testing/snapshots";
import { OpenQueueProvider } from "../queue/open-queue";
import { CardPane } from "./CardPane";

const sequence = (id: string, callable_now: number): ReportRow =>
  aReportRow({ scope: { kind: "sequence", id }, name: `Sequence ${id}`, callable_now });

/** The queue of sequence a, in which nobody is left. */
async function done(sequences: ReportRow[]) {
  return draw(
    <AtWork>
      <OpenQueueProvider
        queue={aQueue({
          scope: { kind: "sequence", id: "a" },
          selected: null,
          rows: 0,
          finished: 3,
        })}
      >
        <CardPane />
      </OpenQueueProvider>
    </AtWork>,
    {
      settings_get: () => aSettingsView(),
      report_get: () => aReport({ sequences, today: "3 calls logged today" }),
      queue_open: () => aQueue(),
      queue_close: () => null,
    },
  );
}

describe("a finished queue", () => {
  it("says what the day has come to, and Enter goes on with the next sequence", async () => {
    const { user, core } = await done([sequence("a", 9), sequence("b", 4), sequence("c", 2)]);
    expect(screen.getByText("3 calls logged today")).toBeTruthy();
    expect(document.activeElement).toBe(button("Go on with Sequence b (4 callable now)"));
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("queue_open")).toEqual([{ scope: { kind: "sequence", id: "b" } }]);
  });

  it("leads back to Today where nobody else can be called now", async () => {
    const { user, core } = await done([sequence("a", 0), sequence("b", 0)]);
    expect(document.activeElement).toBe(button("Back to Today"));
    await user.keyboard("{Enter}");
    await pass();
    expect(core.given("queue_close")).toHaveLength(1);
    expect(core.given("queue_open")).toEqual([]);
  });
});
