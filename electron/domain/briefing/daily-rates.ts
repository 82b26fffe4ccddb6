import type { FigureBook } from '#domain/metrics/figure-book.ts';
import { dayText, firstDayOfMonth, monthOfDay } from '#domain/metrics/figure-record.ts';
import type { Block, FigureList } from './document.ts';
import { countText, dayWords, shareText } from './numbers.ts';

const rates = [
  ['response_rate', '响应率'],
  ['resolution_rate', '解决率'],
  ['satisfaction_rate', '满意率'],
] as const;

/** 三率 from the first of the month to the day, beside the month before. `own` is the day as a count of days. */
export function rateBlocks(book: FigureBook, own: number, figures: FigureList): readonly Block[] {
  const month = monthOfDay(own);
  const [from, to] = [firstDayOfMonth(month), own + 1];
  const before = { from: firstDayOfMonth(month - 1), to: from };
  const district = { group: 'district', of: '' } as const;
  const ids: string[] = [];
  const rows = rates.map(([indicator, name]) => {
    const now = book.figure(indicator, { ...district, from, to });
    const then = book.figure(indicator, { ...district, ...before });
    const value = shareText(now, 2);
    const period = { from: dayText(from), to: dayText(to) };
    ids.push(figures.add(`${name}（累计）`, value, { kind: 'indicator', indicator, ...district, ...period }));
    const cells = [name, countText(now.n), countText(now.d ?? 0), value, shareText(then, 2)];
    return { isSum: false, level: null, cells };
  });
  const isEmpty = rows.every(({ cells }) => cells[2] === '0');
  return [
    {
      kind: 'table',
      isOnNewPage: false,
      caption: `表 2　三率，${dayWords(dayText(from))}至 ${Number(dayText(own).slice(8))} 日累计`,
      figures: ids,
      columns: [
        { title: '指标', isNumber: false, widthMm: null },
        { title: '分子', isNumber: true, widthMm: 28 },
        { title: '分母', isNumber: true, widthMm: 28 },
        { title: '本期', isNumber: true, widthMm: 30 },
        { title: '上月', isNumber: true, widthMm: 30 },
      ],
      rows,
    },
    ...(isEmpty ? [{ kind: 'note', text: '本期没有已回访的工单，三率无分母，以“—”表示。' } as const] : []),
    { kind: 'note', text: '四时段按期反馈：无数据（系统尚未按四时段统计）。' },
  ];
}
