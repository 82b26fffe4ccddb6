import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { CaseArchive, CaseChanged, Cases, KeptCase } from '#host/ports/cases.ts';
import type { BareEntry, Journal } from '#host/ports/journal.ts';
import { CaseList, type KnownCase } from './case-list.ts';

/** Ended cases that stay in memory; older ones are looked up in the archive when asked for. */
const KEPT_ENDED_CASES = 10_000;

type Listener = (changes: readonly CaseChanged[], sequence: number) => void;

/**
 * The cases as folded from the journal.
 *
 * 1. Every open case is in memory, and the ended ones that were changed or asked for last; of the others nothing is, so that
 *    memory does not grow with the archive.
 * 2. A change is heard of only after its entry is durable: `apply` is called with recorded entries, in order.
 * 3. A case of the archive is changed only after it was loaded, and loading makes it one that is in memory.
 * 4. While the journal is folded the archive cannot be asked yet: what changes then is set aside, and loaded later.
 */
export class CaseMemory implements Cases {
  readonly #journal: Pick<Journal, 'readEach'>;
  readonly #archive: CaseArchive;
  readonly #keptEnded: number;
  readonly #known = new Map<string, KnownCase>();
  readonly #open = new CaseList();
  readonly #ended = new CaseList();
  readonly #loading = new Map<string, Promise<CaseState | undefined>>();
  readonly #aside = new Set<string>();
  readonly #listeners = new Set<Listener>();
  readonly #rows = new WeakMap<CaseState, CaseRow>();
  #sequence = 0;
  #total = 0;

  constructor(journal: Pick<Journal, 'readEach'>, archive: CaseArchive, keptEnded = KEPT_ENDED_CASES) {
    this.#journal = journal;
    this.#archive = archive;
    this.#keptEnded = keptEnded;
  }

  /** Puts memory where it was after an entry; only into an empty one. `total`: cases reported until then. */
  restore(sequence: number, total: number, cases: Iterable<KeptCase>): void {
    for (const { state, sequences } of cases) this.#insert(state, [...sequences]);
    this.#sequence = sequence;
    this.#total = total;
  }

  resident(id: string): CaseState | undefined {
    return this.#known.get(id)?.state;
  }

  mayBeElsewhere(id: string): boolean {
    return !this.#known.has(id) && this.#archive.mayHave(id);
  }

  async load(id: string): Promise<CaseState | undefined> {
    const found = this.resident(id);
    if (found !== undefined || !this.#archive.mayHave(id)) return found;
    const underWay = this.#loading.get(id) ?? this.#fetch(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, underWay);
    return underWay;
  }

  async folded(id: string, sequence: number): Promise<CaseState | undefined> {
    const known = this.#known.get(id)?.sequences ?? (await this.#archive.sequencesOf(id)) ?? [];
    return this.#fold(
      id,
      known.filter((own) => own <= sequence),
    );
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
    return [...this.#ended.states()];
  }

  /** All open cases, and the ended ones that were changed or asked for last, up to `mostEnded`; oldest first. */
  kept(mostEnded: number): { readonly open: readonly KeptCase[]; readonly ended: readonly KeptCase[] } {
    const keep = ({ state, sequences }: KnownCase): KeptCase => ({ state, sequences: [...sequences] });
    return {
      open: Array.from(this.#open.cases(), keep),
      ended: [...this.#ended.cases()].slice(-mostEnded).map(keep),
    };
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
    return { open: this.#open.size, total: this.#total };
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
  apply(entry: BareEntry, decided?: readonly CaseState[]): readonly CaseState[] {
    const states = decided ?? statesAfter(entry.events, (id) => this.resident(id));
    for (const state of states) this.#keep(state, entry.sequence);
    this.#sequence = entry.sequence;
    return states;
  }

  /** Takes note that the fold came past a change of a case of the archive. */
  setAside(id: string): void {
    this.#aside.add(id);
  }

  /** Cases that are set aside. */
  get aside(): number {
    return this.#aside.size;
  }

  /**
   * Loads what was set aside, once the archive can be asked, and tells of it. Returns the cases that cannot be had: of a
   * damaged journal, those that miss an entry.
   *
   * @throws ProjectionUnavailable; what is still aside then can be brought back later
   */
  async bringBack(): Promise<ReadonlySet<string>> {
    const missing = new Set<string>();
    for (const id of this.#aside) {
      const state = await this.load(id);
      this.#aside.delete(id);
      const sequence = this.sequencesOf(id).at(-1);
      if (state === undefined || sequence === undefined) missing.add(id);
      else this.publish([{ sequence, state }]);
    }
    return missing;
  }

  publish(changes: readonly CaseChanged[]): void {
    for (const listener of this.#listeners) listener(changes, this.#sequence);
  }

  async #fetch(id: string): Promise<CaseState | undefined> {
    const sequences = await this.#archive.sequencesOf(id);
    if (sequences === null) return undefined;
    const state = await this.#fold(id, sequences);
    if (state !== undefined) this.#insert(state, [...sequences]);
    return state;
  }

  async #fold(id: string, sequences: readonly number[]): Promise<CaseState | undefined> {
    // Where the journal cannot be read it is damaged, and has said so: nobody knows what the case is now.
    const entries = await this.#journal.readEach(sequences).catch((cause: unknown) => {
      if (cause instanceof RangeError) throw cause;
      return [];
    });
    let state: CaseState | undefined;
    for (const entry of entries) {
      for (const event of entry.events) if (event.caseId === id) state = evolve(state, event);
    }
    return state;
  }

  #keep(state: CaseState, sequence: number): void {
    const known = this.#known.get(state.id);
    if (known === undefined) {
      this.#total += 1;
      this.#insert(state, [sequence]);
      return;
    }
    known.state = state;
    known.sequences.push(sequence);
    this.#sort(known);
  }

  #insert(state: CaseState, sequences: number[]): void {
    const known: KnownCase = { state, sequences, list: null, before: null, after: null };
    this.#known.set(state.id, known);
    this.#sort(known);
  }

  #sort(known: KnownCase): void {
    if (isOpen(known.state.state)) {
      if (known.list !== this.#open) this.#open.add(known);
      return;
    }
    this.#ended.add(known);
    const { first } = this.#ended;
    if (this.#ended.size <= this.#keptEnded || first === null) return;
    this.#ended.remove(first);
    this.#known.delete(first.state.id);
  }
}
