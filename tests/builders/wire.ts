import type { InputOf } from '#contract/api.ts';

/** A report as a person at the desk sends it, in the middle of the default district. */
export function aReportInput(change: Partial<InputOf<'case.report'>> = {}): InputOf<'case.report'> {
  return {
    source: 'desk',
    classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '01001', name: '供水井盖' },
    lon: 116.65,
    lat: 40.13,
    address: '双丰街道',
    description: '井盖破损',
    ...change,
  };
}
