import { indicatorIds, indicators, type IndicatorId } from '#domain/metrics/indicators.ts';
import type { ScoringScheme } from '#domain/metrics/scoring.ts';
import { choice, code, decimal, optional, text } from './columns.ts';
import { isInForce, type Day } from './day.ts';
import { groupedBy } from './in-force.ts';
import type { Problem } from './problem.ts';
import type { ScoringRow } from './rows.ts';
import { datedColumns, type TableSpec } from './table-spec.ts';

const scoringParts = ['weight', 'bonus', 'grade', 'target', 'small'] as const;

const shares = indicatorIds.filter((id) => indicators[id].kind === 'share');
/** Of how much the weights may miss 1: cells have at most nine decimals. */
const TOLERANCE = 1e-6;

/** Schemes 考核方案: a row is a weight, a bonus, a grade, the target, or the count below which a rank is not certain. */
export const scoringSpec: TableSpec<ScoringRow> = {
  name: 'scoring',
  label: { zh: '考核方案', en: 'Scoring schemes' },
  key: ['scheme', 'part', 'id'],
  mayLack: [],
  mayBeEmpty: true,
  columns: {
    scheme: code('scheme', { zh: '方案', en: 'Scheme' }),
    part: choice('part', { zh: '项', en: 'Part' }, scoringParts),
    id: code('id', { zh: '指标或等次', en: 'Indicator or grade' }),
    value: decimal('value', { zh: '数值', en: 'Value' }, 0, 1_000_000),
    points: optional(decimal('points', { zh: '加分', en: 'Points' }, 0, 100), null),
    zh: optional(text('zh', { zh: '中文', en: 'Chinese' }, { max: 60 }), ''),
    en: optional(text('en', { zh: '英文', en: 'English' }, { max: 60 }), ''),
    ...datedColumns,
  },
  checkRow: (row) => {
    const isOfIndicator = row.part === 'weight' || row.part === 'bonus';
    if (isOfIndicator && !isShare(row.id)) {
      return [{ column: 'id', code: 'not_allowed', detail: { allowed: shares.join(' ') } }];
    }
    if (isOfIndicator && row.value > 1)
      return [{ column: 'value', code: 'out_of_range', detail: { min: '0', max: '1' } }];
    if (row.part === 'bonus' && row.points === null) return [{ column: 'points', code: 'incomplete', detail: {} }];
    if (row.part === 'grade' && row.zh === '') return [{ column: 'zh', code: 'incomplete', detail: {} }];
    return [];
  },
};

function isShare(id: string): id is IndicatorId {
  return (shares as readonly string[]).includes(id);
}

/** Weights of a scheme add up to 1 on every day on which it has any. */
export function checkScoring(rows: readonly ScoringRow[]): readonly Problem[] {
  const weights = groupedBy(
    rows.filter(({ part }) => part === 'weight'),
    ({ scheme }) => scheme,
  );
  return [...weights.values()].flatMap((own) => {
    const edges = new Set(own.flatMap(({ from, to }) => [from ?? '0000-01-01', ...(to === null ? [] : [to])]));
    for (const day of [...edges].sort()) {
      const inForce = own.filter((row) => isInForce(row, day));
      const sum = inForce.reduce((all, { value }) => all + value, 0);
      const [first] = inForce;
      if (first === undefined || Math.abs(sum - 1) <= TOLERANCE) continue;
      const detail = { sum: String(Math.round(sum * 1e6) / 1e6), day, scheme: first.scheme };
      return [
        { table: 'scoring', row: first.row, column: 'value', code: 'weights_sum', value: String(first.value), detail },
      ];
    }
    return [];
  });
}

/** The first scheme that has weights on a day; null if none has. */
export function schemeOf(rows: readonly ScoringRow[], day: Day): ScoringScheme | null {
  const inForce = rows.filter((row) => isInForce(row, day));
  const scheme = inForce.find(({ part }) => part === 'weight')?.scheme;
  if (scheme === undefined) return null;
  const own = inForce.filter((row) => row.scheme === scheme);
  const of = (part: ScoringRow['part']) => own.filter((row) => row.part === part);
  return {
    code: scheme,
    isPlaceholder: own.some(({ isPlaceholder }) => isPlaceholder),
    weights: of('weight').flatMap(({ id, value }) => (isShare(id) ? [{ indicator: id, weight: value }] : [])),
    bonuses: of('bonus').flatMap(({ id, value, points }) =>
      isShare(id) ? [{ indicator: id, from: value, points: points ?? 0 }] : [],
    ),
    grades: of('grade')
      .map(({ id, value, zh, en }) => ({ code: id, from: value, zh, en: en === '' ? zh : en }))
      .sort((a, b) => b.from - a.from),
    target: of('target')[0]?.value ?? null,
    smallBelow: of('small')[0]?.value ?? 0,
  };
}
