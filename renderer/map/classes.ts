import type { BreakMethod } from './map-layers.ts';

/** One class of the choropleth: figures from … to, both included; `to` null is without end, as
 * the last class is unless there is nothing but 0. `count` areas are in it. */
export interface FigureClass {
  readonly from: number;
  readonly to: number | null;
  readonly fill: string;
  readonly count: number;
}

/** Shares of the areas with any case that lie below the second, third and fourth class. */
const QUANTILES = [0.35, 0.7, 0.92] as const;

/** Natural breaks look at no more different figures than this; beyond, neighbours are taken together. */
const MOST_VALUES = 400;

/**
 * Up to four classes of whole numbers; the first begins at 0. A figure belongs to the last class whose `from` it reaches.
 *
 * 1. `quantile`: by quantiles of the areas that have any, so that one hot spot does not make all others look alike.
 * 2. `equal`: classes of the same width from 0 to the highest figure.
 * 3. `natural`: the limits with the least sum of squared distances to the means of the classes (Fisher and Jenks).
 */
export function figureClasses(
  figures: Iterable<number>,
  fills: readonly string[],
  method: BreakMethod = 'quantile',
): readonly FigureClass[] {
  const all = [...figures].sort((a, b) => a - b);
  const some = all.filter((figure) => figure > 0);
  const starts = startsOf(some, fills.length, method);
  const highest = some.at(-1) ?? 0;
  const reached = starts.filter((start, index) => start <= highest && start !== starts[index - 1]);
  return reached.map((from, index) => {
    const next = reached[index + 1];
    return {
      from,
      to: next !== undefined ? next - 1 : highest === 0 && all.length > 0 ? 0 : null,
      fill: fills[index] ?? '',
      count: all.filter((figure) => figure >= from && (next === undefined || figure < next)).length,
    };
  });
}

/** Which class a figure is in. */
export function classOf(figure: number, classes: readonly FigureClass[]): number {
  const at = classes.findLastIndex(({ from }) => figure >= from);
  return Math.max(0, at);
}

/** Where classes begin, not yet limited to what is reached. `some` is sorted and above 0. */
function startsOf(some: readonly number[], count: number, method: BreakMethod): readonly number[] {
  const highest = some.at(-1) ?? 0;
  switch (method) {
    case 'quantile': {
      const starts = [0];
      for (const share of QUANTILES.slice(0, count - 1)) {
        const figure = some[Math.floor(share * some.length)];
        if (figure !== undefined) starts.push(Math.max(figure, (starts.at(-1) ?? 0) + 1));
      }
      return starts;
    }
    case 'equal':
      return Array.from({ length: count }, (_, index) => Math.ceil((index * (highest + 1)) / count));
    case 'natural':
      return [0, ...naturalStarts([0, ...some], count).slice(1)];
  }
}

/**
 * First figure of each class by the least sum of squares within classes, found exactly by dynamic programming over the
 * different figures with their numbers. `sorted` must not be empty.
 */
export function naturalStarts(sorted: readonly number[], count: number): readonly number[] {
  const values = weighed(sorted);
  const classes = Math.min(count, values.length);
  // Sums up to each value, so that the spread of any run of values is a difference.
  const sums = { n: [0], x: [0], xx: [0] };
  for (const { value, weight } of values) {
    sums.n.push((sums.n.at(-1) ?? 0) + weight);
    sums.x.push((sums.x.at(-1) ?? 0) + weight * value);
    sums.xx.push((sums.xx.at(-1) ?? 0) + weight * value * value);
  }
  const between = (list: readonly number[], from: number, to: number) => (list[to] ?? 0) - (list[from] ?? 0);
  const spread = (from: number, to: number) => {
    const n = between(sums.n, from, to);
    return n === 0 ? 0 : between(sums.xx, from, to) - between(sums.x, from, to) ** 2 / n;
  };
  // best[k][to]: least spread of the values before `to` in k + 1 classes; cut[k][to]: where the last of them begins.
  let best = values.map((_, index) => spread(0, index + 1));
  const cuts: number[][] = [];
  for (let level = 1; level < classes; level += 1) {
    const [next, cut] = [best.map(() => Infinity), best.map(() => 0)];
    for (let to = level; to < values.length; to += 1) {
      for (let from = level; from <= to; from += 1) {
        const sum = (best[from - 1] ?? Infinity) + spread(from, to + 1);
        if (sum >= (next[to] ?? Infinity)) continue;
        next[to] = sum;
        cut[to] = from;
      }
    }
    best = next;
    cuts.push(cut);
  }
  const starts: number[] = [];
  let end = values.length - 1;
  for (const cut of cuts.toReversed()) {
    const from = cut[end] ?? 0;
    starts.unshift(values[from]?.value ?? 0);
    end = from - 1;
  }
  return [values[0]?.value ?? 0, ...starts];
}

/** Different figures with how often each is there; of very many, neighbours under the lowest of them. */
function weighed(sorted: readonly number[]): readonly { readonly value: number; readonly weight: number }[] {
  const width = Math.max(1, Math.ceil(((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / MOST_VALUES));
  const isMany = new Set(sorted).size > MOST_VALUES;
  const values: { value: number; weight: number; key: number }[] = [];
  for (const value of sorted) {
    const key = isMany ? Math.floor(value / width) : value;
    const last = values.at(-1);
    if (last?.key === key) last.weight += 1;
    else values.push({ value, weight: 1, key });
  }
  return values;
}
