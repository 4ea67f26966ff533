export type TimeStyle = "minutes" | "seconds" | "day" | "day_and_minutes";
