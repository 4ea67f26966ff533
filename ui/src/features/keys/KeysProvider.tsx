/** Listens for keys once per window and hands each to whoever last said it wants the action. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { type ActionId, actionFor, type Where } from "./keymap";

type Act = () => void;

interface Registry {
  add(action: ActionId, act: Act): () => void;
  run(action: ActionId): boolean;
}

const RegistryContext = createContext<Registry | null>(null);

const TEXT = "textarea, input:not([type=radio]):not([type=checkbox]), [contenteditable=true]";
const CONTROL = "button, a, input, textarea, select, [role=row], [role=menuitem], [role=tab]";
const ARROWS =
  "[role=listbox], [role=grid], [role=radiogroup], [role=menu], [role=tablist], [role=separator]";
const OVERLAY = "[role=dialog], [role=alertdialog], [role=menu]";

function whereIs(target: EventTarget | null): Where {
  if (!(target instanceof Element)) return { inText: false, onControl: false, onArrows: false };
  return {
    inText: target.closest(TEXT) !== null,
    onControl: target.closest(CONTROL) !== null,
    onArrows: target.closest(ARROWS) !== null,
  };
}

export function KeysProvider({ children }: { children: ReactNode }) {
  const acts = useRef(new Map<ActionId, Act[]>());
  const registry = useMemo<Registry>(
    () => ({
      add(action, act) {
        const stack = acts.current.get(action) ?? [];
        acts.current.set(action, [...stack, act]);
        return () => {
          const rest = (acts.current.get(action) ?? []).filter((other) => other !== act);
          acts.current.set(action, rest);
        };
      },
      run(action) {
        const act = acts.current.get(action)?.at(-1);
        act?.();
        return act !== undefined;
      },
    }),
    [],
  );

  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return false;
      const action = actionFor(event, whereIs(event.target));
      if (!action) return false;
      // A dialog has the keyboard to itself; it closes with Esc by its own means.
      if (document.querySelector(OVERLAY)) return false;
      const moves = action === "down" || action === "up";
      if (event.repeat && !moves) return false;
      if (!registry.run(action)) return false;
      event.preventDefault();
      return true;
    };
    // Before any control: a focused button takes Ctrl+Enter for its own press otherwise, and
    // "save and next" on the button "Skip" would open the skip dialog. So with characters: a table
    // would take a letter that means something here for the beginning of a row's name.
    const isEarly = (event: KeyboardEvent) =>
      event.ctrlKey || event.metaKey || (event.key.length === 1 && event.key !== " ");
    const before = (event: KeyboardEvent) => {
      if (isEarly(event) && act(event)) event.stopPropagation();
    };
    // After every control: what it made of Enter, an arrow or Esc is its own.
    const after = (event: KeyboardEvent) => {
      if (!isEarly(event)) act(event);
    };
    window.addEventListener("keydown", before, { capture: true });
    window.addEventListener("keydown", after);
    return () => {
      window.removeEventListener("keydown", before, { capture: true });
      window.removeEventListener("keydown", after);
    };
  }, [registry]);

  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

export function useRegistry(): Registry {
  const registry = useContext(RegistryContext);
  if (!registry) throw new Error("Keys are used outside their provider");
  return registry;
}

/** Does `act` when the keys of `action` are pressed, while drawn and not null. */
export function useAction(action: ActionId, act: Act | null): void {
  const registry = useRegistry();
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  const wanted = act !== null;
  useEffect(() => {
    if (!wanted) return;
    return registry.add(action, () => latest.current?.());
  }, [registry, action, wanted]);
}
