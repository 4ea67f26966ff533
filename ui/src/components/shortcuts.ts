export const IS_MAC = typeof navigator !== "undefined" && /Mac/.test(navigator.userAgent);

const NAMES: Record<string, string> = IS_MAC
  ? { Mod: "⌘", Enter: "↵", Escape: "esc", Shift: "⇧" }
  : { Mod: "Ctrl", Enter: "↵", Escape: "Esc", Shift: "Shift" };

/** "Mod+Enter" as people read it: "⌘↵" or "Ctrl ↵". */
export function shownKeys(shortcut: string): string {
  const parts = shortcut.split("+").map((part) => NAMES[part] ?? part);
  return parts.join(IS_MAC ? "" : " ");
}

/** "Mod+Enter" as `aria-keyshortcuts` wants it: "Meta+Enter" or "Control+Enter". */
export function ariaKeys(shortcut: string): string {
  return shortcut.replace("Mod", IS_MAC ? "Meta" : "Control");
}
