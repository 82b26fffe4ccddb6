import KDBush from 'kdbush';
import type { Area } from '#domain/grid/district.ts';
import { buildLocator } from '#domain/grid/locate.ts';

export interface IndexOrder {
  readonly count: number;
  /** Pairs of degrees. */
  readonly positions: Float64Array;
  /** Areas to count in; null counts nothing. */
  readonly areas: readonly Area[] | null;
}

export type IndexPart =
  /** `KDBush.from` reads it. */
  | { readonly kind: 'tree'; readonly tree: ArrayBuffer }
  /** By code; what lies outside every area is counted nowhere. */
  | { readonly kind: 'byGrid'; readonly byGrid: ReadonlyMap<string, number> };

/** First the tree, which is needed first; then the numbers. */
export function* indexComponents({ count, positions, areas }: IndexOrder): Iterable<IndexPart> {
  if (count > 0) {
    const tree = new KDBush(count);
    for (let at = 0; at < count; at += 1) tree.add(positions[2 * at] ?? NaN, positions[2 * at + 1] ?? NaN);
    yield { kind: 'tree', tree: tree.finish().data as ArrayBuffer };
  }
  if (areas === null) return;
  const locator = buildLocator(areas);
  const byGrid = new Map<string, number>();
  for (let at = 0; at < count; at += 1) {
    const code = locator.locate(positions[2 * at] ?? NaN, positions[2 * at + 1] ?? NaN);
    if (code !== null) byGrid.set(code, (byGrid.get(code) ?? 0) + 1);
  }
  yield { kind: 'byGrid', byGrid };
}
