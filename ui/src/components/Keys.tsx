import { shownKeys } from "./shortcuts";

/** A shortcut, for the eye only: screen readers have `aria-keyshortcuts`. */
export function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className="keys" aria-hidden="true">
      {shownKeys(shortcut)}
    </span>
  );
}
