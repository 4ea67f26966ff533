import { X } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { ShapeIcon } from "../../components/Mark";
import { useProblems } from "../../components/problems";
import { Sentence } from "../../components/Sentence";
import type { Notice } from "../../generated/Notice";
import type { Status } from "../../generated/Status";

interface Props {
  status: Status;
  onConnect: () => void;
}

/** Whether Apollo can be reached. */
export function ConnectionBanner({ status: { connection }, onConnect }: Props) {
  return (
    <div role="status" aria-label="Connection">
      {connection.state === "online" ? null : (
        <div
          className={`banner ${connection.state === "key_refused" ? "banner-stopped" : "banner-waits"}`}
        >
          <ShapeIcon shape={connection.state === "key_refused" ? "triangle" : "half"} />
          <span className="banner-text">
            <Sentence text={connection.sentence} />
          </span>
          {connection.state === "key_refused" ? (
            <Button onPress={onConnect}>Connect again</Button>
          ) : null}
        </div>
      )}
    </div>
  );
}

/** What the person should know once. */
export function Notices({ notices }: { notices: readonly Notice[] }) {
  const dismiss = useCommand("notice_dismiss");
  const problems = useProblems();
  if (notices.length === 0) return null;
  return (
    <section aria-label="Notices">
      {notices.map((notice) => (
        <div key={notice.id} className="banner banner-notice">
          <ShapeIcon shape="square" />
          <span className="banner-text">
            <Sentence text={notice.message} />
            {notice.hint ? (
              <span className="quiet">
                {" "}
                <Sentence text={notice.hint} />
              </span>
            ) : null}
          </span>
          <AriaButton
            className="icon-button"
            aria-label={`Dismiss notice ${notice.id}`}
            onPress={() => dismiss.mutate({ id: notice.id }, { onError: problems.show })}
          >
            <X size={16} aria-hidden="true" />
          </AriaButton>
        </div>
      ))}
    </section>
  );
}
