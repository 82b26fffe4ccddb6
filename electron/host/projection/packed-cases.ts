import { deserialize, serialize } from 'node:v8';
import type { CaseRow } from '#contract/cases.ts';
import type { LocatedCases, PackedCases, ProjectedCase } from '#host/ports/projection.ts';

/** So many rows go together: about 10 ms of work for the worker, as with rows that are not packed. */
const PACK_ROWS = 500;

/**
 * Rows for another thread, without the areas that hold their grids. As objects each would be copied field by field with all
 * names, and once more on every thread it passes; packed it is one list of values, and the threads between hand it on.
 */
export function packCases(cases: readonly ProjectedCase[]): readonly PackedCases[] {
  const packs: PackedCases[] = [];
  for (let from = 0; from < cases.length; from += PACK_ROWS) packs.push(packOf(cases.slice(from, from + PACK_ROWS)));
  return packs;
}

function packOf(cases: readonly ProjectedCase[]): PackedCases {
  const values: unknown[] = [];
  const gridCodes = new Set<string>();
  for (const projected of cases) {
    putInto(values, projected);
    if (projected.row.gridCode !== null) gridCodes.add(projected.row.gridCode);
  }
  const { buffer } = serialize(values);
  return { bytes: buffer as ArrayBuffer, gridCodes: [...gridCodes] };
}

export function unpackCases({ bytes, gridCodes, areaPaths }: LocatedCases): readonly ProjectedCase[] {
  const values = deserialize(new Uint8Array(bytes)) as readonly unknown[];
  const pathOf = new Map(gridCodes.map((code, index) => [code, areaPaths[index] ?? []]));
  const cases: ProjectedCase[] = [];
  for (let at = 0; at < values.length; at += VALUES) cases.push(takenFrom(values, at, pathOf));
  return cases;
}

/** Values of one row. Field by field by name: a loop over the names costs five times as much. */
const VALUES = 35;

function putInto(values: unknown[], { row, sequences, external, classKey, reporterId }: ProjectedCase): void {
  values.push(
    row.id,
    row.record,
    row.version,
    row.sequence,
    row.state,
    row.stateSince,
    row.source,
    row.classKind,
    row.classCode,
    row.className,
    row.description,
    row.address,
    row.lon,
    row.lat,
    row.gridCode,
    row.holderUnit,
    row.holderPost,
    row.holderSince,
    row.clock,
    row.clockStartedAt,
    row.dueAt,
    row.reportedAt,
    row.recordedAt,
    row.closedAt,
    row.returnCount,
    row.reworkCount,
    row.openSupervisions,
    row.mergedCount,
    row.isUrgent,
    row.isDemo,
    row.isArchived,
  );
  values.push(sequences.join(' '), external, classKey, reporterId);
}

function takenFrom(
  values: readonly unknown[],
  at: number,
  pathOf: ReadonlyMap<string, readonly string[]>,
): ProjectedCase {
  const row = {
    id: values[at],
    record: values[at + 1],
    version: values[at + 2],
    sequence: values[at + 3],
    state: values[at + 4],
    stateSince: values[at + 5],
    source: values[at + 6],
    classKind: values[at + 7],
    classCode: values[at + 8],
    className: values[at + 9],
    description: values[at + 10],
    address: values[at + 11],
    lon: values[at + 12],
    lat: values[at + 13],
    gridCode: values[at + 14],
    holderUnit: values[at + 15],
    holderPost: values[at + 16],
    holderSince: values[at + 17],
    clock: values[at + 18],
    clockStartedAt: values[at + 19],
    dueAt: values[at + 20],
    reportedAt: values[at + 21],
    recordedAt: values[at + 22],
    closedAt: values[at + 23],
    returnCount: values[at + 24],
    reworkCount: values[at + 25],
    openSupervisions: values[at + 26],
    mergedCount: values[at + 27],
    isUrgent: values[at + 28],
    isDemo: values[at + 29],
    isArchived: values[at + 30],
  } satisfies Record<keyof CaseRow, unknown> as CaseRow;
  return {
    row,
    sequences: String(values[at + 31])
      .split(' ')
      .map(Number),
    areaPath: pathOf.get(row.gridCode ?? '') ?? [],
    external: values[at + 32] as string | null,
    classKey: values[at + 33] as string,
    reporterId: values[at + 34] as string | null,
  };
}
