import fc from 'fast-check';
import type { CaseFilter, CaseRow } from '#contract/cases.ts';
import { caseStateNames, recordKinds } from '#domain/case/lifecycle.ts';
import { sources } from '#domain/case/state.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';

const DAY = Date.UTC(2026, 6, 1);

/** A projected case over defaults: a reported matter in 光明街道. */
export function aProjected(
  row: Partial<CaseRow> & { readonly id: string },
  around: Partial<Omit<ProjectedCase, 'row'>> = {},
): ProjectedCase {
  return Object.freeze({
    row: Object.freeze({
      record: 'case',
      version: 1,
      sequence: 1,
      state: 'reported',
      stateSince: DAY,
      source: 'hotline',
      classKind: 'matter',
      classCode: '0101',
      className: '道路不洁',
      description: '路面有积水',
      address: '顺义区光明南街',
      lon: 116.654321,
      lat: 40.128765,
      gridCode: '110113001001001',
      holderUnit: null,
      holderPost: 'ACCEPTOR',
      holderSince: DAY,
      clock: 'register',
      clockStartedAt: DAY,
      dueAt: DAY + 1_800_000,
      reportedAt: DAY,
      recordedAt: DAY + 1_000,
      closedAt: null,
      returnCount: 0,
      reworkCount: 0,
      openSupervisions: 0,
      mergedCount: 0,
      isUrgent: false,
      isDemo: false,
      isArchived: false,
      ...row,
    } satisfies CaseRow),
    sequences: [1],
    areaPath: ['110113', '110113001', '110113001001', '110113001001001'],
    external: null,
    classKey: 'gb/matter/0101',
    reporterId: null,
    ...around,
  });
}

const letters = ['消', '防', '通', '道', '%', '％', '_', '|', '\\', "'", 'A', 'a', 'Ａ', '１', '1', ' ', '　', '\n'];
const words = fc.string({ unit: fc.constantFrom(...letters), maxLength: 6 });
const codes = fc.string({ unit: fc.constantFrom('1', '2', '|', '%', 'a', 'A'), minLength: 1, maxLength: 3 });
const instants = fc.integer({ min: 0, max: 6 }).map((step) => DAY + step);
const units = fc.constantFrom('u1', 'U1', 'u10');

/** Cases that collide on purpose: few instants, few codes, few letters, ids that repeat, years that have nothing to do with them. */
export const anyProjected: fc.Arbitrary<ProjectedCase> = fc
  .record({
    row: fc.record({
      id: fc
        .tuple(
          fc.constantFrom('', '2024', '2025', '2026'),
          fc.string({ unit: fc.constantFrom('a', 'B', '1'), minLength: 1, maxLength: 2 }),
        )
        .map((parts) => parts.join('')),
      record: fc.constantFrom(...recordKinds),
      state: fc.constantFrom(...caseStateNames),
      source: fc.constantFrom(...sources),
      className: words,
      description: words,
      address: words,
      holderUnit: fc.option(units),
      dueAt: fc.option(instants),
      reportedAt: instants,
      isDemo: fc.boolean(),
    }),
    areaPath: fc.array(codes, { maxLength: 3 }),
    external: fc.option(words),
  })
  .map(({ row, areaPath, external }) =>
    aProjected({ ...row, gridCode: areaPath.at(-1) ?? null }, { areaPath, external }),
  );

export const anyFilter: fc.Arbitrary<CaseFilter> = fc.record(
  {
    state: fc.oneof(
      fc.constantFrom('open' as const, 'closed' as const, ...caseStateNames),
      fc.subarray([...caseStateNames], { minLength: 1 }),
    ),
    record: fc.constantFrom(...recordKinds),
    gridCode: codes,
    unit: units,
    text: fc.string({ unit: fc.constantFrom(...letters), maxLength: 2 }),
    source: fc.oneof(fc.constantFrom(...sources), fc.subarray([...sources], { minLength: 1 })),
    overdue: fc.boolean(),
    openedFrom: instants,
    openedTo: instants,
  },
  { requiredKeys: [] },
);

export const anyNow = instants;
