import type { BoardStep } from '#contract/board.ts';
import type { CaseChange, CaseRow } from '#contract/cases.ts';
import { unpackCases } from '#contract/packed-cases.ts';
import type { CaseDelta, LiveCases } from './live-cases.ts';
import type { DrawnBy } from './watch-cases.ts';

interface About {
  readonly sequence: number;
  readonly isComplete: boolean;
}

/** The stream while it is kept back. */
interface Held {
  readonly rows: Map<string, CaseRow>;
  /** All that were known when it began to be kept back, and all that came since. */
  readonly known: Set<string>;
  about: About;
  arrived: number;
}

/**
 * Decides which cases the desk shows: those of now, as the host streams them, or those of an instant of the past. List, map
 * and figures read the same {@link LiveCases} and the same clock either way; only what is in them changes.
 *
 * 1. While the past is shown, what streams in is kept back: nothing of it is seen, and new cases are counted.
 * 2. After `release` the desk shows what it would show had it never looked back.
 */
export class CaseStage {
  readonly #live: LiveCases;
  readonly #drawnBy: DrawnBy;
  readonly #hostNow: () => number;
  readonly #jumpListeners = new Set<() => void>();
  readonly #arrivalListeners = new Set<() => void>();
  #held: Held | null = null;
  #instant: number | null = null;

  constructor(live: LiveCases, drawnBy: DrawnBy, hostNow: () => number) {
    this.#live = live;
    this.#drawnBy = drawnBy;
    this.#hostNow = hostNow;
  }

  /** The time that counts on the screen, epoch milliseconds: the host's, or the instant that is shown. */
  now(): number {
    return this.#instant ?? this.#hostNow();
  }

  /** Cases that were reported since the stream is kept back. */
  get arrived(): number {
    return this.#held?.arrived ?? 0;
  }

  /** Called when the time that counts went elsewhere, forwards or back. */
  onJump(listener: () => void): () => void {
    this.#jumpListeners.add(listener);
    return () => this.#jumpListeners.delete(listener);
  }

  onArrived(listener: () => void): () => void {
    this.#arrivalListeners.add(listener);
    return () => this.#arrivalListeners.delete(listener);
  }

  /** A new snapshot of the stream begins. */
  reset(): void {
    if (this.#held !== null) {
      this.#held.rows.clear();
      this.#held.about = { ...this.#held.about, isComplete: false };
      return;
    }
    this.#live.reset();
    void this.#drawnBy.draw({ isReset: true, upserts: [], removed: [] });
  }

  /** Takes a batch of the stream; resolves once it is on the screen, at once while it is kept back. */
  apply(items: readonly CaseChange[], about: About): Promise<void> {
    if (this.#held === null) return this.#drawnBy.draw(this.#live.apply(items, about));
    const { rows, known } = this.#held;
    const before = this.#held.arrived;
    for (const item of items) {
      if (item.kind === 'remove') rows.delete(item.id);
      else {
        rows.set(item.row.id, item.row);
        if (!known.has(item.row.id)) this.#held.arrived += 1;
        known.add(item.row.id);
      }
    }
    this.#held.about = about;
    if (this.#held.arrived !== before) for (const listener of this.#arrivalListeners) listener();
    return Promise.resolve();
  }

  /** From now on the stream is kept back. What is shown stays until {@link show}. */
  hold(): void {
    if (this.#held !== null) return;
    const { rows, sequence, isComplete } = this.#live;
    const about = { sequence, isComplete };
    this.#held = { rows: new Map(rows), known: new Set(rows.keys()), about, arrived: 0 };
  }

  /** Shows an instant; resolves once it is on the screen. Only while the stream is kept back. */
  show(step: BoardStep): Promise<void> {
    if (this.#held === null) return Promise.resolve();
    const rows = unpackCases(step.upserts);
    const removed = step.from === null ? this.#allBut(rows) : step.removed;
    return this.#change(changesOf(rows, removed), { sequence: step.sequence, isComplete: true }, step.asOf);
  }

  /** Shows what there is now, and goes on with the stream; resolves once it is on the screen. */
  release(): Promise<void> {
    if (this.#held === null) return Promise.resolve();
    const { rows, about } = this.#held;
    this.#held = null;
    const changed = [...rows.values()].filter((row) => this.#live.rows.get(row.id) !== row);
    return this.#change(changesOf(changed, this.#allBut(rows.values())), about, null);
  }

  async #change(items: readonly CaseChange[], about: About, instant: number | null): Promise<void> {
    const before = this.now();
    this.#instant = instant;
    if (this.now() < before) this.#live.timeWentBack();
    const delta: CaseDelta = this.#live.apply(items, about);
    const drawn = this.#drawnBy.draw(delta);
    for (const listener of this.#jumpListeners) listener();
    await drawn;
  }

  /** Cases that are shown and not among these. */
  #allBut(rows: Iterable<CaseRow>): readonly string[] {
    const kept = new Set(Array.from(rows, ({ id }) => id));
    return [...this.#live.rows.keys()].filter((id) => !kept.has(id));
  }
}

function changesOf(rows: readonly CaseRow[], removed: readonly string[]): readonly CaseChange[] {
  return [
    ...removed.map((id) => ({ kind: 'remove', id }) as const),
    ...rows.map((row) => ({ kind: 'upsert', row }) as const),
  ];
}
