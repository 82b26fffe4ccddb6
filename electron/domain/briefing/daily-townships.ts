import { figureOf } from '#domain/metrics/indicators.ts';
import type { Day } from '#domain/reference/day.ts';
import { dayNumberOf, dayText } from '#domain/metrics/figure-record.ts';
import type { Block, FigureList, MapSheet } from './document.ts';
import { countText, shareText } from './numbers.ts';

/** A township on a day; `open` and `overdue` at its end, `onTime` of `due` closed in time. */
export interface TownshipDay {
  readonly code: string;
  readonly name: string;
  readonly reported: number;
  readonly tickets: number;
  readonly closed: number;
  readonly open: number;
  readonly overdue: number;
  readonly due: number;
  readonly onTime: number;
}

/** 镇街一览: a map of what is in hand, and a row for each township, those with most in hand first. */
export function townshipBlocks(
  townships: readonly TownshipDay[],
  total: TownshipDay,
  sheet: MapSheet | null,
  figures: FigureList,
  day: Day,
  until: string,
  openId: string,
): readonly Block[] {
  const sorted = townships.toSorted((a, b) => b.open - a.open || (a.code < b.code ? -1 : 1));
  const id = figures.add('按期结案率', shareText(figureOf(total.onTime, total.due)), {
    ...{ kind: 'indicator', indicator: 'ontime_close_rate', group: 'district', of: '' },
    ...{ from: day, to: dayText(dayNumberOf(day) + 1) },
  });
  const row = (one: TownshipDay, isSum: boolean) => ({
    ...{ isSum, level: null },
    cells: [
      one.name,
      ...[one.reported - one.tickets, one.tickets, one.reported, one.closed, one.open].map(countText),
      one.overdue === 0 ? '—' : countText(one.overdue),
      one.due === 0 ? '—' : `${countText(one.onTime)}/${countText(one.due)}`,
      shareText(figureOf(one.onTime, one.due)),
    ],
  });
  const number = (title: string, widthMm: number) => ({ title, isNumber: true, widthMm });
  return [
    ...(sheet === null ? [] : [mapOf(sorted, sheet, until, openId)]),
    {
      kind: 'table',
      isOnNewPage: sheet !== null,
      caption: `表 4　${townships.length} 个镇街，按在办件数排序`,
      figures: [id],
      columns: [
        { title: '镇街', isNumber: false, widthMm: null },
        ...[number('案件', 13), number('工单', 13), number('受理', 13), number('办结', 13), number('在办', 13)],
        ...[number('处置超期', 17), number('按期/到期', 24), number('按期率', 19)],
      ],
      rows: [...sorted.map((one) => row(one, false)), row(total, true)],
    },
  ];
}

/** Four steps of about as many townships each, of whole numbers. */
function mapSteps(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const ends = [0.25, 0.5, 0.75, 1].map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
  return [...new Set(ends)];
}

function mapOf(sorted: readonly TownshipDay[], sheet: MapSheet, until: string, openId: string): Block {
  const [most] = sorted;
  const values = Object.fromEntries(sorted.map(({ code, open }) => [code, open]));
  return {
    kind: 'map',
    caption: `图 2　各镇街在办（${until}）`,
    hint: '颜色越深在办越多；分级为四分位',
    figures: [openId],
    finding: most === undefined ? '没有镇街' : `在办最多的是${most.name}，${countText(most.open)} 件`,
    ...{ sheet, values, steps: mapSteps(Object.values(values)), unit: '件' },
  };
}
