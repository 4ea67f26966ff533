/** Listens for keys once per window and hands each to the newest handler of its action. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { type ActionId, actionFor, type Where } from "./keymap";

type ActionHandler = () => void;

interface Registry {
  add(action: ActionId, handler: ActionHandler): () => void;
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
  const handlers = useRef(new Map<ActionId, ActionHandler[]>());
  const registry = useMemo<Registry>(
    () => ({
      add(action, handler) {
        const stack = handlers.current.get(action) ?? [];
        handlers.current.set(action, [...stack, handler]);
        return () => {
          const rest = (handlers.current.get(action) ?? []).filter((other) => other !== handler);
          handlers.current.set(action, rest);
        };
      },
      run(action) {
        const handler = handlers.current.get(action)?.at(-1);
        handler?.();
        return handler !== undefined;
      },
    }),
    [],
  );

  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
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
    // "save and next" on the button "Skip" would open the skip dialog. Characters are early, too: a
    // table would take a letter that means something here for the beginning of a row's name.
    const isEarly = (event: KeyboardEvent) =>
      event.ctrlKey || event.metaKey || (event.key.length === 1 && event.key !== " ");
    const before = (event: KeyboardEvent) => {
      if (isEarly(event) && handle(event)) event.stopPropagation();
    };
    // After every control: a control that uses Enter, an arrow or Esc comes first.
    const after = (event: KeyboardEvent) => {
      if (!isEarly(event)) handle(event);
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

/** Calls `handler` when the keys of `action` are pressed, while drawn and not null. */
export function useAction(action: ActionId, handler: ActionHandler | null): void {
  const registry = useRegistry();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const wanted = handler !== null;
  useEffect(() => {
    if (!wanted) return;
    return registry.add(action, () => latest.current?.());
  }, [registry, action, wanted]);
}
