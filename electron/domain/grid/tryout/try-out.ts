import type { Area } from '../district.ts';
import { buildLocator, type Locator } from '../locate.ts';

/** A case as far as a try-out needs it. */
export interface TriedCase {
  readonly id: string;
  /** WGS-84 degrees. */
  readonly lon: number;
  readonly lat: number;
  readonly class: string;
  readonly isOpen: boolean;
}

/** Work that falls to one grid: all cases tried, those that are open, and all by class. */
export interface GridLoad {
  readonly cases: number;
  readonly open: number;
  readonly byClass: ReadonlyMap<string, number>;
}

/** A grid in both nets; null on the side where there is none of its code. */
export interface GridComparison {
  readonly code: string;
  readonly before: GridLoad | null;
  readonly after: GridLoad | null;
}

/** A case whose grid changes; null is outside of the net. */
export interface MovedCase {
  readonly id: string;
  readonly isOpen: boolean;
  readonly from: string | null;
  readonly to: string | null;
}

/** How evenly a net shares the work: over all its grids, those without a case too. */
export interface LoadSpread {
  readonly grids: number;
  readonly cases: number;
  /** Cases in none of the grids. */
  readonly outside: number;
  readonly largest: number;
  readonly median: number;
  readonly withoutCases: number;
  /** Standard deviation / mean of cases per grid; 0 is even. Null without cases. */
  readonly unevenness: number | null;
}

export interface TryOutResult {
  /** By code; grids of either net. */
  readonly grids: readonly GridComparison[];
  readonly before: LoadSpread;
  readonly after: LoadSpread;
  /** In the order in which the cases were tried; `to` null is a case that the redrawn net would orphan. */
  readonly moved: readonly MovedCase[];
}

/**
 * Tries redrawn grids on cases that were: who would have had how much to do. Nothing is changed by it; past cases keep
 * the grid of their time. Both nets are the finest level of a district in WGS-84. Cases are added one by one, in slices
 * if there are many: a million lookups in each net take some two seconds.
 */
export class TryOut {
  readonly #before: Net;
  readonly #after: Net;
  readonly #moved: MovedCase[] = [];

  constructor(before: readonly Area[], after: readonly Area[]) {
    this.#before = netOf(before);
    this.#after = netOf(after);
  }

  add(tried: TriedCase): void {
    const from = place(this.#before, tried);
    const to = place(this.#after, tried);
    if (from !== to) this.#moved.push({ id: tried.id, isOpen: tried.isOpen, from, to });
  }

  result(): TryOutResult {
    const codes = new Set([...this.#before.loads.keys(), ...this.#after.loads.keys()]);
    const grids = [...codes]
      .sort((first, second) => (first < second ? -1 : 1))
      .map((code) => ({
        code,
        before: copyOf(this.#before.loads.get(code)),
        after: copyOf(this.#after.loads.get(code)),
      }));
    return { grids, before: spreadOf(this.#before), after: spreadOf(this.#after), moved: [...this.#moved] };
  }
}

interface CountedLoad {
  cases: number;
  open: number;
  readonly byClass: Map<string, number>;
}

interface Net {
  readonly locator: Locator;
  readonly loads: ReadonlyMap<string, CountedLoad>;
  outside: number;
}

function netOf(areas: readonly Area[]): Net {
  const loads = new Map(
    areas.map(({ code }): [string, CountedLoad] => [code, { cases: 0, open: 0, byClass: new Map() }]),
  );
  return { locator: buildLocator(areas), loads, outside: 0 };
}

function place(net: Net, tried: TriedCase): string | null {
  const code = net.locator.locate(tried.lon, tried.lat);
  const load = code === null ? undefined : net.loads.get(code);
  if (load === undefined) {
    net.outside += 1;
    return null;
  }
  load.cases += 1;
  if (tried.isOpen) load.open += 1;
  load.byClass.set(tried.class, (load.byClass.get(tried.class) ?? 0) + 1);
  return code;
}

function copyOf(load: CountedLoad | undefined): GridLoad | null {
  return load === undefined ? null : { cases: load.cases, open: load.open, byClass: new Map(load.byClass) };
}

function spreadOf({ loads, outside }: Net): LoadSpread {
  const counts = [...loads.values()].map(({ cases }) => cases).sort((first, second) => first - second);
  const cases = counts.reduce((sum, count) => sum + count, 0);
  const mean = cases / Math.max(1, counts.length);
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(1, counts.length);
  return {
    grids: counts.length,
    cases,
    outside,
    largest: counts.at(-1) ?? 0,
    median: medianOf(counts),
    withoutCases: counts.filter((count) => count === 0).length,
    unevenness: cases === 0 ? null : Math.sqrt(variance) / mean,
  };
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
