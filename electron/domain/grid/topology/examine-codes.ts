/** What the check of codes needs to know of an area. */
export interface CodedArea {
  /** Empty where the file has none. */
  readonly code: string;
  readonly parent: string | null;
}

/**
 * - `missing-code` · `duplicate-code`: several areas have it
 * - `bad-code-characters`: other than digits and capital letters · `bad-code-length`: none of the level's lengths
 * - `bad-code-prefix`: does not begin with its parent's code · `unknown-parent`: names none, or one that is not there
 */
export type CodeProblemKind =
  | 'missing-code'
  | 'duplicate-code'
  | 'bad-code-characters'
  | 'bad-code-length'
  | 'bad-code-prefix'
  | 'unknown-parent';

export interface CodeProblem {
  readonly kind: CodeProblemKind;
  /** Places in the given list. */
  readonly areas: readonly number[];
  readonly parent: string | null;
}

/** 可配置. Lengths by DB11/T 2157-2023: 6, 9, 12, and 15 digits, 14 in older documents; null takes any. */
export interface CodeRules {
  readonly lengths: readonly number[] | null;
  readonly beginsWithParent: boolean;
}

/** Checks GI1 of map-and-data.md §5. `parents` are the codes of the level above, null where there is none. */
export function examineCodes(
  areas: readonly CodedArea[],
  parents: ReadonlySet<string> | null,
  rules: CodeRules,
): readonly CodeProblem[] {
  const places = new Map<string, number[]>();
  const problems: CodeProblem[] = [];
  for (const [index, { code, parent }] of areas.entries()) {
    const told = (kind: CodeProblemKind): number => problems.push({ kind, areas: [index], parent });
    if (parents !== null && (parent === null || !parents.has(parent))) told('unknown-parent');
    if (code.trim() === '') {
      told('missing-code');
      continue;
    }
    const known = places.get(code);
    if (known === undefined) places.set(code, [index]);
    else known.push(index);
    if (!/^[0-9A-Z]+$/.test(code)) told('bad-code-characters');
    else if (rules.lengths !== null && !rules.lengths.includes(code.length)) told('bad-code-length');
    if (rules.beginsWithParent && parent !== null && !code.startsWith(parent)) told('bad-code-prefix');
  }
  for (const found of places.values()) {
    if (found.length > 1) problems.push({ kind: 'duplicate-code', areas: found, parent: null });
  }
  return problems;
}
