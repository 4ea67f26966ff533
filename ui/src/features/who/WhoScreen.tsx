/** Which Apollo user the calls are logged as. Without an answer nothing can be logged. */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { snapshot, useBackend, useCommand } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { Search } from "../../components/Field";
import { Mark } from "../../components/Mark";
import { Option, OptionLine, OptionMore, OptionName, Options } from "../../components/Options";
import { useProblems } from "../../components/problems";
import { StartActions, StartLead, StartPage } from "../../components/StartPage";
import { Failed, Skeleton } from "../../components/States";
import type { Status } from "../../generated/Status";
import type { UserRow } from "../../generated/UserRow";
import { isolated } from "../../text/isolated";
import { Message, message } from "../../text/text";
import { WaitingCalls } from "../main-window/WaitingCalls";
import styles from "./WhoScreen.module.css";

function matches(user: UserRow, typed: string): boolean {
  const query = typed.trim().toLowerCase();
  return (
    query === "" ||
    user.name.toLowerCase().includes(query) ||
    (user.email ?? "").toLowerCase().includes(query)
  );
}

export function WhoScreen({ status }: { status: Status }) {
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState<string | null>(null);
  // A whole email is for the core to match; anything else only narrows the list.
  const email = /^\S+@\S+\.\S+$/.test(typed.trim()) ? typed.trim() : null;
  const backend = useBackend();
  const list = useQuery({
    ...snapshot(backend, "users_get", { email }),
    placeholderData: keepPreviousData,
  });
  const choose = useCommand("rep_choose");
  const problems = useProblems();

  const users = list.data?.users ?? [];
  const suggested = users.find((user) => user.suggested_because && !user.deactivated);
  const chosenId = picked ?? suggested?.user_id ?? null;
  const chosen = users.find((user) => user.user_id === chosenId) ?? null;
  const shown = users.filter(
    (user) => matches(user, typed) || (email !== null && user.suggested_because),
  );
  const send = () => {
    if (chosen) choose.mutate({ user_id: chosen.user_id }, { onError: problems.show });
  };

  return (
    <StartPage title={message("who-title")} className={styles.page}>
      <StartLead>
        {status.acting_admin
          ? message("who-lead-as-admin", { admin: status.acting_admin })
          : message("who-lead")}
      </StartLead>
      <Search
        label={message("who-search-label")}
        placeholder={message("who-search-placeholder")}
        autoFocus
        value={typed}
        onChange={setTyped}
        onSubmit={send}
      />
      <div className={styles.people}>
        {list.isPending ? <Skeleton what={message("who-loading")} rows={6} /> : null}
        {list.isError ? <Failed error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.data ? (
          <Options
            aria-label={message("who-list-name")}
            className={styles.list}
            selectionMode="single"
            disallowEmptySelection
            items={shown}
            selectedKeys={chosenId ? [chosenId] : []}
            disabledKeys={users.filter((user) => user.deactivated).map((user) => user.user_id)}
            onSelectionChange={(keys) => {
              const [key] = keys === "all" ? [] : [...keys];
              if (key !== undefined) setPicked(String(key));
            }}
            renderEmptyState={() => (
              <p className={styles.none}>
                {message(list.data.loading ? "who-list-loading" : "who-list-nobody")}
              </p>
            )}
          >
            {(user) => (
              <Option id={user.user_id} textValue={user.name} className={styles.person}>
                <OptionLine>
                  <OptionName slot="label">{user.name}</OptionName>
                  {user.deactivated ? (
                    <Mark shape="dash" meaning="closed" word={message("who-deactivated")} />
                  ) : null}
                </OptionLine>
                <OptionMore slot="description">
                  {[user.email, user.title]
                    .flatMap((part) => (part ? [isolated(part)] : []))
                    .join(" · ") || message("who-no-email")}
                  {user.suggested_because ? (
                    <em className={styles.why}> {user.suggested_because}</em>
                  ) : null}
                </OptionMore>
              </Option>
            )}
          </Options>
        ) : null}
      </div>
      <WaitingCalls status={status} />
      <p className={styles.consequence} role="status">
        {chosen ? (
          <Message id="who-chosen" values={{ name: { element: <strong>{chosen.name}</strong> } }} />
        ) : (
          message("who-choose")
        )}
      </p>
      <StartActions>
        <Button variant="next" isDisabled={!chosen} isPending={choose.isPending} onPress={send}>
          {message("who-continue-button")}
        </Button>
      </StartActions>
    </StartPage>
  );
}
