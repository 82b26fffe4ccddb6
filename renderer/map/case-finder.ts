import type { Map as MapLibreMap } from 'maplibre-gl';
import type { CaseRow } from '#contract/cases.ts';
import type { CaseBoard } from './case-board.ts';
import type { CaseIndex } from './case-index.ts';

/** A case is hit within this distance of its centre, CSS pixels. */
const REACH = 10;

/** The case under the pointer: the nearest; of several at one spot the gravest. */
export function caseAt(
  map: MapLibreMap,
  board: CaseBoard,
  index: CaseIndex,
  x: number,
  y: number,
  isDrawn: (id: string) => boolean = () => true,
): CaseRow | undefined {
  const southWest = map.unproject([x - REACH, y + REACH]);
  const northEast = map.unproject([x + REACH, y - REACH]);
  let best: CaseRow | undefined;
  let bestScore = Infinity;
  for (const row of index.within([southWest.lng, southWest.lat, northEast.lng, northEast.lat])) {
    const at = map.project([row.lon ?? 0, row.lat ?? 0]);
    const distance = Math.hypot(at.x - x, at.y - y);
    if (distance > REACH || !isDrawn(row.id)) continue;
    const level = board.look(row.id)?.level ?? null;
    const score = level === null ? distance : distance / 2 - (5 - level) * 0.5;
    if (score >= bestScore) continue;
    best = row;
    bestScore = score;
  }
  return best;
}

/** The one due first first; those without a clock last. */
export function byDueTime(rows: readonly CaseRow[]): readonly CaseRow[] {
  return rows.toSorted(
    (a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}
