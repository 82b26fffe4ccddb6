import type { CaseDetail, CaseRow } from '#contract/cases.ts';
import { isOpen } from '#domain/case/lifecycle.ts';

export const comparedFacts = [
  'state',
  'class',
  'address',
  'grid',
  'description',
  'source',
  'reportedAt',
  'holder',
  'dueAt',
  'mergedCount',
] as const;
export type ComparedFact = (typeof comparedFacts)[number];

/** One fact of several cases; `differs` says of each whether it is another one than the first's. */
export interface FactRow {
  readonly fact: ComparedFact;
  readonly differs: readonly boolean[];
}

/** Facts of the case in hand, first, beside those of others. */
export function compareFacts(rows: readonly CaseRow[]): readonly FactRow[] {
  const [own] = rows;
  return comparedFacts.map((fact) => ({
    fact,
    differs: rows.map((row) => own !== undefined && valueOf(row, fact) !== valueOf(own, fact)),
  }));
}

/** What two cases are compared by; classes by their code, since names may be alike. */
function valueOf(row: CaseRow, fact: ComparedFact): string | number | null {
  switch (fact) {
    case 'state':
      return row.state;
    case 'class':
      return `${row.classKind} ${row.classCode}`;
    case 'address':
      return row.address.trim();
    case 'grid':
      return row.gridCode;
    case 'description':
      return row.description.trim();
    case 'source':
      return row.source;
    case 'reportedAt':
      return row.reportedAt;
    case 'holder':
      return row.holderUnit;
    case 'dueAt':
      return handleDue(row);
    case 'mergedCount':
      return row.mergedCount;
  }
}

/** The handling deadline of a row while its clock runs; stage clocks are not merged. */
export function handleDue(row: Pick<CaseRow, 'clock' | 'dueAt'>): number | null {
  return row.clock === 'handle' ? row.dueAt : null;
}

/** What a merge would do, as far as the screen knows; the host decides. */
export interface MergeEffect {
  /** Cases that are sent: those that have ended, or are of the other record 案件/工单, are left out. */
  readonly ids: readonly string[];
  readonly leftOut: number;
  /** Reports that the case then holds, its own included: each reporter is kept. */
  readonly reports: number;
  readonly earliest: { readonly at: number; readonly caseId: string } | null;
}

export function mergeEffect(
  own: Pick<CaseDetail, 'id' | 'record' | 'mergedCount' | 'handleDueAt'>,
  chosen: readonly CaseRow[],
): MergeEffect {
  const merged = chosen.filter(({ record, id, state }) => record === own.record && id !== own.id && isOpen(state));
  const dues = [
    { at: own.handleDueAt, caseId: own.id },
    ...merged.map((row) => ({ at: handleDue(row), caseId: row.id })),
  ].flatMap(({ at, caseId }) => (at === null ? [] : [{ at, caseId }]));
  const [earliest = null] = dues.toSorted((a, b) => a.at - b.at);
  return {
    ids: merged.map(({ id }) => id),
    leftOut: chosen.length - merged.length,
    reports: merged.reduce((sum, { mergedCount }) => sum + 1 + mergedCount, 1 + own.mergedCount),
    earliest,
  };
}
