import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { CaseChanged, Cases } from '#host/ports/cases.ts';
import type { Entry, Journal } from '#host/ports/journal.ts';
import { CaseList, type KnownCase } from './case-list.ts';

/** Closed cases that stay in memory; older ones are folded from the journal when asked for. */
const KEPT_CLOSED_CASES = 20_000;

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
  readonly #known = new Map<string, KnownCase>();
  readonly #open = new CaseList();
  readonly #closed = new CaseList();
  readonly #listeners = new Set<Listener>();
  readonly #rows = new WeakMap<CaseState, CaseRow>();
  #sequence = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** A case in memory; undefined also for one that must be loaded first. */
  resident(id: string): CaseState | undefined {
    return this.#known.get(id)?.state ?? undefined;
  }

  async load(id: string): Promise<CaseState | undefined> {
    const found = this.resident(id);
    if (found !== undefined || !this.has(id)) return found;
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
    const ids = [...this.#known]
      .map(([id, { sequences }]) => ({ id, last: sequences.at(-1) ?? 0 }))
      .filter(({ last }) => last > sequence)
      .sort((a, b) => a.last - b.last);
    for (let at = 0; at < ids.length; at += BATCH_CASES) {
      const batch = ids.slice(at, at + BATCH_CASES);
      const states = await this.#loadAll(batch.map(({ id }) => id));
      yield { states, reached: required(batch.at(-1), 'batches are not empty').last };
    }
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  sequencesOf(id: string): readonly number[] {
    return this.#known.get(id)?.sequences ?? [];
  }

  openRows(): readonly CaseRow[] {
    return Array.from(this.#open.states(), (state) => this.row(state));
  }

  openStates(): readonly CaseState[] {
    return [...this.#open.states()];
  }

  endedStates(): readonly CaseState[] {
    return [...this.#closed.states()];
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
    return { open: this.#open.size, total: this.#known.size };
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
   * of the entry. Returns these states, for `publish`.
   */
  apply(entry: Entry, decided?: readonly CaseState[]): readonly CaseState[] {
    const states = decided ?? statesAfter(entry.events, (id) => this.resident(id));
    for (const state of states) this.#keep(state, entry.sequence);
    this.#sequence = entry.sequence;
    return states;
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

  #keep(state: CaseState, sequence: number): void {
    let known = this.#known.get(state.id);
    if (known === undefined) {
      known = { state, sequences: [sequence], list: null, before: null, after: null };
      this.#known.set(state.id, known);
    } else {
      known.state = state;
      known.sequences.push(sequence);
    }
    if (!isOpen(state.state)) {
      this.#closed.add(known);
      if (this.#closed.size > KEPT_CLOSED_CASES) this.#forgetOldest();
    } else if (known.list !== this.#open) this.#open.add(known);
  }

  #forgetOldest(): void {
    const oldest = this.#closed.first;
    if (oldest === null) return;
    oldest.state = null;
    this.#closed.remove(oldest);
  }
}
