import type { CaseRow } from './cases.ts';
import { PackedWords } from './packed-words.ts';
import { z } from './schema.ts';

/**
 * Many rows, field by field: a name of a field is said once, and a word that many rows have once. Some 300 bytes a row,
 * where a list of objects has 900.
 */
export const PackedCases = z.object({
  count: z.int(),
  /** What the columns of words name by their place here. */
  words: z.array(z.string()),
  /** By the name of the field, each with `count` values; 1 and 0 stand for yes and no. */
  columns: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.null()]))),
});
export type PackedCases = z.infer<typeof PackedCases>;

type Cell = string | number | null;

/** How each field travels: as it is, as the place of a word, or as 1 and 0. A field that is missing does not compile. */
const forms: { readonly [Field in keyof CaseRow]: 'plain' | 'word' | 'flag' } = {
  id: 'plain',
  record: 'word',
  version: 'plain',
  sequence: 'plain',
  state: 'word',
  stateSince: 'plain',
  source: 'word',
  classKind: 'word',
  classCode: 'word',
  className: 'word',
  description: 'plain',
  address: 'plain',
  lon: 'plain',
  lat: 'plain',
  gridCode: 'word',
  holderUnit: 'word',
  holderPost: 'word',
  holderSince: 'plain',
  clock: 'word',
  clockStartedAt: 'plain',
  dueAt: 'plain',
  reportedAt: 'plain',
  recordedAt: 'plain',
  closedAt: 'plain',
  returnCount: 'plain',
  reworkCount: 'plain',
  openSupervisions: 'plain',
  mergedCount: 'plain',
  isUrgent: 'flag',
  isDemo: 'flag',
  isArchived: 'flag',
};
const fields = Object.entries(forms) as readonly (readonly [keyof CaseRow, 'plain' | 'word' | 'flag'])[];

export function packCases(rows: readonly CaseRow[]): PackedCases {
  const words = new PackedWords();
  const columns: Record<string, Cell[]> = {};
  for (const [field, form] of fields) {
    columns[field] = rows.map((row): Cell => {
      const value = row[field];
      if (form === 'word') return value === null ? null : words.placeOf(value as string);
      return form === 'flag' ? Number(value) : (value as Cell);
    });
  }
  return { count: rows.length, words: words.all, columns };
}

/** The rows as they were packed. @throws Error when they were not packed by {@link packCases} */
export function unpackCases({ count, words, columns }: PackedCases): readonly CaseRow[] {
  const rows = Array.from({ length: count }, () => ({}) as Record<string, unknown>);
  for (const [field, form] of fields) {
    const cells = columns[field];
    if (cells?.length !== count) throw new Error(`packed cases without a whole column ${field}`);
    for (const [index, row] of rows.entries()) {
      const cell = cells[index] ?? null;
      if (form === 'plain') row[field] = cell;
      else if (form === 'flag') row[field] = cell === 1;
      else row[field] = cell === null ? null : words[cell as number];
    }
  }
  return rows as unknown as readonly CaseRow[];
}
