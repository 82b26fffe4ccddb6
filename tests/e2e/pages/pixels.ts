import type { Locator } from '@playwright/test';
import { PNG } from 'pngjs';

/** How often each colour stands in a picture of the element, by `r,g,b`; an all-black map has one. */
export async function coloursOf(element: Locator): Promise<ReadonlyMap<string, number>> {
  const { data } = PNG.sync.read(await element.screenshot());
  const counts = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return counts;
}
