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
}

type Effect =
  | { kind: "call_logged"; call: LoggedCall }
  | { kind: "task_completed" | "task_skipped"; task: ApolloTask }
  | { kind: string };

export type FaultKind =
  | "reset_before"
  | "hang"
  | "html200"
  | "html502"
  | "key_refused"
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
    return effects.flatMap((effect) => ("call" in effect ? [effect.call] : []));
  }

  async finished(kind: "task_completed" | "task_skipped"): Promise<ApolloTask[]> {
    const { effects } = await this.history();
    return effects.flatMap((effect) =>
      effect.kind === kind && "task" in effect ? [effect.task] : [],
    );
  }

  async personalData(): Promise<string[]> {
    return (await this.ask("GET", "/personal-data")) as string[];
  }

  async add(fault: Fault): Promise<void> {
    await this.ask("POST", "/faults", { when: "always", ...fault });
  }

  async mend(): Promise<void> {
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
