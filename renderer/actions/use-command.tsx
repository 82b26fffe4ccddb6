import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { commandOf, type CommandId } from './commands.ts';

/** Does it, and says whether there was something to do; `false` leaves the key to whoever comes next. */
type Handler = () => boolean | void;

/** Who answers which command. The part of the screen that registered last is asked first. */
class CommandCenter {
  readonly #handlers = new Map<CommandId, Handler[]>();
  readonly #limits: (readonly CommandId[])[] = [];

  register(id: CommandId, handler: Handler): () => void {
    const list = this.#handlers.get(id) ?? [];
    list.push(handler);
    this.#handlers.set(id, list);
    return () => void list.splice(list.indexOf(handler), 1);
  }

  /** While it holds, nothing but these is heard; of several the last one counts. */
  limit(ids: readonly CommandId[]): () => void {
    this.#limits.push(ids);
    return () => void this.#limits.splice(this.#limits.indexOf(ids), 1);
  }

  run(id: CommandId): boolean {
    if (this.#limits.at(-1)?.includes(id) === false) return false;
    return (this.#handlers.get(id) ?? []).toReversed().some((handler) => handler() !== false);
  }
}

const CenterContext = createContext<CommandCenter | null>(null);

/** Hears the keys of the whole desk. */
export function CommandProvider({ children }: { readonly children: ReactNode }) {
  const [current] = useState(() => new CommandCenter());
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const id = commandOf({
        ...{ key: event.key, code: event.code, isComposing: event.isComposing },
        ...{ altKey: event.altKey, ctrlKey: event.ctrlKey, metaKey: event.metaKey },
        // Deprecated, and the only sign of a composition that some input methods give.
        keyCode: event.keyCode,
        isInTextField: isTextField(event.target),
      });
      if (id !== null && current.run(id)) event.preventDefault();
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  }, [current]);
  return <CenterContext.Provider value={current}>{children}</CenterContext.Provider>;
}

/** Answers a command while this part of the screen is there. */
export function useCommand(id: CommandId, handler: Handler): void {
  const center = useContext(CenterContext);
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => center?.register(id, () => latest.current()), [center, id]);
}

/** While `isOn`, keys of other commands do nothing: a tool lies above the panels, and these must not act unseen. */
export function useOnlyCommands(ids: readonly CommandId[], isOn: boolean): void {
  const center = useContext(CenterContext);
  useEffect(() => (isOn ? center?.limit(ids) : undefined), [center, ids, isOn]);
}

/** Does what the key of a command would do. */
export function useRunCommand(): (id: CommandId) => void {
  const center = useContext(CenterContext);
  return (id) => void center?.run(id);
}

/** Whether bare characters belong to the place that has the focus. */
function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('input, textarea, select')) return true;
  // Menus, pop-up lists and dialogs take letters for themselves.
  return target.closest('[role=menu], [role=dialog], [data-trigger]') !== null;
}
