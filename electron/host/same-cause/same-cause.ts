import { DAY_MS, plus, type Instant } from '#domain/base/instant.ts';
import type { Candidate } from '#domain/same-cause/best-candidates.ts';
import { factsOfCase, type SameCauseFacts, type SameCauseQuery } from '#domain/same-cause/facts.ts';
import { defaultSameCausePolicy, type SameCausePolicy } from '#domain/same-cause/policy.ts';
import { SameCauseIndex, type SpotQuery, type SpotRow } from '#domain/same-cause/same-cause-index.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { SameCause } from '#host/ports/same-cause.ts';

/** Closed cases that are kept at most; a district of 1,500 cases a day closes 135,000 in 90 days. */
const MOST_CLOSED = 150_000;

/** Facts that are indexed at a time: some milliseconds. */
const SLICE = 100;

export interface CaseNeighborsOptions {
  readonly clock: Clock;
  readonly policy?: SameCausePolicy;
  readonly mostClosed?: number;
}

/**
 * Keeps the index of cases that may have the same cause up to date.
 *
 * 1. It holds every open case, with or without place and words, and those closed within the policy's `closedWithinMs`.
 * 2. Of more than `mostClosed` closed ones the day that was closed first goes first, whole. Open cases always stay:
 *    they are as many as in case memory.
 * 3. It begins with nothing: {@link follow} hears of changes, {@link fill} brings what was there before. Until that is done
 *    answers are of a part, and {@link isWhole} says so.
 */
export class CaseNeighbors implements SameCause {
  readonly policy: SameCausePolicy;
  readonly #clock: Clock;
  readonly #mostClosed: number;
  readonly #index = new SameCauseIndex();
  /** Numbers of closed cases by the day of closing, and the day of each. */
  readonly #closedOn = new Map<number, Set<string>>();
  readonly #dayOf = new Map<string, number>();
  #isWhole = false;
  #sweptOn = Number.NEGATIVE_INFINITY;
  #sequence = 0;

  constructor({ clock, policy = defaultSameCausePolicy, mostClosed = MOST_CLOSED }: CaseNeighborsOptions) {
    this.policy = policy;
    this.#clock = clock;
    this.#mostClosed = mostClosed;
  }

  /** Cases that are held. */
  get size(): number {
    return this.#index.size;
  }

  /** Hears of every change from now on. The result stops it. */
  follow(cases: Pick<Cases, 'sequence' | 'onChanged'>): () => void {
    this.#sequence = cases.sequence();
    return cases.onChanged((changes, sequence) => {
      const last = new Map(changes.map(({ state }) => [state.id, state]));
      for (const state of last.values()) this.#put(factsOfCase(state));
      this.#sequence = sequence;
      this.#dropOld();
    });
  }

  /** Takes in what was there before, page by page; what is known already is newer. `pause` lets other work go on between. */
  async fill(
    pages: Iterable<readonly SameCauseFacts[]> | AsyncIterable<readonly SameCauseFacts[]>,
    pause: () => Promise<void>,
  ): Promise<void> {
    for await (const page of pages) {
      for (let at = 0; at < page.length; at += SLICE) {
        for (const facts of page.slice(at, at + SLICE)) if (!this.#index.has(facts.id)) this.#put(facts);
        await pause();
      }
      if (this.#dayOf.size >= this.#mostClosed) return;
    }
  }

  /** Since {@link CaseNeighborsOptions.policy}'s days of endings are all taken in. */
  filled(): void {
    this.#isWhole = true;
    this.#dropOld();
  }

  isWhole(): boolean {
    return this.#isWhole;
  }

  /** Cases that ended before this moment are of no use. */
  oldest(): Instant {
    return plus(this.#clock.now(), -this.policy.closedWithinMs);
  }

  sequence(): number {
    return this.#sequence;
  }

  candidates(query: SameCauseQuery, limit: number): readonly Candidate[] {
    this.#dropOld();
    return this.#index.candidates(query, this.policy, this.#clock.now(), limit);
  }

  historyAt(spot: SpotQuery, range: { readonly radiusMetres: number; readonly since: Instant }): readonly SpotRow[] {
    this.#dropOld();
    return this.#index.historyAt(spot, range);
  }

  #put(facts: SameCauseFacts): void {
    this.#forgetDay(facts.id);
    if (this.#isTooOld(facts.closedAt)) {
      this.#index.remove(facts.id);
      return;
    }
    this.#index.put(facts);
    if (facts.closedAt === null) return;
    const day = dayOf(facts.closedAt);
    const ids = this.#closedOn.get(day);
    if (ids === undefined) this.#closedOn.set(day, new Set([facts.id]));
    else ids.add(facts.id);
    this.#dayOf.set(facts.id, day);
  }

  #isTooOld(closedAt: Instant | null): boolean {
    return closedAt !== null && closedAt < this.#clock.now() - this.policy.closedWithinMs;
  }

  /** Once a day by age, which is exact enough for memory: searches look at the moment. At any time by number. */
  #dropOld(): void {
    const today = dayOf(this.#clock.now());
    if (today !== this.#sweptOn) {
      this.#sweptOn = today;
      const oldest = dayOf(this.#clock.now() - this.policy.closedWithinMs);
      for (const day of [...this.#closedOn.keys()].filter((own) => own < oldest)) this.#dropDay(day);
    }
    while (this.#dayOf.size > this.#mostClosed) this.#dropDay(Math.min(...this.#closedOn.keys()));
  }

  #dropDay(day: number): void {
    for (const id of this.#closedOn.get(day) ?? []) {
      this.#index.remove(id);
      this.#dayOf.delete(id);
    }
    this.#closedOn.delete(day);
  }

  #forgetDay(id: string): void {
    const day = this.#dayOf.get(id);
    if (day === undefined) return;
    const ids = this.#closedOn.get(day);
    ids?.delete(id);
    if (ids?.size === 0) this.#closedOn.delete(day);
    this.#dayOf.delete(id);
  }
}

function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}
