import { getLocalTimeZone, resetLocalTimeZone } from "@internationalized/date";
import { afterEach, expect, it } from "vitest";
import { clockText, momentAfter, momentNear } from "../components/time";
import { dayAndTime } from "../features/wrap-up/callback-times";
import type { Backend } from "./backend";
import { inOwnZone, zoneFirst } from "./own-zone";

afterEach(() => resetLocalTimeZone());

function coreIn(zone: string): Backend {
  return {
    call: () => Promise.resolve({ zone } as never),
    subscribe: () => Promise.resolve(() => undefined),
  };
}

it("the zone is the one that the core names, whatever the browser assumes", async () => {
  for (const zone of ["Asia/Tokyo", "America/Los_Angeles"]) {
    await inOwnZone(coreIn(zone)).call("status_get", {});
    expect(getLocalTimeZone()).toBe(zone);
  }
});

it("the zone is the browser's own where the browser does not know the core's", async () => {
  const before = getLocalTimeZone();
  await inOwnZone(coreIn("Mars/Olympus")).call("status_get", {});
  expect(getLocalTimeZone()).toBe(before);
  expect(clockText("2026-11-25T14:05:30.000Z")).toMatch(/^\d\d:\d\d:30$/);
});

it("every time that a window shows or reads is in that zone", async () => {
  await inOwnZone(coreIn("Asia/Tokyo")).call("status_get", {});
  const call = "2026-11-25T14:05:30.000Z";
  expect(clockText(call)).toBe("23:05:30");
  expect(dayAndTime(call)).toBe("Wed 25 Nov, 23:05");
  expect(momentNear("23:02:10", call)).toBe("2026-11-25T14:02:10.000Z");
  // After midnight there is still the same day in UTC.
  expect(momentNear("00:01", call)).toBe("2026-11-25T15:01:00.000Z");
  expect(momentAfter("22:00", call)).toBe("2026-11-26T13:00:00.000Z");
});

it("the zone is known before any other command is given, and a status that cannot be read holds nothing up", async () => {
  const asked: string[] = [];
  let answer: () => void = () => undefined;
  let fail: () => void = () => undefined;
  const window = () =>
    zoneFirst(
      inOwnZone({
        call: (name) => {
          asked.push(name);
          if (name !== "status_get") return Promise.resolve(null as never);
          return new Promise((resolve, reject) => {
            answer = () => resolve({ zone: "Asia/Tokyo" } as never);
            fail = () => reject(new Error("no status"));
          });
        },
        subscribe: () => Promise.resolve(() => undefined),
      }),
    );
  const turn = () => new Promise((resolve) => setTimeout(resolve));

  const first = window();
  const both = Promise.all([first.call("report_get", {}), first.call("budget_get", {})]);
  await turn();
  expect(asked).toEqual(["status_get"]);
  answer();
  await both;
  expect(asked).toEqual(["status_get", "report_get", "budget_get"]);
  expect(getLocalTimeZone()).toBe("Asia/Tokyo");

  asked.length = 0;
  const report = window().call("report_get", {});
  await turn();
  fail();
  await report;
  expect(asked).toEqual(["status_get", "report_get"]);
});
