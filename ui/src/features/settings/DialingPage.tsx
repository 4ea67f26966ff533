import { useState } from "react";
import { NO_ARGS, useCommand } from "../../backend/snapshots";
import { useAnnounce } from "../../components/announce";
import { Button } from "../../components/Button";
import { Sentence } from "../../components/Sentence";
import { Refusal } from "../../components/Text";
import { Message, message } from "../../text/text";
import { PageActions } from "./PageActions";
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
        label={message("settings-dial-link-label")}
        value={view.settings.dial_template}
        fixed
        help={
          <Message
            id="settings-dial-link-help"
            values={{
              example: { element: <code>{"tel:{e164}"}</code> },
              e164: { element: <code>{"{e164}"}</code> },
              digits: { element: <code>{"{digits}"}</code> },
            }}
          />
        }
        problem={problemOf("dial_template")}
        isSaved={isSaved("dial_template")}
        onSave={(value) => save("dial_template", { dial_template: value })}
      />
      <PageActions>
        <Button
          isPending={test.isPending}
          onPress={() =>
            test.mutate(NO_ARGS, {
              onSuccess: () => announce(message("settings-dial-test-announced")),
            })
          }
        >
          {message("settings-dial-test-button")}
        </Button>
      </PageActions>
      <div role="status">{test.isSuccess ? <p>{message("settings-dial-test-done")}</p> : null}</div>
      {test.isError ? (
        <Refusal>
          {test.error.problem.message} {test.error.problem.hint ?? ""}
        </Refusal>
      ) : null}
      <SavedField
        label={message("settings-forbidden-label")}
        value={view.settings.destinations.forbidden.join(", ")}
        fixed
        help={
          <Message
            id="settings-forbidden-help"
            values={{ example: { element: <code>+1900, +979</code> } }}
          />
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
        label={message("settings-allowed-label")}
        value={view.settings.destinations.allowed.join(", ")}
        fixed
        help={
          <Message
            id="settings-allowed-help"
            values={{ example: { element: <code>+4484</code> } }}
          />
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
        label={message("settings-undo-label")}
        value={String(view.settings.undo_s)}
        help={<Sentence text={message("settings-undo-help")} />}
        problem={notNumber ? message("settings-undo-not-number") : problemOf("undo_s")}
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
