import type { Text } from "./Text";
import type { TimeStyle } from "./TimeStyle";
export type Value = number | { time: string; style: TimeStyle; zone: string | null } | { list: Array<Text> } | Text | string;
