import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { refusal } from "../../testing/core";
import { AtWork, draw, pass } from "../../testing/draw";
import { button } from "../../testing/met";
import { aCard, aQueue, aStatus } from "../../testing/snapshots";
import { OpenQueueProvider } from "./open-queue";
import { QueueList } from "./QueueList";

it("says that rows could not be read, and reads them when asked to", async () => {
  let works = false;
  const { core, user } = await draw(
    <AtWork>
      <OpenQueueProvider queue={aQueue({ rows: 1 })}>
        <QueueList />
      </OpenQueueProvider>
    </AtWork>,
    {
      status_get: () => aStatus(),
      card_get: () => aCard(),
      queue_rows_get: () => {
        if (!works) throw refusal({ message: "The list could not be read." });
        return { rows: [], matching: 0 };
      },
      queue_place_get: () => ({ place: null }),
    },
  );
  await pass();
  expect(screen.getByRole("alert").textContent).toContain("The list could not be read.");
  works = true;
  await user.click(button("Try again"));
  await pass();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(core.given("queue_rows_get").length).toBeGreaterThan(1);
});
