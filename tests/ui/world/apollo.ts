/** The sandbox behind the core: what Apollo saw, and what may go wrong with it. */

export interface ApolloRequest {
  number: number;
  method: string;
  path: string;
  endpoint: string;
  status: number | null;
  key: string;
  fault: string | null;
}

export interface LoggedCall {
  id: string;
  user_id: string;
  contact_id: string | null;
  outreach_task_id: string | null;
  phone_call_outcome_id: string | null;
  to_number: string | null;
  start_time: string;
  end_time: string;
  duration: number | null;
  note: string | null;
  call_identifier: string | null;
}

export interface ApolloTask {
  id: string;
  status: string;
  note: string | null;
  contact_id: string | null;
  due_at: string;
  emailer_campaign_id: string | null;
}

type Effect =
  | { kind: "call_logged" | "call_updated"; call: LoggedCall }
  | {
      kind: "task_completed" | "task_skipped" | "task_created" | "task_updated";
      task: ApolloTask;
      by_sequence?: boolean;
    }
  | { kind: string };

export type FaultKind =
  | "reset_before"
  | "hang"
  | "html200"
  | "html502"
  | "key_refused"
  | "misconfigured"
  | "gateway_not_found"
  | "edge_forbidden"
  | { delay: { delay_ms: number } }
  | { status: number }
  | { too_many_requests: { retry_after_s: number | null } };

export interface Fault {
  /** `controller#action`; every request without it. */
  endpoint?: string;
  when?: "always" | { next: number } | { nth: number };
  kind: FaultKind;
}

export class Apollo {
  constructor(
    private readonly controlUrl: string,
    readonly keys: Readonly<Record<"master" | "scoped" | "free" | "revoked", string>>,
    readonly users: readonly { id: string; name: string; email: string; deactivated: boolean }[],
  ) {}

  userId(who: string): string {
    const user = this.users.find((other) => other.name === who || other.email === who);
    if (!user) throw new Error(`The sandbox has nobody called ${who}`);
    return user.id;
  }

  async requests(endpoint?: string): Promise<ApolloRequest[]> {
    const { requests } = await this.history();
    return requests.filter((request) => !endpoint || request.endpoint === endpoint);
  }

  async calls(): Promise<LoggedCall[]> {
    const { effects } = await this.history();
    return effects.flatMap((effect) =>
      effect.kind === "call_logged" && "call" in effect ? [effect.call] : [],
    );
  }

  /** Calls as they were after each correction. */
  async correctedCalls(): Promise<LoggedCall[]> {
    const { effects } = await this.history();
    return effects.flatMap((effect) =>
      effect.kind === "call_updated" && "call" in effect ? [effect.call] : [],
    );
  }

  /** How many effects there were of a kind that is neither a call nor a task: "contact_stage", … */
  async happened(kind: string): Promise<number> {
    const { effects } = await this.history();
    return effects.filter((effect) => effect.kind === kind).length;
  }

  async finished(kind: "task_completed" | "task_skipped"): Promise<ApolloTask[]> {
    return this.tasks(kind);
  }

  /** Tasks that were made by a client, not by a sequence that went on. */
  async createdTasks(): Promise<ApolloTask[]> {
    return this.tasks("task_created");
  }

  async changedTasks(): Promise<ApolloTask[]> {
    return this.tasks("task_updated");
  }

  private async tasks(kind: string): Promise<ApolloTask[]> {
    const { effects } = await this.history();
    return effects.flatMap((effect) =>
      effect.kind === kind && "task" in effect && effect.by_sequence !== true ? [effect.task] : [],
    );
  }

  async personalData(): Promise<string[]> {
    return (await this.ask("GET", "/personal-data")) as string[];
  }

  async add(fault: Fault): Promise<void> {
    await this.ask("POST", "/faults", { when: "always", ...fault });
  }

  async repair(): Promise<void> {
    await this.ask("DELETE", "/faults");
  }

  private async history(): Promise<{ requests: ApolloRequest[]; effects: Effect[] }> {
    return (await this.ask("GET", "/history")) as { requests: ApolloRequest[]; effects: Effect[] };
  }

  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const reply = await fetch(`${this.controlUrl}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    const text = await reply.text();
    return text === "" ? null : JSON.parse(text);
  }
}
