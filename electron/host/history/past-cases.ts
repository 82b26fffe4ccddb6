import { required } from '#domain/base/assert-never.ts';
import type { Instant } from '#domain/base/instant.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { PastCase, PastPicture } from '#host/ports/history.ts';
import type { Entry } from '#host/ports/journal.ts';
import type { Snapshot } from './snapshot.ts';

/** Cases as they were, moved on entry by entry. Ended ones are kept until {@link PastCases.forgetEnded}. */
export class PastCases {
  readonly #journalId: string;
  readonly #open = new Map<string, PastCase>();
  readonly #ended = new Map<string, CaseState>();
  #total = 0;
  #sequence = 0;
  #hash: string;
  #recordedAt: Instant | null = null;

  /** Before the first entry, or where a snapshot is. */
  constructor(journalId: string, snapshot: Snapshot | null) {
    this.#journalId = journalId;
    this.#hash = snapshot?.hash ?? journalId;
    if (snapshot === null) return;
    for (const known of snapshot.open) this.#open.set(known.state.id, known);
    this.#total = snapshot.total;
    this.#sequence = snapshot.sequence;
    this.#recordedAt = snapshot.recordedAt;
  }

  get sequence(): number {
    return this.#sequence;
  }

  get recordedAt(): Instant | null {
    return this.#recordedAt;
  }

  /** Cases that the entry changes, and that had ended before: they must be given to {@link apply}. */
  missing({ events }: Entry): readonly string[] {
    const first = new Map<string, number>();
    for (const { caseId, version } of events) if (!first.has(caseId)) first.set(caseId, version);
    return [...first].flatMap(([id, version]) =>
      version === 1 || this.#open.has(id) || this.#ended.has(id) ? [] : [id],
    );
  }

  apply(entry: Entry, loaded: ReadonlyMap<string, CaseState>): void {
    const { sequence } = entry;
    for (const { version } of entry.events) if (version === 1) this.#total += 1;
    for (const state of statesAfter(
      entry.events,
      (id) => this.#open.get(id)?.state ?? this.#ended.get(id) ?? loaded.get(id),
    )) {
      if (isOpen(state.state)) {
        this.#ended.delete(state.id);
        this.#open.set(state.id, { state, sequence });
      } else {
        this.#open.delete(state.id);
        this.#ended.set(state.id, state);
      }
    }
    this.#sequence = sequence;
    this.#hash = entry.hash;
    this.#recordedAt = entry.at;
  }

  forgetEnded(): void {
    this.#ended.clear();
  }

  picture(): PastPicture {
    return {
      ...{ sequence: this.#sequence, recordedAt: this.#recordedAt, total: this.#total },
      open: [...this.#open.values()],
    };
  }

  /** What there is to keep. There must have been an entry. */
  snapshot(): Snapshot {
    return {
      ...{ journalId: this.#journalId, sequence: this.#sequence, hash: this.#hash, total: this.#total },
      recordedAt: required(this.#recordedAt, 'a snapshot is of an entry'),
      open: [...this.#open.values()],
    };
  }
}
