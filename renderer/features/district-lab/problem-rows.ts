import type { DistrictLevelProblem, DistrictProblemKind, DistrictReport, TriedDistrict } from '#contract/district.ts';

/** What a person wants to see; null is everything, `text` is looked for in codes. */
export interface ProblemFilter {
  readonly level: number | null;
  readonly kind: ProblemGroup | null;
  readonly text: string;
}

/** `file`: what could not be read. `orphans`: cases without a grid, known after a try-out. */
export type ProblemGroup = DistrictProblemKind | 'file' | 'orphans';

export type ProblemRow =
  | {
      readonly type: 'group';
      readonly id: string;
      readonly group: ProblemGroup;
      readonly level: number;
      /** Of all problems; `shown` are listed at the most. */
      readonly count: number;
      readonly shown: number;
    }
  | { readonly type: 'problem'; readonly id: string; readonly level: number; readonly problem: DistrictLevelProblem }
  | { readonly type: 'file'; readonly id: string; readonly problem: DistrictReport['fileProblems'][number] }
  | { readonly type: 'orphan'; readonly id: string; readonly orphan: TriedDistrict['orphans'][number] };

export const noProblemFilter: ProblemFilter = { level: null, kind: null, text: '' };

/** How many things a person has to decide on, orphan cases left out: they belong to no file. */
export function problemCount(report: DistrictReport): number {
  return report.fileProblemCount + report.levels.reduce((sum, { counts }) => sum + sumOf(counts), 0);
}

function sumOf(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** All groups of a report with their sums over all levels, in the order of the list. */
export function groupsOf(
  report: DistrictReport,
  tried: TriedDistrict | null,
): readonly { readonly group: ProblemGroup; readonly count: number }[] {
  const sums = new Map<ProblemGroup, number>();
  if (report.fileProblemCount > 0) sums.set('file', report.fileProblemCount);
  for (const { kind, count } of report.levels.flatMap(({ counts }) => counts)) {
    sums.set(kind, (sums.get(kind) ?? 0) + count);
  }
  if (tried !== null && tried.orphanCount > 0) sums.set('orphans', tried.orphanCount);
  return [...sums].map(([group, count]) => ({ group, count }));
}

/** Heads and problems as one list: the file itself, then each level's kinds with the largest first, then orphan cases. */
export function problemRows(
  report: DistrictReport,
  tried: TriedDistrict | null,
  { level: wantedLevel, kind: wantedKind, text }: ProblemFilter,
): readonly ProblemRow[] {
  const wanted = text.trim().toUpperCase();
  const fits = (codes: readonly string[]) => wanted === '' || codes.some((code) => code.toUpperCase().includes(wanted));
  const rows: ProblemRow[] = [];
  const add = (group: ProblemGroup, level: number, count: number, found: readonly ProblemRow[]) => {
    if (found.length === 0 || (wantedKind !== null && wantedKind !== group)) return;
    const whole = wanted === '' ? count : found.length;
    rows.push({ type: 'group', id: `${group} ${level}`, group, level, count: whole, shown: found.length }, ...found);
  };
  if (wantedLevel === null && wanted === '') {
    const found = report.fileProblems.map(
      (problem, index) => ({ type: 'file', id: `file ${index}`, problem }) as const,
    );
    add('file', 0, report.fileProblemCount, found);
  }
  for (const { level, counts, problems } of report.levels) {
    if (wantedLevel !== null && wantedLevel !== level) continue;
    for (const { kind, count } of counts) {
      const found = problems
        .filter((problem) => problem.kind === kind && fits([...problem.areas, ...problem.parents]))
        .map((problem) => ({ type: 'problem', id: `${level} ${problem.index}`, level, problem }) as const);
      add(kind, level, count, found);
    }
  }
  if (tried !== null && (wantedLevel === null || wantedLevel === report.levels.length)) {
    const found = tried.orphans
      .filter(({ id, from }) => fits([id, from]))
      .map((orphan) => ({ type: 'orphan', id: `orphan ${orphan.id}`, orphan }) as const);
    add('orphans', report.levels.length, tried.orphanCount, found);
  }
  return rows;
}
