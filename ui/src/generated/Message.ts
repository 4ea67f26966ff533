import type { Value } from "./Value";
export type Message = { id: string; values: { [key in string]: Value } };
