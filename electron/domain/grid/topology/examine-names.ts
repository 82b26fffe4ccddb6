/** What the check of names needs to know of an area. */
export interface NamedArea {
  readonly parent: string | null;
  /** As the file has it; empty where it has none. */
  readonly statedName: string;
}

/**
 * - `missing-name` · `repeated-name`: several areas of one parent have it
 * - `garbled-name`: read in another encoding than it was written in
 */
export type NameProblemKind = 'missing-name' | 'repeated-name' | 'garbled-name';

export interface NameProblem {
  readonly kind: NameProblemKind;
  /** Places in the given list. */
  readonly areas: readonly number[];
}

/** Signs that no name has: the mark of unreadable bytes, control characters, UTF-8 read as Latin-1, GBK read as UTF-8 twice. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const garbled = /\uFFFD|[\u0000-\u001F\u007F-\u009F]|\u951F\u65A4\u62F7|[\u00C0-\u00FF][\u00A0-\u00FF]/;

/** Check GI2 of map-and-data.md §5. */
export function examineNames(areas: readonly NamedArea[]): readonly NameProblem[] {
  const problems: NameProblem[] = [];
  const places = new Map<string, number[]>();
  for (const [index, { parent, statedName }] of areas.entries()) {
    if (statedName === '') problems.push({ kind: 'missing-name', areas: [index] });
    else if (garbled.test(statedName)) problems.push({ kind: 'garbled-name', areas: [index] });
    else {
      const key = `${parent ?? ''}\n${statedName}`;
      const known = places.get(key);
      if (known === undefined) places.set(key, [index]);
      else known.push(index);
    }
  }
  for (const found of places.values()) if (found.length > 1) problems.push({ kind: 'repeated-name', areas: found });
  return problems;
}
