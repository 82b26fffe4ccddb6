import KDBush from 'kdbush';
import type { CaseRow } from '#contract/cases.ts';

/** Finds cases by place on the processor: drawing for the pick buffer would cost a frame (GM5). Made anew when asked. */
export class CaseIndex {
  #rows: readonly CaseRow[] = [];
  #tree: KDBush | null = null;
  #isStale = true;

  invalidate(): void {
    this.#isStale = true;
  }

  /** Cases in a box of degrees. */
  within(
    rows: () => Iterable<CaseRow>,
    [west, south, east, north]: readonly [number, number, number, number],
  ): readonly CaseRow[] {
    if (this.#isStale) this.#build([...rows()].filter(({ lon }) => lon !== null));
    if (this.#tree === null) return [];
    return this.#tree.range(west, south, east, north).flatMap((at) => this.#rows[at] ?? []);
  }

  #build(rows: readonly CaseRow[]): void {
    this.#isStale = false;
    this.#rows = rows;
    this.#tree = null;
    if (rows.length === 0) return;
    const tree = new KDBush(rows.length);
    for (const { lon, lat } of rows) tree.add(lon ?? 0, lat ?? 0);
    this.#tree = tree.finish();
  }
}
