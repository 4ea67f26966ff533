import { message } from "../text/text";

export const IS_MAC = typeof navigator !== "undefined" && /Mac/.test(navigator.userAgent);

/** What is printed on a key. */
function nameOf(key: string): string {
  switch (key) {
    case "Mod":
      return IS_MAC ? "⌘" : message("keys-name-control");
    case "Enter":
      return "↵";
    case "Escape":
      return message(IS_MAC ? "keys-name-escape-mac" : "keys-name-escape");
    case "Shift":
      return IS_MAC ? "⇧" : message("keys-name-shift");
    default:
      return key;
  }
}

/** "Mod+Enter" as people read it: "⌘↵" or "Ctrl ↵". */
export function shownKeys(shortcut: string): string {
  return shortcut
    .split("+")
    .map(nameOf)
    .join(IS_MAC ? "" : " ");
}

/** "Mod+Enter" as `aria-keyshortcuts` wants it: "Meta+Enter" or "Control+Enter". */
export function ariaKeys(shortcut: string): string {
  return shortcut.replace("Mod", IS_MAC ? "Meta" : "Control");
}
