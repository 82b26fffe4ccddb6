import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import type { ActGate } from './act-gate.ts';
import { CommandCenter, type Handler } from './command-center.ts';
import { commandOf, type CommandId } from './commands.ts';

const CenterContext = createContext<CommandCenter | null>(null);

/** Hears the keys of the whole desk. */
export function CommandProvider({ gate, children }: { readonly gate: ActGate; readonly children: ReactNode }) {
  const [current] = useState(() => new CommandCenter(gate));
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
