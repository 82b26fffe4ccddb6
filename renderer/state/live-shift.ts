import type { ShiftState } from '#contract/shift.ts';
import type { Client } from '#renderer/client/client.ts';

/** The seat 席位 as the host streams it; null before its first word. It is always that of now. */
export class LiveShift {
  #state: ShiftState | null = null;
  readonly #listeners = new Set<() => void>();

  get state(): ShiftState | null {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  follow(client: Client): () => void {
    return client.watch(
      'shift.watch',
      {},
      {
        reset: () => {},
        apply: (items) => {
          this.#state = items.at(-1) ?? this.#state;
          for (const listener of this.#listeners) listener();
        },
        failed: () => {},
      },
    );
  }
}
