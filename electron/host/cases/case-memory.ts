import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { CaseChanged, Cases } from '#host/ports/cases.ts';
import type { Entry, Journal } from '#host/ports/journal.ts';

/** Closed cases that stay in memory; older ones are folded from the journal when asked for. */
const KEPT_CLOSED_CASES = 20_000;

/** Old closed cases leave many at a time: a map that loses its first key again and again searches longer for each. */
const LEAVING_TOGETHER = 2_000;

const BATCH_CASES = 1_000;

type Listener = (changes: readonly CaseChanged[], sequence: number) => void;

/**
 * The cases as folded from the journal.
 *
 * 1. Every open case is in memory, and the closed ones that changed last.
 * 2. A change is heard of only after its entry is durable: `apply` is called with recorded entries, in order.
 * 3. Sequences of every case are kept, so that any history can be read from the journal.
 */
export class CaseMemory implements Cases {
  readonly #journal: Journal;
  readonly #open = new Map<string, CaseState>();
  readonly #closed = new Map<string, CaseState>();
  readonly #sequences = new Map<string, number[]>();
  readonly #listeners = new Set<Listener>();
  readonly #rows = new WeakMap<CaseState, CaseRow>();
  #sequence = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** A case in memory; undefined also for one that must be loaded first. */
  resident(id: string): CaseState | undefined {
    return this.#open.get(id) ?? this.#closed.get(id);
  }

  async load(id: string): Promise<CaseState | undefined> {
    const found = this.resident(id);
    if (found !== undefined || !this.#sequences.has(id)) return found;
    return this.folded(id, this.#sequence);
  }

  /** The case as it was right after the entry `sequence`. */
  async folded(id: string, sequence: number): Promise<CaseState | undefined> {
    const wanted = this.sequencesOf(id).filter((own) => own <= sequence);
    let state: CaseState | undefined;
    for (const entry of await this.#journal.readEach(wanted)) {
      for (const event of entry.events) if (event.caseId === id) state = evolve(state, event);
    }
    return state;
  }

  /**
   * Every case that changed after the entry `sequence`, as it is now, in batches in the order of the last change.
   * With a batch, all changes up to and with `reached` have been given that were there when the walk began.
   */
  async *changedAfter(
    sequence: number,
  ): AsyncIterable<{ readonly states: readonly CaseState[]; readonly reached: number }> {
    const ids = [...this.#sequences]
      .map(([id, own]) => ({ id, last: own.at(-1) ?? 0 }))
      .filter(({ last }) => last > sequence)
      .sort((a, b) => a.last - b.last);
    for (let at = 0; at < ids.length; at += BATCH_CASES) {
      const batch = ids.slice(at, at + BATCH_CASES);
      const states = await this.#loadAll(batch.map(({ id }) => id));
      yield { states, reached: required(batch.at(-1), 'batches are not empty').last };
    }
  }

  has(id: string): boolean {
    return this.#sequences.has(id);
  }

  sequencesOf(id: string): readonly number[] {
    return this.#sequences.get(id) ?? [];
  }

  openRows(): readonly CaseRow[] {
    return [...this.#open.values()].map((state) => this.row(state));
  }

  openStates(): readonly CaseState[] {
    return [...this.#open.values()];
  }

  /** The row of a resident state, made once. */
  row(state: CaseState): CaseRow {
    const known = this.#rows.get(state);
    if (known !== undefined) return known;
    const made = caseRow(state, required(this.sequencesOf(state.id).at(-1), 'a folded case has an entry'));
    this.#rows.set(state, made);
    return made;
  }

  counts(): { readonly open: number; readonly total: number } {
    return { open: this.#open.size, total: this.#sequences.size };
  }

  sequence(): number {
    return this.#sequence;
  }

  onChanged(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Folds one recorded entry. `decided` are the states after it where deciding has made them already, one for each case
   * of the entry. Returns the cases that changed, for `publish`.
   */
  apply(entry: Entry, decided?: readonly CaseState[]): readonly CaseChanged[] {
    const { sequence } = entry;
    const states = decided ?? statesAfter(entry.events, (id) => this.resident(id));
    for (const state of states) {
      const sequences = this.#sequences.get(state.id);
      if (sequences === undefined) this.#sequences.set(state.id, [sequence]);
      else sequences.push(sequence);
      this.#keep(state);
    }
    this.#sequence = sequence;
    return states.map((state) => ({ sequence, state }));
  }

  publish(changes: readonly CaseChanged[]): void {
    for (const listener of this.#listeners) listener(changes, this.#sequence);
  }

  async #loadAll(ids: readonly string[]): Promise<readonly CaseState[]> {
    const missing = ids.filter((id) => this.resident(id) === undefined);
    const sequences = [...new Set(missing.flatMap((id) => this.sequencesOf(id)))].sort((a, b) => a - b);
    const folded = new Map<string, CaseState>();
    for (const { events } of await this.#journal.readEach(sequences)) {
      for (const event of events) {
        if (this.resident(event.caseId) === undefined) {
          folded.set(event.caseId, evolve(folded.get(event.caseId), event));
        }
      }
    }
    return ids.flatMap((id) => this.resident(id) ?? folded.get(id) ?? []);
  }

  #keep(state: CaseState): void {
    if (isOpen(state.state)) {
      this.#open.set(state.id, state);
      return;
    }
    this.#open.delete(state.id);
    this.#closed.delete(state.id);
    this.#closed.set(state.id, state);
    if (this.#closed.size >= KEPT_CLOSED_CASES + LEAVING_TOGETHER) this.#forgetOldest();
  }

  #forgetOldest(): void {
    let leaving = this.#closed.size - KEPT_CLOSED_CASES;
    for (const id of this.#closed.keys()) {
      if (leaving === 0) return;
      this.#closed.delete(id);
      leaving -= 1;
    }
  }
}
