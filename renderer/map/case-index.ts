import KDBush from 'kdbush';
import type { CaseRow } from '#contract/cases.ts';

type Box = readonly [west: number, south: number, east: number, north: number];

/** More changes than this are put into the tree; fewer are looked at one by one. */
const MANY = 500;

/**
 * Finds cases by place on the processor: drawing for the pick buffer would cost a frame (GM5). A tree over the cases of
 * some moment, and a list of those that changed since: a hover never waits for a tree of all cases.
 */
export class CaseIndex {
  readonly #shown: () => Iterable<CaseRow>;
  readonly #isShown: (id: string) => boolean;
  #rows: readonly CaseRow[] = [];
  #tree: KDBush | null = null;
  readonly #changed = new Map<string, CaseRow>();
  #isVoid = true;

  constructor(shown: () => Iterable<CaseRow>, isShown: (id: string) => boolean) {
    this.#shown = shown;
    this.#isShown = isShown;
  }

  /** A shown case changed or came. */
  set(row: CaseRow): void {
    if (this.#isVoid) return;
    this.#changed.set(row.id, row);
    if (this.#changed.size > MANY) this.reset();
  }

  /** Everything may have changed. */
  reset(): void {
    this.#isVoid = true;
    this.#changed.clear();
  }

  /** Shown cases in a box of degrees. */
  within([west, south, east, north]: Box): readonly CaseRow[] {
    if (this.#isVoid) this.#build();
    const found: CaseRow[] = [];
    for (const at of this.#tree?.range(west, south, east, north) ?? []) {
      const row = this.#rows[at];
      if (row !== undefined && !this.#changed.has(row.id) && this.#isShown(row.id)) found.push(row);
    }
    for (const row of this.#changed.values()) {
      const [lon, lat] = [row.lon ?? Infinity, row.lat ?? Infinity];
      if (lon >= west && lon <= east && lat >= south && lat <= north && this.#isShown(row.id)) found.push(row);
    }
    return found;
  }

  #build(): void {
    this.#isVoid = false;
    this.#changed.clear();
    this.#rows = [...this.#shown()];
    this.#tree = null;
    if (this.#rows.length === 0) return;
    const tree = new KDBush(this.#rows.length);
    for (const { lon, lat } of this.#rows) tree.add(lon ?? 0, lat ?? 0);
    this.#tree = tree.finish();
  }
}
