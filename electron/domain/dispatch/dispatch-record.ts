import type { Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { CaseAction } from '#domain/case/transitions.ts';
import { dayOf } from '#domain/reference/day.ts';
import { classKeyOf } from '#domain/same-cause/facts.ts';

/** Right ones of all; 0 of 0 is "—", never 100 % (domain.md §1, 9). */
export interface Share {
  readonly right: number;
  readonly all: number;
}

/** A {@link DispatchRecord} as JSON. */
export interface DispatchRecordDump {
  readonly firsts: readonly (readonly [
    key: string,
    months: readonly (readonly [month: number, right: number, all: number])[],
  ])[];
  readonly handled: readonly (readonly [
    key: string,
    units: readonly (readonly [unit: string, months: readonly (readonly [month: number, count: number])[]])[],
  ])[];
}

/** Acts that end a case or ticket by its own merits; what comes after them, and 并案, is heard of but not counted. */
const endings: ReadonlySet<CaseAction> = new Set(['close', 'force_close', 'void', 'reject', 'conclude']);

/** Months that count: the last twelve, the current one included. */
const MONTHS = 12;

/**
 * What became of past dispatches: 首派准确率 per class and unit, and who handled a class in an area. Each case is noted
 * once, when it has ended, in the month of its end. Bounded by classes × units × 12 months.
 */
export class DispatchRecord {
  readonly #firsts = new Map<string, Map<number, { right: number; all: number }>>();
  readonly #handled = new Map<string, Map<string, Map<number, number>>>();

  /** What months that still count have; it goes on changing nothing of what was given. */
  dump(now: Instant): DispatchRecordDump {
    const since = monthOf(now) - MONTHS;
    return {
      firsts: [...this.#firsts].flatMap(([key, months]) => {
        const kept = [...months].filter(([month]) => month > since);
        return kept.length === 0
          ? []
          : [[key, kept.map(([month, { right, all }]) => [month, right, all] as const)] as const];
      }),
      handled: [...this.#handled].flatMap(([key, units]) => {
        const kept = [...units].flatMap(([unit, months]) => {
          const counts = [...months].filter(([month]) => month > since);
          return counts.length === 0 ? [] : [[unit, counts] as const];
        });
        return kept.length === 0 ? [] : [[key, kept] as const];
      }),
    };
  }

  /** Takes over what was dumped; only into an empty record. */
  restore({ firsts, handled }: DispatchRecordDump): void {
    for (const [key, months] of firsts) {
      this.#firsts.set(key, new Map(months.map(([month, right, all]) => [month, { right, all }])));
    }
    for (const [key, units] of handled) {
      this.#handled.set(key, new Map(units.map(([unit, months]) => [unit, new Map(months)])));
    }
  }

  /** Whether this change of a case is one to note. */
  isWanted(found: CaseState): boolean {
    return found.closedAt !== null && endings.has(found.lastAction);
  }

  /**
   * Notes a case that ended by this very change; any other is passed over. `areas` are the codes of the units that hold
   * its place, by management.
   */
  note(found: CaseState, areas: readonly string[]): void {
    if (!this.isWanted(found) || found.closedAt === null) return;
    const classKey = classKeyOf(found.classRef);
    const month = monthOf(found.closedAt);
    const first = firstDispatch(found);
    if (first !== null) {
      const months = at(this.#firsts, `${classKey} ${first.unit}`, () => new Map());
      const share = at(months, month, () => ({ right: 0, all: 0 }));
      share.all += 1;
      if (!first.wasReturned) share.right += 1;
    }
    const handler = found.chain.findLast((hop) => hop.unit !== null && hop.outcome === 'fed_back')?.unit;
    if (handler === null || handler === undefined) return;
    for (const area of areas) {
      const units = at(this.#handled, `${classKey} ${area}`, () => new Map());
      const months = at(units, handler, () => new Map());
      months.set(month, (months.get(month) ?? 0) + 1);
    }
  }

  /** 首派准确率 of a class and unit: first dispatches that were not returned, in the last twelve months. */
  accuracy(classKey: string, unit: string, now: Instant): Share {
    const since = monthOf(now) - MONTHS;
    const sum = { right: 0, all: 0 };
    for (const [month, share] of this.#firsts.get(`${classKey} ${unit}`) ?? []) {
      if (month <= since) continue;
      sum.right += share.right;
      sum.all += share.all;
    }
    return sum;
  }

  /** Who handled cases of a class in an area in the last twelve months, most first, and how many there were. */
  handledIn(
    classKey: string,
    area: string,
    now: Instant,
  ): { readonly units: readonly { readonly unit: string; readonly count: number }[]; readonly all: number } {
    const since = monthOf(now) - MONTHS;
    const units = [...(this.#handled.get(`${classKey} ${area}`) ?? [])]
      .map(([unit, months]) => {
        const recent = [...months].filter(([month]) => month > since);
        return { unit, count: recent.reduce((sum, [, count]) => sum + count, 0) };
      })
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.unit < b.unit ? -1 : 1));
    return { units, all: units.reduce((sum, { count }) => sum + count, 0) };
  }
}

/** The unit that the desk sent a case to first, and whether it came back to the desk 首派. */
function firstDispatch(found: CaseState): { readonly unit: string; readonly wasReturned: boolean } | null {
  const at = found.chain.findIndex(({ unit }) => unit !== null);
  const unit = found.chain[at]?.unit;
  if (unit === null || unit === undefined) return null;
  const wasReturned = found.chain.some(
    ({ outcome }, hop) => outcome === 'returned' && found.chain[hop + 1]?.unit === null,
  );
  return { unit, wasReturned };
}

/** Months since the year 0, in Beijing. */
function monthOf(at: Instant): number {
  const day = dayOf(at);
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}

function at<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
