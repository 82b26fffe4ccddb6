import { required } from '#domain/base/assert-never.ts';
import type { Random } from '#domain/base/random.ts';

/** An item by weight. @throws Error for an empty list */
export function drawByWeight<Item>(random: Random, items: readonly Item[], weightOf: (item: Item) => number): Item {
  let left = random.next() * items.reduce((sum, item) => sum + weightOf(item), 0);
  const found = items.find((item) => (left -= weightOf(item)) < 0);
  return found ?? required(items.at(-1), 'there is something to draw from');
}

/** A log-normal number with that median; `sigma` is the deviation of its logarithm. */
export function drawLogNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * random.normal());
}

/** A number in [from, to). */
export function drawBetween(random: Random, from: number, to: number): number {
  return from + random.next() * (to - from);
}

/** How many times in a row a chance is met, at most `limit`: geometric, mean p / (1 - p). */
export function drawRun(random: Random, probability: number, limit: number): number {
  let length = 0;
  while (length < limit && random.chance(probability)) length += 1;
  return length;
}
