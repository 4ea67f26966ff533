/** Pasting the master key. The key is held here only until it is sent, and never shown. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { useProblems } from "../../components/problems";
import { StartActions, StartPage } from "../../components/StartPage";
import type { Status } from "../../generated/Status";
import { Message, message } from "../../text/text";
import { useAction } from "../keys/KeysProvider";
import { CheckList } from "./CheckList";
import { KeySteps } from "./KeySteps";
import styles from "./ConnectScreen.module.css";

interface Props {
  status: Status;
  onDone: () => void;
  onBack: () => void;
}

export function ConnectScreen({ status, onDone, onBack }: Props) {
  const [key, setKey] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const progress = useSnapshot("connect_get", NO_ARGS);
  const start = useCommand("connect_start");
  const keep = useCommand("connect_keep_for_this_run");
  const reset = useCommand("connect_reset");
  const problems = useProblems();
  // The result of a key that was connected earlier is not the result of this one.
  const [tried, setTried] = useState(false);
  const told = progress.data?.state ?? "idle";
  const state = start.isPending ? "running" : tried || told !== "connected" ? told : "idle";

  useEffect(() => {
    if (state === "connected") onDone();
  }, [state, onDone]);

  useEffect(() => {
    if (state === "failed") field.current?.focus();
  }, [state]);

  /** Empties the field itself as well, which React would do only later. */
  const forgetTyped = () => {
    setKey("");
    if (field.current) field.current.value = "";
  };
  const check = (event: FormEvent) => {
    event.preventDefault();
    const pasted = key.trim();
    if (!pasted || state === "running") return;
    forgetTyped();
    problems.clear();
    setTried(true);
    start.mutate({ key: pasted }, { onError: problems.show });
  };
  const back = () => {
    forgetTyped();
    reset.mutate(NO_ARGS, { onSettled: onBack });
  };
  useAction("back", back);

  return (
    <StartPage title={message("connect-title")} wide>
      <div className={styles.panes}>
        <KeySteps />
        <div className={styles.work}>
          <form className={styles.form} onSubmit={check}>
            <Field
              label={message("connect-key-label")}
              className={styles.field}
              type="password"
              value={key}
              onChange={setKey}
              autoComplete="off"
              autoFocus
              inputRef={field}
              isDisabled={state === "running"}
              help={
                <Message
                  id="connect-key-help"
                  values={{
                    origin: { element: <strong className={styles.origin}>{status.origin}</strong> },
                  }}
                />
              }
            />
            <Button
              type="submit"
              variant={state === "ask_this_run" ? "plain" : "next"}
              isDisabled={key.trim() === "" || state === "running"}
            >
              {message("connect-check-key-button")}
            </Button>
          </form>
          {progress.data && state !== "idle" ? <CheckList progress={progress.data} /> : null}
          {state === "ask_this_run" ? (
            <div className={styles.ask}>
              <Button
                variant="next"
                autoFocus
                isPending={keep.isPending}
                onPress={() => {
                  setTried(true);
                  keep.mutate(NO_ARGS, { onError: problems.show });
                }}
              >
                {message("connect-this-run-button")}
              </Button>
            </div>
          ) : null}
        </div>
      </div>
      <StartActions>
        <Button shortcut="Escape" onPress={back}>
          {message("connect-back-button")}
        </Button>
      </StartActions>
    </StartPage>
  );
}
