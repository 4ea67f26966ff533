import type { Message } from "./Message";
export type Text = Message | { sentences: Array<Text> } | { verbatim: string };
