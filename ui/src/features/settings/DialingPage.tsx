import { useState } from "react";
import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { Refusal } from "../../components/Text";
import { PageActs } from "./PageActs";
import type { PageProps } from "./page";
import { SavedField } from "./SavedField";
import { useSaveSettings } from "./use-settings";

export function DialingPage({ view }: PageProps) {
  const { save, problemOf, isSaved } = useSaveSettings(view.settings);
  const [notNumber, setNotNumber] = useState(false);
  const test = useCommand("dial_test");
  const announce = useAnnounce();
  return (
    <>
      <SavedField
        label="Phone app link"
        value={view.settings.dial_template}
        fixed
        help={
          <>
            <code>{"tel:{e164}"}</code> opens this computer’s phone app. Another app’s link may be
            used with <code>{"{e164}"}</code> (+12025550143) or <code>{"{digits}"}</code>{" "}
            (12025550143). The number is also put on the clipboard.
          </>
        }
        problem={problemOf("dial_template")}
        isSaved={isSaved("dial_template")}
        onSave={(value) => save("dial_template", { dial_template: value })}
      />
      <PageActs>
        <Button
          isPending={test.isPending}
          onPress={() =>
            test.mutate(NO_ARGS, { onSuccess: () => announce("Test number handed over") })
          }
        >
          Test dial
        </Button>
      </PageActs>
      <div role="status">
        {test.isSuccess ? (
          <p>
            The test number was handed over. If no phone app opened, choose one for phone links in
            this computer’s settings.
          </p>
        ) : null}
      </div>
      {test.isError ? (
        <Refusal>
          {test.error.problem.message} {test.error.problem.hint ?? ""}
        </Refusal>
      ) : null}
      <SavedField
        label="Numbers that are never called"
        value={view.settings.destinations.forbidden.join(", ")}
        fixed
        help={
          <>
            How they begin, with commas between: <code>+1900, +979</code>. The longest beginning
            that fits a number counts.
          </>
        }
        problem={problemOf("forbidden")}
        isSaved={isSaved("forbidden")}
        onSave={(value) =>
          save("forbidden", {
            destinations: { ...view.settings.destinations, forbidden: beginnings(value) },
          })
        }
      />
      <SavedField
        label="Numbers that are called without a question"
        value={view.settings.destinations.allowed.join(", ")}
        fixed
        help={
          <>
            Premium-rate, shared-cost, personal and satellite numbers ask before they are dialed,
            unless they begin like this: <code>+4484</code>.
          </>
        }
        problem={problemOf("allowed")}
        isSaved={isSaved("allowed")}
        onSave={(value) =>
          save("allowed", {
            destinations: { ...view.settings.destinations, allowed: beginnings(value) },
          })
        }
      />
      <SavedField
        label="Undo time in seconds"
        value={String(view.settings.undo_s)}
        help={
          <>
            For so long <b>Save and next</b> can be undone, and nothing of the call is sent. 0 to
            60; 0 sends at once.
          </>
        }
        problem={notNumber ? "A whole number of seconds, please." : problemOf("undo_s")}
        isSaved={isSaved("undo_s")}
        onSave={(value) => {
          const isNumber = /^\d{1,5}$/.test(value);
          setNotNumber(!isNumber);
          if (isNumber) save("undo_s", { undo_s: Number(value) });
        }}
      />
    </>
  );
}

/** "+1900, +979" as the core takes it. */
function beginnings(typed: string): string[] {
  return typed
    .split(/[,;\n]/)
    .map((start) => start.trim())
    .filter((start) => start !== "");
}
