import type { DisplayState, WallFigures, WallItem, WallOverview } from '#contract/wall.ts';
import type { HostClock } from './host-clock.ts';

/** Beats come once a second; after so long without one the host can't be reached. */
export const SILENT_AFTER_MS = 5_000;

/** What a page knows of the wall. Instants are host times. */
export interface WallSight {
  /** Of this display; null before the host has told it. */
  readonly display: DisplayState | null;
  readonly calls: WallOverview['calls'];
  readonly figures: WallFigures | null;
  /** The last beat: what is shown was true then. Null before the first. */
  readonly beatAt: number | null;
  readonly isArchiveDown: boolean;
}

const nothing: WallSight = { display: null, calls: [], figures: null, beatAt: null, isArchiveDown: false };

/** Holds what `wall.watch` sends to one display. What was heard last stays: the page says how old it is. */
export class WallFeed {
  readonly #id: string;
  readonly #clock: HostClock;
  readonly #steady: () => number;
  readonly #listeners = new Set<() => void>();
  #sight = nothing;
  #heardAt: number | null = null;

  constructor(id: string, clock: HostClock, steady: () => number) {
    this.#id = id;
    this.#clock = clock;
    this.#steady = steady;
  }

  get sight(): WallSight {
    return this.#sight;
  }

  apply(items: readonly WallItem[]): void {
    let next = this.#sight;
    for (const item of items) {
      if (item.kind === 'beat') {
        this.#clock.note(item.hostTime);
        this.#heardAt = this.#steady();
        next = { ...next, beatAt: item.hostTime, isArchiveDown: item.isArchiveDown };
      } else if (item.kind === 'display') {
        if (item.state.id === this.#id) next = { ...next, display: item.state };
      } else if (item.kind === 'calls') next = { ...next, calls: item.calls };
      else next = { ...next, figures: item.figures };
    }
    this.#sight = next;
    for (const listener of this.#listeners) listener();
  }

  /** Whether the host has not been heard for so long that the picture must say so. */
  isSilent(): boolean {
    return this.#heardAt !== null && this.#steady() - this.#heardAt > SILENT_AFTER_MS;
  }

  /** The time that counts on the wall: the host's, which stands still when the host is not heard. Null before the first beat. */
  now(): number | null {
    return this.isSilent() ? this.#sight.beatAt : this.#clock.now();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
