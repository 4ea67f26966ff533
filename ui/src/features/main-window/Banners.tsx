import { X } from "lucide-react";
import { useCommand } from "../../backend/snapshots";
import { Button, IconButton } from "../../components/Button";
import { cx } from "../../components/cx";
import { ShapeIcon } from "../../components/Mark";
import { useProblems } from "../../components/problems";
import { Sentence } from "../../components/Sentence";
import { Quiet } from "../../components/Text";
import type { Notice } from "../../generated/Notice";
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";
import styles from "./Banners.module.css";

interface Props {
  status: Status;
  onConnect: () => void;
}

/** Whether Apollo can be reached. */
export function ConnectionBanner({ status: { connection }, onConnect }: Props) {
  const isRefused = connection.state === "key_refused";
  return (
    <div role="status" aria-label={message("main-window-connection")}>
      {connection.state === "online" ? null : (
        <div className={cx(styles.banner, isRefused ? styles.stopped : styles.waits)}>
          <ShapeIcon
            shape={isRefused ? "triangle" : "half"}
            className={isRefused ? styles.stoppedShape : styles.waitsShape}
          />
          <span className={styles.text} data-whole="">
            <Sentence text={connection.sentence} />
          </span>
          {isRefused ? (
            <Button onPress={onConnect}>{message("main-window-connect-again-button")}</Button>
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
    <section aria-label={message("main-window-notices")}>
      {notices.map((notice) => (
        <div key={notice.id} className={cx(styles.banner, styles.notice)}>
          <ShapeIcon shape="square" />
          <span className={styles.text} data-whole="">
            <Sentence text={notice.message} />
            {notice.hint ? (
              <Quiet>
                {" "}
                <Sentence text={notice.hint} />
              </Quiet>
            ) : null}
          </span>
          <IconButton
            aria-label={message("main-window-dismiss-notice-button", { id: String(notice.id) })}
            onPress={() => dismiss.mutate({ id: notice.id }, { onError: problems.show })}
          >
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
