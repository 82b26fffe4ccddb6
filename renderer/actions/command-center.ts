import type { ActGate } from './act-gate.ts';
import { isAct, type CommandId } from './commands.ts';

/** Does it, and says whether there was something to do; `false` leaves the key to whoever comes next. */
export type Handler = () => boolean | void;

/** Who answers which command. The part of the screen that registered last is asked first. */
export class CommandCenter {
  readonly #gate: ActGate;
  readonly #handlers = new Map<CommandId, Handler[]>();
  readonly #limits: (readonly CommandId[])[] = [];

  constructor(gate: ActGate) {
    this.#gate = gate;
  }

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
    if (this.#gate.isShut && isAct(id)) return false;
    if (this.#limits.at(-1)?.includes(id) === false) return false;
    return (this.#handlers.get(id) ?? []).toReversed().some((handler) => handler() !== false);
  }
}
