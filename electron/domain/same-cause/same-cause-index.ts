import type { Instant } from '#domain/base/instant.ts';
import { BestCandidates, type Candidate } from './best-candidates.ts';
import { ClassNames } from './class-names.ts';
import { FactLines, NOBODY } from './fact-lines.ts';
import type { SameCauseFacts, SameCauseQuery } from './facts.ts';
import { GramTable, type Grams, type Measure } from './gram-table.ts';
import type { SameCausePolicy } from './policy.ts';
import { highestScore, reasonsOf, scoreOf, type Comparison, type TextComparison } from './score.ts';
import { SpatialCells, type Located } from './spatial-cells.ts';
import { TextPool } from './text-pool.ts';
import { TimeList } from './time-list.ts';

/** Where to look for history, and of which class if it matters. */
export interface SpotQuery extends Located {
  readonly classKey?: string;
}

/** A matter at a spot. */
export interface SpotRow {
  readonly id: string;
  readonly metres: number;
  /** Of the class asked for; false when none was. */
  readonly sameClass: boolean;
  readonly classKey: string;
  readonly className: string;
  readonly reportedAt: Instant;
  readonly closedAt: Instant | null;
}

/** What a search cost, in numbers that are the same on every machine. */
export interface SearchWork {
  /** Matters whose place and time were looked at. */
  readonly looked: number;
  /** Of these, matters whose text was compared. */
  readonly compared: number;
}

interface Held {
  facts: SameCauseFacts;
  /** Its number here; given to another when it is removed. */
  readonly slot: number;
  readonly point: Located | null;
  readonly description: Grams;
  readonly address: Grams;
}

/** Shared grams that make a matter without a place worth comparing. */
const LEAST_SHARED = 3;

/**
 * Which open and recent matters may have the same cause 同因 as one, and what was at a spot before.
 *
 * 1. A matter is found by place and time first: by its point; without a point by its grid; without either by rare words.
 *    A matter with a point is not compared with one whose point is missing and whose grid is another.
 * 2. Texts are compared only where the rest leaves a chance to be among the best; {@link SearchWork} counts it.
 * 3. The same matters give the same answer in whatever order they came, but for words that became common (TextPool).
 */
export class SameCauseIndex {
  readonly #held = new Map<string, Held>();
  readonly #slots: (Held | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  readonly #lines = new FactLines();
  readonly #cells = new SpatialCells<number>();
  readonly #grids = { withPoint: new GridLists(), withoutPoint: new GridLists() };
  readonly #descriptions = new GramTable();
  readonly #addresses = new GramTable();
  readonly #words = { placed: this.#newPools(), nowhere: this.#newPools() };
  readonly #classNames = new ClassNames();
  /** Staff numbers are few, and are kept. */
  readonly #reporters = new Map<string, number>();

  get size(): number {
    return this.#held.size;
  }

  has(id: string): boolean {
    return this.#held.has(id);
  }

  /** Adds a matter, or replaces what was known of it. Cheap when neither words nor place nor time of the report changed. */
  put(facts: SameCauseFacts): void {
    const before = this.#held.get(facts.id);
    if (before !== undefined && isFoundAlike(before.facts, facts)) {
      before.facts = facts;
      this.#setLine(before);
      return;
    }
    this.remove(facts.id);
    const { lon, lat, gridCode, reportedAt } = facts;
    const held: Held = {
      facts,
      slot: this.#freeSlots.pop() ?? this.#slots.length,
      point: lon === null || lat === null ? null : { lon, lat },
      description: this.#descriptions.add(facts.description),
      address: this.#addresses.add(facts.address),
    };
    this.#held.set(facts.id, held);
    this.#slots[held.slot] = held;
    this.#setLine(held);
    if (held.point !== null) this.#cells.add(held.point, reportedAt, held.slot);
    if (gridCode !== null) this.#gridsOf(held).add(gridCode, reportedAt, held.slot);
    const words = this.#wordsOf(held);
    words.description.add(held.slot, held.description);
    words.address.add(held.slot, held.address);
  }

  remove(id: string): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    const { gridCode, reportedAt } = held.facts;
    this.#held.delete(id);
    this.#slots[held.slot] = undefined;
    this.#freeSlots.push(held.slot);
    if (held.point !== null) this.#cells.remove(held.point, reportedAt, held.slot);
    if (gridCode !== null) this.#gridsOf(held).remove(gridCode, reportedAt, held.slot);
    const words = this.#wordsOf(held);
    words.description.remove(held.slot, held.description);
    words.address.remove(held.slot, held.address);
    this.#descriptions.remove(held.description);
    this.#addresses.remove(held.address);
  }

  /** The best `limit` candidates, best first. Closed ones may be too old at `now`. */
  candidates(query: SameCauseQuery, policy: SameCausePolicy, now: Instant, limit: number): readonly Candidate[] {
    return this.search(query, policy, now, limit).candidates;
  }

  /** As {@link candidates}, with what it cost. */
  search(
    query: SameCauseQuery,
    policy: SameCausePolicy,
    now: Instant,
    limit: number,
  ): { readonly candidates: readonly Candidate[]; readonly work: SearchWork } {
    const lines = this.#lines;
    const best = new BestCandidates<Candidate & { readonly reportedAt: number }>(limit);
    const description = this.#descriptions.measure(query.description);
    const address = this.#addresses.measure(query.address);
    const classNumber = this.#classNames.find(query.classKey);
    const classShares = this.#classNames.sharesWith(query.className);
    const reporter = this.#reporters.get(query.reporterId ?? '') ?? NOBODY;
    const ownSlot = this.#held.get(query.id ?? '')?.slot;
    const oldest = now - policy.closedWithinMs;
    const reach = { from: query.reportedAt - policy.lateMs, to: query.reportedAt + policy.lateMs };
    let looked = 0;
    let texts = 0;

    const consider = (slot: number, metres: number | null) => {
      const closedAt = lines.closedAt(slot);
      if (slot === ownSlot || closedAt < oldest) return;
      const reportedAt = lines.reportedAt(slot);
      const other = lines.classNumber(slot);
      const isSameClass = other === classNumber;
      const found: Comparison = {
        isSameClass,
        classShare: isSameClass ? 1 : classShares(other),
        metres,
        isSameGrid: metres === null && query.gridCode !== null && query.gridCode === this.#slots[slot]?.facts.gridCode,
        gapMs: Math.abs(reportedAt - query.reportedAt),
        isClosedBefore: closedAt <= query.reportedAt,
        isSameReporter: reporter !== NOBODY && lines.reporter(slot) === reporter,
      };
      if (highestScore(found, policy) < Math.max(policy.leastScore, best.lowest())) return;
      const held = this.#slots[slot];
      if (held === undefined) return;
      texts += 1;
      const compared = this.#comparedTexts(held, metres, description, address);
      const score = scoreOf(found, compared, policy);
      if (score === null || score < policy.leastScore || score < best.lowest()) return;
      const isStrong = score >= policy.strongScore;
      best.add({ id: held.facts.id, score, isStrong, reasons: reasonsOf(found, compared, policy), reportedAt });
    };
    const considerPlaceless = (slot: number) => {
      looked += 1;
      consider(slot, null);
    };

    const point = pointOf(query);
    if (point !== null) {
      const metresTo = lines.metresFrom(point);
      this.#cells.near(point, policy.farMetres, reach.from, reach.to, (slot) => {
        looked += 1;
        const metres = metresTo(slot);
        if (metres <= policy.farMetres) consider(slot, metres);
      });
    }
    if (query.gridCode !== null) {
      this.#grids.withoutPoint.of(query.gridCode)?.between(reach.from, reach.to, considerPlaceless);
      if (point === null) this.#grids.withPoint.of(query.gridCode)?.between(reach.from, reach.to, considerPlaceless);
    }
    for (const slot of this.#sharingWords(point !== null || query.gridCode !== null, description, address)) {
      const at = lines.reportedAt(slot);
      if (at >= reach.from && at < reach.to) considerPlaceless(slot);
    }
    const candidates = best.list().map(({ id, score, isStrong, reasons }) => ({ id, score, isStrong, reasons }));
    return { candidates, work: { looked, compared: texts } };
  }

  /** What is or was at a spot: reported since a moment, or still open; newest report first. Needs points. */
  historyAt(
    query: SpotQuery,
    { radiusMetres, since }: { readonly radiusMetres: number; readonly since: Instant },
  ): readonly SpotRow[] {
    const rows: SpotRow[] = [];
    const lines = this.#lines;
    const classNumber = this.#classNames.find(query.classKey ?? null);
    const metresTo = lines.metresFrom(query);
    this.#cells.near(query, radiusMetres, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, (slot) => {
      const metres = metresTo(slot);
      if (metres > radiusMetres) return;
      if (lines.reportedAt(slot) < since && lines.closedAt(slot) < Number.POSITIVE_INFINITY) return;
      const facts = this.#slots[slot]?.facts;
      if (facts === undefined) return;
      const { id, classKey, className, reportedAt, closedAt } = facts;
      const sameClass = lines.classNumber(slot) === classNumber;
      rows.push({ id, metres, sameClass, classKey, className, reportedAt, closedAt });
    });
    return rows.sort((a, b) => b.reportedAt - a.reportedAt || (a.id < b.id ? 1 : -1));
  }

  #comparedTexts(held: Held, metres: number | null, description: Measure, address: Measure): TextComparison {
    const hasText = description.size > 0 && held.description.length > 0;
    const needsAddress = metres === null && address.size > 0 && held.address.length > 0;
    return {
      text: hasText ? this.#descriptions.similarityTo(held.description) : null,
      address: needsAddress ? this.#addresses.addressSimilarityTo(held.address) : null,
    };
  }

  /** Slots of matters without a place, and for a query without one of all, that share rare words. */
  #sharingWords(isPlaced: boolean, description: Measure, address: Measure): ReadonlySet<number> {
    const pools = isPlaced ? [this.#words.nowhere] : [this.#words.nowhere, this.#words.placed];
    const slots = new Set<number>();
    for (const pool of pools) {
      for (const slot of pool.description.sharing(description.numbers, LEAST_SHARED)) slots.add(slot);
      for (const slot of pool.address.sharing(address.numbers, LEAST_SHARED)) slots.add(slot);
    }
    return slots;
  }

  #setLine({ slot, facts }: Held): void {
    const { reporterId } = facts;
    let reporter = reporterId === null ? NOBODY : this.#reporters.get(reporterId);
    if (reporter === undefined) {
      reporter = this.#reporters.size;
      this.#reporters.set(reporterId ?? '', reporter);
    }
    this.#lines.set(slot, facts, this.#classNames.number(facts.classKey, facts.className), reporter);
  }

  #newPools(): { readonly description: TextPool; readonly address: TextPool } {
    return { description: new TextPool(this.#descriptions), address: new TextPool(this.#addresses) };
  }

  #wordsOf(held: Held): { readonly description: TextPool; readonly address: TextPool } {
    return held.point === null && held.facts.gridCode === null ? this.#words.nowhere : this.#words.placed;
  }

  #gridsOf(held: Held): GridLists {
    return held.point === null ? this.#grids.withoutPoint : this.#grids.withPoint;
  }
}

/** Slots by unit grid, in the order of the reports. */
class GridLists {
  readonly #lists = new Map<string, TimeList<number>>();

  of(gridCode: string): TimeList<number> | undefined {
    return this.#lists.get(gridCode);
  }

  add(gridCode: string, moment: number, slot: number): void {
    let list = this.#lists.get(gridCode);
    if (list === undefined) {
      list = new TimeList();
      this.#lists.set(gridCode, list);
    }
    list.add(moment, slot);
  }

  remove(gridCode: string, moment: number, slot: number): void {
    const list = this.#lists.get(gridCode);
    list?.remove(moment, slot);
    if (list?.size === 0) this.#lists.delete(gridCode);
  }
}

function pointOf({ lon, lat }: SameCauseQuery): Located | null {
  return lon === null || lat === null ? null : { lon, lat };
}

/** Whether a matter is found in the same way as before; then only its facts are new. */
function isFoundAlike(before: SameCauseFacts, after: SameCauseFacts): boolean {
  return (
    before.description === after.description &&
    before.address === after.address &&
    before.reportedAt === after.reportedAt &&
    before.lon === after.lon &&
    before.lat === after.lat &&
    before.gridCode === after.gridCode
  );
}
