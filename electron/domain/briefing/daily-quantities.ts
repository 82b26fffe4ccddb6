import { dayNumberOf, dayText } from '#domain/metrics/figure-record.ts';
import type { Day } from '#domain/reference/day.ts';
import type { Block } from './document.ts';
import { countText, median, usualBand } from './numbers.ts';

/** A count of the day, with the days before it, the earliest first. */
export interface Quantity {
  readonly name: string;
  readonly value: number;
  readonly before: readonly number[];
  /** Of the figure. */
  readonly id: string;
}

const DRAWN_DAYS = 14;

/** 常态内, 高于 or 低于常态; null while too few days are known. */
export function verdictOf({ value, before }: Quantity): '常态内' | '高于常态' | '低于常态' | null {
  const band = usualBand(before);
  if (band === null) return null;
  return value > band[1] ? '高于常态' : value < band[0] ? '低于常态' : '常态内';
}

/** Table and small charts of the counts against their usual band. */
export function quantityBlocks(quantities: readonly Quantity[], last: Day): readonly Block[] {
  const days = quantities[0]?.before.length ?? 0;
  const drawn = Math.min(DRAWN_DAYS, days + 1);
  const rows = quantities.map((quantity) => {
    const week = median(quantity.before.slice(-7));
    const band = usualBand(quantity.before);
    return {
      ...{ isSum: false, level: null },
      cells: [
        quantity.name,
        countText(quantity.value),
        countOrDash(quantity.before.at(-1)),
        countOrDash(week),
        band === null ? '—' : `${countText(band[0])}–${countText(band[1])}`,
        verdictOf(quantity) ?? '天数不足',
      ],
    };
  });
  const drawable = quantities.filter(({ name }) => !name.startsWith('其中'));
  return [
    {
      kind: 'table',
      isOnNewPage: false,
      caption: '表 1　数量与常态',
      figures: quantities.map(({ id }) => id),
      columns: [
        { title: '指标（件）', isNumber: false, widthMm: null },
        { title: `${Number(last.slice(8))} 日`, isNumber: true, widthMm: 20 },
        { title: '前一日', isNumber: true, widthMm: 20 },
        { title: '近 7 日中位', isNumber: true, widthMm: 25 },
        { title: '常态区间', isNumber: true, widthMm: 30 },
        { title: '判断', isNumber: false, widthMm: 25 },
      ],
      rows,
    },
    {
      kind: 'lines',
      caption: `图 1　近 ${drawn} 日四项数量`,
      hint:
        days < 7
          ? '有数据不足 7 日，不画常态；纵轴均从 0 起'
          : `灰带为此前 ${days} 日第 10 至 90 百分位；纵轴均从 0 起`,
      figures: drawable.map(({ id }) => id),
      finding: drawable
        .map((one) => `${one.name} ${countText(one.value)} 件，${verdictOf(one) ?? '天数不足'}`)
        .join('；'),
      series: drawable.map((one) => ({
        name: one.name,
        values: [...one.before, one.value].slice(-DRAWN_DAYS),
        band: usualBand(one.before),
      })),
      days: Array.from({ length: drawn }, (_, at) => dayText(dayNumberOf(last) - drawn + 1 + at).slice(5)),
    },
  ];
}

function countOrDash(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : countText(value);
}
