/** Everything that can be done from here, by typing. */

import { useState } from "react";
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  SearchField,
  Text,
} from "react-aria-components";
import { NO_ARGS, useCommand, useSnapshot } from "../../backend/snapshots";
import { ModalFrame } from "../../components/Dialogs";
import { MenuKeys } from "../../components/Keys";
import { Part } from "../../components/Part";
import { useProblems } from "../../components/problems";
import type { Status } from "../../generated/Status";
import { message } from "../../text/text";
import { useRegistry } from "../keys/KeysProvider";
import type { ActionId } from "../keys/keymap";
import { useViews } from "../main-window/views";
import { useOpenQueue } from "../report/ReportScreen";
import { ranked } from "./fuzzy";
import styles from "./Palette.module.css";

interface Props {
  status: Status;
  isOpen: boolean;
  onClose: () => void;
  onKeys: () => void;
  onBudget: () => void;
  onSettings: () => void;
}

interface Entry {
  id: string;
  name: string;
  more?: string;
  shortcut?: string;
  perform: () => void;
}

export function Palette({ isOpen, onClose, ...rest }: Props) {
  return (
    <ModalFrame
      isOpen={isOpen}
      isDismissable
      onClose={onClose}
      shadeClassName={styles.shade}
      className={styles.modal}
    >
      <Dialog aria-label={message("palette-title")} className={styles.dialog}>
        <Part name={message("palette-part")}>
          <Entries {...rest} onClose={onClose} />
        </Part>
      </Dialog>
    </ModalFrame>
  );
}

function Entries({ status, onClose, onKeys, onBudget, onSettings }: Omit<Props, "isOpen">) {
  const [typed, setTyped] = useState("");
  const entries = ranked(
    useEntries(status, onKeys, onBudget, onSettings),
    (entry) => entry.name,
    typed,
  );
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField aria-label={message("palette-search")} autoFocus>
        <Input placeholder={message("palette-search")} className={styles.input} />
      </SearchField>
      <Menu
        aria-label={message("palette-actions")}
        className={styles.menu}
        items={entries}
        renderEmptyState={() => <p className={styles.none}>{message("palette-nothing-found")}</p>}
        onAction={(key) => {
          onClose();
          // After the palette is gone, so that focus goes where the action wants it.
          requestAnimationFrame(() => entries.find((entry) => entry.id === key)?.perform());
        }}
      >
        {(entry) => (
          <MenuItem id={entry.id} textValue={entry.name} className={styles.item}>
            <Text slot="label" className={styles.name}>
              {entry.name}
            </Text>
            {entry.more ? (
              <Text slot="description" className={styles.more}>
                {entry.more}
              </Text>
            ) : null}
            {entry.shortcut ? <MenuKeys shortcut={entry.shortcut} className={styles.keys} /> : null}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  );
}

function useEntries(
  status: Status,
  onKeys: () => void,
  onBudget: () => void,
  onSettings: () => void,
): Entry[] {
  const { view, go } = useViews();
  const registry = useRegistry();
  const report = useSnapshot("report_get", NO_ARGS);
  const refresh = useCommand("report_load");
  const leave = useCommand("sandbox_stop");
  const openQueue = useOpenQueue();
  const problems = useProblems();
  const run = (action: ActionId) => () => void registry.run(action);

  const inQueue: Entry[] = [
    { id: "call", name: message("palette-call"), shortcut: "Enter", perform: run("call") },
    { id: "end", name: message("palette-end"), shortcut: "e", perform: run("end") },
    { id: "note", name: message("palette-note"), shortcut: "n", perform: run("note") },
    { id: "save", name: message("palette-save"), shortcut: "Mod+Enter", perform: run("save") },
    { id: "skip", name: message("palette-skip"), shortcut: "s", perform: run("skip") },
    { id: "callback", name: message("palette-callback"), shortcut: "b", perform: run("callback") },
  ];
  const everywhere: Entry[] = [
    ...(status.undo
      ? [{ id: "undo", name: message("palette-undo"), shortcut: "z", perform: run("undo") }]
      : []),
    { id: "today", name: message("palette-go-today"), perform: () => go("today") },
    ...(status.open_queue
      ? [{ id: "queue", name: message("palette-go-queue"), perform: () => go("queue") }]
      : []),
    { id: "calls", name: message("palette-go-calls"), shortcut: "r", perform: () => go("calls") },
    {
      id: "refresh",
      name: message("palette-refresh"),
      perform: () => void refresh.mutateAsync(NO_ARGS).catch(problems.show),
    },
    { id: "budget", name: message("palette-budget"), perform: onBudget },
    { id: "settings", name: message("palette-settings"), shortcut: "Mod+,", perform: onSettings },
    { id: "keys", name: message("palette-keys"), shortcut: "?", perform: onKeys },
    ...(status.sandbox
      ? [
          {
            id: "leave",
            name: message("palette-leave-sample-data"),
            perform: () => void leave.mutateAsync(NO_ARGS).catch(problems.show),
          },
        ]
      : []),
  ];
  const rows = report.data
    ? [report.data.all, report.data.without_sequence, ...report.data.sequences]
    : [];
  const queues = rows.map((row) => ({
    id: `open-${row.scope.kind === "sequence" ? row.scope.id : row.scope.kind}`,
    name: message("palette-work-on", { queue: row.name }),
    more: message("palette-work-on-counts", { open: row.open, callable: row.callable_now }),
    perform: () => openQueue(row.scope),
  }));
  return [...(view === "queue" ? inQueue : []), ...everywhere, ...queues];
}
