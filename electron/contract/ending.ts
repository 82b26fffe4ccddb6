import type { Unsubscribe } from './wire.ts';

/** The end of a transport: told once, and at once to whoever asks later. */
export class Ending {
  #reason: string | null = null;
  readonly #listeners = new Set<(reason: string) => void>();

  get hasEnded(): boolean {
    return this.#reason !== null;
  }

  end(reason: string): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    for (const listener of this.#listeners) listener(reason);
    this.#listeners.clear();
  }

  onEnd(listener: (reason: string) => void): Unsubscribe {
    if (this.#reason !== null) {
      listener(this.#reason);
      return () => {};
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
