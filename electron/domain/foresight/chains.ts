import type { CaseChain, ChainHop, ChainStep } from '#domain/metrics/chain-log.ts';
import type { Steps } from './steps.ts';

/** Ways that are looked at in one turn: some milliseconds. */
const TURN = 1_000;

/** A way that several cases took: kinds of units in their order, without what stays with one. */
export interface Variant<Kind extends string> {
  readonly path: readonly Kind[];
  readonly rows: readonly number[];
  /** Median seconds from the first hop to the end, of those that ended; null: none did. */
  readonly medianSeconds: number | null;
}

/** Two units that a case went between, to and fro: A → B → A. `a` has the smaller code index; 0 is the district desk. */
export interface PingPong {
  readonly a: number;
  readonly b: number;
  readonly rows: readonly number[];
  /** How often, in all of them. */
  readonly times: number;
}

/** How long cases lay with one unit in one step. Seconds. */
export interface Dwell {
  readonly unit: number;
  readonly step: ChainStep;
  /** Rows of the cases, the longest first; a case that came twice is there twice. */
  readonly rows: readonly number[];
  readonly medianSeconds: number;
  readonly longestSeconds: number;
  /** Median of all units in this step. */
  readonly usualSeconds: number;
  /** What its cases lost: time beyond the usual, summed. */
  readonly lostSeconds: number;
}

export interface MinedChains<Kind extends string> {
  readonly cases: number;
  readonly variants: readonly Variant<Kind>[];
  readonly pingPongs: readonly PingPong[];
  readonly dwells: readonly Dwell[];
}

/**
 * Process mining over the ways of cases (van der Aalst, Process Mining, 2016, §2 and §9): variants by how many took them; pairs
 * between which cases went to and fro, as handover of work; dwell by unit and step, the worst hop 最差一环 first: the one that
 * cost most time beyond what the step takes elsewhere. `now` in seconds ends hops that go on. Waiting in 挂账 is nobody's
 * delay and counts in no dwell.
 */
export function* mineChains<Kind extends string>(
  chains: Iterable<CaseChain>,
  kindOf: (unit: number) => Kind,
  now: number,
): Steps<MinedChains<Kind>> {
  const variants = new Map<
    string,
    { readonly path: readonly Kind[]; readonly rows: number[]; readonly times: number[] }
  >();
  const pairs = new Map<string, { readonly a: number; readonly b: number; readonly rows: number[]; times: number }>();
  const dwells = new Map<string, { readonly unit: number; readonly step: ChainStep; readonly stays: Stay[] }>();
  let cases = 0;
  for (const { row, hops } of chains) {
    cases += 1;
    if (cases % TURN === 0) yield;
    const units = unitsOf(hops);
    const path = units.map(kindOf);
    const end = hops.at(-1)?.to ?? null;
    const known = variants.get(path.join(' ')) ?? { path, rows: [], times: [] };
    known.rows.push(row);
    if (end !== null) known.times.push(end - (hops[0]?.from ?? end));
    variants.set(path.join(' '), known);
    for (const { a, b, times } of pingPongsOf(units)) {
      const pair = pairs.get(`${a} ${b}`) ?? { a, b, rows: [], times: 0 };
      pair.rows.push(row);
      pair.times += times;
      pairs.set(`${a} ${b}`, pair);
    }
    for (const { unit, step, from, to } of hops) {
      if (step === 'suspended') continue;
      const dwell = dwells.get(`${unit} ${step}`) ?? { unit, step, stays: [] };
      dwell.stays.push({ row, seconds: Math.max(0, (to ?? now) - from) });
      dwells.set(`${unit} ${step}`, dwell);
    }
  }
  const usual = usualByStep(dwells.values());
  return {
    cases,
    variants: [...variants.values()]
      .map(({ path, rows, times }) => ({ path, rows, medianSeconds: medianOf(times) }))
      .sort((x, y) => y.rows.length - x.rows.length),
    pingPongs: [...pairs.values()].sort((x, y) => y.rows.length - x.rows.length || y.times - x.times),
    dwells: [...dwells.values()]
      .map(({ unit, step, stays }) => dwellOf(unit, step, stays, usual.get(step) ?? 0))
      .sort((x, y) => y.lostSeconds - x.lostSeconds),
  };
}

interface Stay {
  readonly row: number;
  readonly seconds: number;
}

/** Units in the order they had the case, each stay once. */
function unitsOf(hops: readonly ChainHop[]): readonly number[] {
  return hops.flatMap(({ unit }, at) => (hops[at - 1]?.unit === unit ? [] : [unit]));
}

/**
 * To and fro between the same two, each turn back once. Desk → unit → desk is the way of every case: with the desk on one side it
 * takes the unit twice.
 */
function pingPongsOf(
  units: readonly number[],
): readonly { readonly a: number; readonly b: number; readonly times: number }[] {
  const found = new Map<string, { readonly a: number; readonly b: number; times: number }>();
  units.forEach((unit, at) => {
    const [middle, back] = [units[at + 1], units[at + 2]];
    if (middle === undefined || back !== unit || unit === 0) return;
    const [a, b] = unit < middle ? [unit, middle] : [middle, unit];
    const pair = found.get(`${a} ${b}`) ?? { a, b, times: 0 };
    pair.times += 1;
    found.set(`${a} ${b}`, pair);
  });
  return [...found.values()];
}

function usualByStep(
  dwells: Iterable<{ readonly step: ChainStep; readonly stays: readonly Stay[] }>,
): ReadonlyMap<ChainStep, number> {
  const times = new Map<ChainStep, number[]>();
  for (const { step, stays } of dwells) {
    const known = times.get(step) ?? [];
    for (const { seconds } of stays) known.push(seconds);
    times.set(step, known);
  }
  return new Map([...times].map(([step, all]) => [step, medianOf(all) ?? 0]));
}

function dwellOf(unit: number, step: ChainStep, stays: readonly Stay[], usualSeconds: number): Dwell {
  const longest = stays.toSorted((x, y) => y.seconds - x.seconds || x.row - y.row);
  return {
    ...{ unit, step, usualSeconds },
    rows: longest.map(({ row }) => row),
    medianSeconds: medianOf(stays.map(({ seconds }) => seconds)) ?? 0,
    longestSeconds: longest[0]?.seconds ?? 0,
    lostSeconds: stays.reduce((sum, { seconds }) => sum + Math.max(0, seconds - usualSeconds), 0),
  };
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
