/**
 * What the core may answer, with every field: a field that is new is a compile error here, and in no
 * test. A test names only what it is about.
 */
import type { AccountCard } from "../generated/AccountCard";
import type { BudgetView } from "../generated/BudgetView";
import type { Call } from "../generated/Call";
import type { CallForm } from "../generated/CallForm";
import type { Card } from "../generated/Card";
import type { Check } from "../generated/Check";
import type { ConnectProgress } from "../generated/ConnectProgress";
import type { ContactCard } from "../generated/ContactCard";
import type { Dispositions } from "../generated/Dispositions";
import type { EndpointBudget } from "../generated/EndpointBudget";
import type { Loading } from "../generated/Loading";
import type { LocalTime } from "../generated/LocalTime";
import type { Outcome } from "../generated/Outcome";
import type { OutcomeBook } from "../generated/OutcomeBook";
import type { OutcomeRow } from "../generated/OutcomeRow";
import type { OutcomeRule } from "../generated/OutcomeRule";
import type { OutcomeThen } from "../generated/OutcomeThen";
import type { Phone } from "../generated/Phone";
import type { Queue } from "../generated/Queue";
import type { QueueRow } from "../generated/QueueRow";
import type { Receipt } from "../generated/Receipt";
import type { ReceiptContent } from "../generated/ReceiptContent";
import type { ReceiptStep } from "../generated/ReceiptStep";
import type { Receipts } from "../generated/Receipts";
import type { ReportRow } from "../generated/ReportRow";
import type { Saved } from "../generated/Saved";
import type { SequenceReport } from "../generated/SequenceReport";
import type { Settings } from "../generated/Settings";
import type { SettingsView } from "../generated/SettingsView";
import type { StageList } from "../generated/StageList";
import type { Status } from "../generated/Status";
import type { Undo } from "../generated/Undo";
import type { UpdateView } from "../generated/UpdateView";
import type { UserList } from "../generated/UserList";
import type { UserRow } from "../generated/UserRow";
import type { WindowBudget } from "../generated/WindowBudget";

/** A Wednesday afternoon; 15:05 where the rep is. */
export const NOW = "2026-11-25T14:05:00.000Z";
export const ZONE = "Europe/Berlin";

export const anUpdate = (part: Partial<UpdateView> = {}): UpdateView => ({
  state: "none",
  version: null,
  is_ready: false,
  can_install: false,
  sentence: "Handset is up to date.",
  hint: null,
  ...part,
});

export const aStatus = (part: Partial<Status> = {}): Status => ({
  revision: 1,
  stage: "ready",
  sandbox: false,
  origin: "https://api.apollo.io",
  acting_admin: "Ada Admin",
  rep: { user_id: "u1", name: "Robin Rep", email: "robin@example.com" },
  key_storage: "keychain",
  connection: { state: "online", sentence: "", since: null, retry_at: null },
  unsent: 0,
  blocked: 0,
  unsent_elsewhere: 0,
  undo: null,
  is_closing: false,
  calls_left_this_hour: 387,
  open_queue: null,
  notices: [],
  update: anUpdate(),
  version: "0.1.0",
  zone: ZONE,
  ...part,
});

export const anUndo = (part: Partial<Undo> = {}): Undo => ({
  wrap_up_id: "w1",
  kind: "call",
  who: "Dana Example",
  result: "No answer",
  until: "2026-11-25T14:05:05.000Z",
  ...part,
});

export const aCheck = (part: Partial<Check> = {}): Check => ({
  kind: "is_key",
  question: "Is it a key?",
  state: "passed",
  answer: "Apollo knows it.",
  next_step: null,
  ...part,
});

export const aProgress = (part: Partial<ConnectProgress> = {}): ConnectProgress => ({
  state: "idle",
  checks: [],
  sentence: "",
  ...part,
});

export const aUser = (part: Partial<UserRow> = {}): UserRow => ({
  user_id: "u1",
  name: "Robin Rep",
  email: "robin@example.com",
  title: null,
  deactivated: false,
  suggested_because: null,
  ...part,
});

export const users = (part: Partial<UserList> = {}): UserList => ({
  users: [aUser()],
  loading: false,
  ...part,
});

export const aReportRow = (part: Partial<ReportRow> = {}): ReportRow => ({
  scope: { kind: "all_call_tasks" },
  name: "All my call tasks",
  state: "unknown",
  open: 12,
  due_today: 8,
  overdue: 4,
  callable_now: 9,
  closing_soon: 1,
  step_count: null,
  owner: null,
  ...part,
});

export const aReport = (part: Partial<SequenceReport> = {}): SequenceReport => ({
  all: aReportRow(),
  without_sequence: aReportRow({
    scope: { kind: "without_sequence" },
    name: "Tasks without a sequence",
  }),
  sequences: [
    aReportRow({ scope: { kind: "sequence", id: "s1" }, name: "Q4 outbound calls", open: 5 }),
  ],
  loading: aLoading(),
  today: "3 calls logged",
  ...part,
});

export const aQueue = (part: Partial<Queue> = {}): Queue => ({
  number: 1,
  scope: { kind: "all_call_tasks" },
  title: "All my call tasks",
  rows: 2,
  selected: "t1",
  on_call: null,
  finished: 0,
  total: 2,
  parked: 0,
  next_opens: null,
  loading: false,
  missing: null,
  ...part,
});

export const aLocalTime = (part: Partial<LocalTime> = {}): LocalTime => ({
  place: "New York",
  zone: "America/New_York",
  latest_zone: null,
  source: "from Apollo",
  ...part,
});

export const aContact = (part: Partial<ContactCard> = {}): ContactCard => ({
  name: "Dana Example",
  title: "Head of Sales",
  email: "dana@example.com",
  has_linkedin: false,
  location: null,
  last_activity: null,
  custom_fields: [],
  ...part,
});

export const anAccount = (part: Partial<AccountCard> = {}): AccountCard => ({
  name: "Northwind",
  domain: null,
  website: null,
  industry: null,
  size: null,
  location: null,
  phone: null,
  custom_fields: [],
  ...part,
});

export const aPhone = (part: Partial<Phone> = {}): Phone => ({
  index: 0,
  display: "+1 202-555-0143",
  extension: null,
  kind: "mobile",
  status: null,
  do_not_call: false,
  can_dial: true,
  why_not: null,
  asks: null,
  ...part,
});

export const aForm = (part: Partial<CallForm> = {}): CallForm => ({
  outcome: null,
  purpose_id: null,
  note: "",
  callback: null,
  finish_sequence: null,
  ...part,
});

export const onCall = (): Call => ({
  state: "ongoing",
  display: "+1 202-555-0143",
  started_at: "2026-11-25T14:02:46.000Z",
  ran_s: 134,
});

export const endedCall = (question: string | null = null): Extract<Call, { state: "ended" }> => ({
  state: "ended",
  display: "+1 202-555-0143",
  started_at: "2026-11-25T14:02:46.000Z",
  ended_at: NOW,
  duration_s: 134,
  question,
});

export const aCard = (part: Partial<Card> = {}): Card => ({
  task_id: "t1",
  state: "open",
  contact: aContact(),
  phones: [aPhone()],
  account: anAccount(),
  script: null,
  script_cut: null,
  has_contact: true,
  sequence: null,
  why_here: "2 d overdue",
  due: { state: "overdue", text: "2 d overdue" },
  priority: "medium",
  local_time: aLocalTime(),
  reach: { state: "callable", short: "", sentence: "Callable now." },
  call: { state: "not_dialed" },
  result: null,
  draft: { form: aForm(), outcome_name: null },
  position: 1,
  total: 2,
  next: "t2",
  previous: null,
  ...part,
});

/** Who comes after the first card. */
export const theNextCard = (part: Partial<Card> = {}): Card =>
  aCard({
    task_id: "t2",
    contact: aContact({ name: "Noor Next" }),
    position: 2,
    next: null,
    previous: "t1",
    ...part,
  });

export const aThen = (part: Partial<OutcomeThen> = {}): OutcomeThen => ({
  sentence: "Completes the task.",
  note_required: false,
  finishes_sequence: false,
  opts_out: false,
  callback_days: null,
  callback_how: null,
  ...part,
});

export const anOutcome = (
  part: Partial<Omit<Outcome, "then">> = {},
  then: Partial<OutcomeThen> = {},
): Outcome => ({
  key: "no_answer",
  name: "No answer",
  shortcut: 1,
  // biome-ignore lint/suspicious/noThenProperty: the core calls it so, and it is no function
  then: aThen(then),
  ...part,
});

export const someDispositions = (part: Partial<Dispositions> = {}): Dispositions => ({
  outcomes: [
    anOutcome(),
    anOutcome({ key: "busy", name: "Busy", shortcut: 2 }),
    anOutcome({ key: "interested", name: "Interested", shortcut: 3 }, { note_required: true }),
  ],
  earlier: [],
  source: "apollo",
  hint: null,
  ...part,
});

export const aSaved = (part: Partial<Saved> = {}): Saved => ({
  wrap_up_id: "w1",
  undo_until: null,
  next: "t2",
  ...part,
});

export const aStep = (part: Partial<ReceiptStep> = {}): ReceiptStep => ({
  kind: "log_call",
  name: "Call logged",
  state: "sent",
  sentence: "Done at 15:05",
  apollo_id: null,
  done_at: null,
  ...part,
});

export const aReceipt = (part: Partial<Receipt> = {}): Receipt => ({
  wrap_up_id: "w1",
  task_id: "t1",
  kind: "call",
  who: "Dana Example",
  result: "No answer",
  logged_as: "Robin Rep",
  saved_at: NOW,
  state: "blocked",
  sentence: "Apollo refused it.",
  waits_until: null,
  steps: [aStep(), aStep({ kind: "complete_task", name: "Task completed", state: "blocked" })],
  verification: { state: "none", sentence: "" },
  can_undo: false,
  can_retry: false,
  can_confirm: false,
  can_edit: true,
  can_copy_note: false,
  can_discard: true,
  ...part,
});

export const someReceipts = (part: Partial<Receipts> = {}): Receipts => ({
  rows: [aReceipt()],
  sent: 0,
  unsent: 1,
  blocked: 1,
  ...part,
});

export const someContent = (part: Partial<ReceiptContent> = {}): ReceiptContent => ({
  wrap_up_id: "w1",
  form: aForm({ outcome: "no_answer", note: "Rang twice" }),
  outcome_name: "No answer",
  from_apollo: false,
  ...part,
});

export const aRule = (part: Partial<OutcomeRule> = {}): OutcomeRule => ({
  outcome: "no_answer",
  callback_days: null,
  callback_how: null,
  stage_id: null,
  finish_sequence: false,
  note_required: false,
  opts_out: null,
  ...part,
});

export const someSettings = (part: Partial<Settings> = {}): Settings => ({
  apollo_origin: "https://api.apollo.io",
  dial_template: "tel:{e164}",
  calling_hours: { opens: "08:00", closes: "20:00", outside: "block" },
  destinations: { allowed: ["+4484"], forbidden: ["+1900", "+979"] },
  rules: [],
  undo_s: 5,
  retention_days: 90,
  panes: { list_px: 300, wrap_up_px: 300 },
  ...part,
});

export const aSettingsView = (
  settings: Partial<Settings> = {},
  part: Partial<SettingsView> = {},
): SettingsView => ({
  settings: someSettings(settings),
  on_disk: ["12 ids of logged calls."],
  data_folder: "/home/robin/.local/share/handset",
  log_folder: "/home/robin/.local/state/handset/logs",
  version: "0.1.0",
  origin_fixed_because: null,
  ...part,
});

export const anOutcomeRow = (part: Partial<OutcomeRow> = {}): OutcomeRow => ({
  key: "no_answer",
  name: "No answer",
  apollo_name: null,
  shortcut: 1,
  provenance: "Found in calls.",
  ...part,
});

export const anOutcomeBook = (part: Partial<OutcomeBook> = {}): OutcomeBook => ({
  rows: [
    anOutcomeRow(),
    anOutcomeRow({ key: "busy", name: "Busy", shortcut: 2 }),
    anOutcomeRow({ key: "interested", name: "Interested", shortcut: 3 }),
  ],
  removed: [],
  reading: "Read from Apollo at 15:00.",
  undo: null,
  ...part,
});

export const someStages = (part: Partial<StageList> = {}): StageList => ({
  stages: [
    { id: "st1", name: "Cold" },
    { id: "st2", name: "Approaching" },
  ],
  ...part,
});

export const aQueueRow = (part: Partial<QueueRow> = {}): QueueRow => ({
  task_id: "t1",
  name: "Dana Example",
  title: "Head of Sales",
  company: "Northwind",
  local_time: aLocalTime(),
  reach: { state: "callable", short: "", sentence: "Callable now." },
  sequence: null,
  step: null,
  due: { state: "overdue", text: "2 d overdue" },
  priority: "medium",
  state: "open",
  result: null,
  has_draft: false,
  ...part,
});

export const aLoading = (part: Partial<Loading> = {}): Loading => ({
  state: "complete",
  received: 12,
  total: 12,
  sentence: "",
  as_of: "15:00",
  is_whole: true,
  ...part,
});

export const aWindowBudget = (part: Partial<WindowBudget> = {}): WindowBudget => ({
  name: "hour",
  limit: 400,
  used: 13,
  left: 387,
  resets: "resets 16:00",
  ...part,
});

export const anEndpointBudget = (part: Partial<EndpointBudget> = {}): EndpointBudget => ({
  name: "Log a call",
  endpoint: "api/v1/phone_calls#create",
  windows: [aWindowBudget()],
  ...part,
});

export const aBudget = (part: Partial<BudgetView> = {}): BudgetView => ({
  sentence: "387 call logs left this hour.",
  endpoints: [anEndpointBudget()],
  ...part,
});
