import { DAY_MS, HOUR_MS, instant, type Instant } from '#domain/base/instant.ts';
import type { FigureBook } from '#domain/metrics/figure-book.ts';
import { dayNumber, dayNumberOf, dayText, firstDayOfMonth, monthOfDay } from '#domain/metrics/figure-record.ts';
import { measureNames, type Measure } from '#domain/metrics/measures.ts';
import type { Day } from '#domain/reference/day.ts';
import { summaryOf } from './daily-summary.ts';
import { keyCaseBlocks, type KeyCase } from './daily-key-cases.ts';
import { quantityBlocks, type Quantity } from './daily-quantities.ts';
import { rateBlocks } from './daily-rates.ts';
import { townshipBlocks, type TownshipDay } from './daily-townships.ts';
import { FigureList, type Block, type BriefingDocument, type MapSheet } from './document.ts';
import { countText, dayWords, momentWords } from './numbers.ts';

/** What a daily briefing is made of. Names are those in force on its day. */
export interface DailyInputs {
  readonly day: Day;
  /** When the host was looked at; limits of open cases are told as of then. */
  readonly dataTime: Instant;
  readonly sequence: number;
  /** Head of the journal at that sequence, SHA-256 in hexadecimal. */
  readonly journalHash: string;
  readonly book: FigureBook;
  /** False when entries of a damaged journal are missing. */
  readonly isWhole: boolean;
  readonly unit: string;
  readonly townships: readonly { readonly code: string; readonly name: string }[];
  readonly className: (key: string) => string;
  /** Open cases that need attention, the gravest first. */
  readonly keyCases: readonly KeyCase[];
  /** Early warnings of now, by kind. */
  readonly warnings: readonly { readonly name: string; readonly count: number }[];
  readonly sheet: MapSheet | null;
  /** Versions of the rules in force. */
  readonly rules: string;
}

/** Days before the briefing's own that its usual band is made of. */
const BAND_DAYS = 28;

/** The 日报 of a day (desk-wall-briefing.md §9.13): sections in order, every figure with the question that reopens it. */
export function dailyBriefing(inputs: DailyInputs): BriefingDocument {
  const { day, book, unit } = inputs;
  const own = dayNumberOf(day);
  const figures = new FigureList();
  const end = endOf(own, inputs.dataTime);
  const days = daysOf(book, own, end.at);
  const quantities = quantitiesOf(days, figures, day, end);
  const townships = townshipsOf(inputs, own, end.at);
  const balance = balanceOf(book, days, own);
  const key = keyCaseBlocks(inputs.keyCases, figures, inputs.dataTime);
  const rates = rateBlocks(book, own, figures);
  const area = townshipBlocks(
    townships,
    totalOf(quantities, inputs, own),
    inputs.sheet,
    figures,
    day,
    end.words,
    quantities[3]?.id ?? '',
  );
  const summary = summaryOf({ ...inputs, own, quantities, townships, keyFigures: key.figures, figures });
  const blocks: readonly Block[] = [
    section('一、领导摘要'),
    ...summary,
    section('二、总体情况', true),
    ...quantityBlocks(quantities, day),
    { kind: 'note', text: balance.text },
    section('三、接诉即办'),
    ...rates,
    section('四、重点案件'),
    ...key.blocks,
    section('五、镇街一览'),
    ...area,
    section('六、预警、天气与值班'),
    { kind: 'sentence', text: warningText(inputs.warnings), figures: [] },
    { kind: 'sentence', text: '天气、值班：无数据（未接入）。', figures: [] },
    section('附：口径与校验'),
    { kind: 'facts', rows: factsOf(inputs, own, townships, quantities, balance.isRight) },
  ];
  return {
    ...{ kind: 'daily', day, unit, blocks, figures: figures.all() },
    masthead: '城市管理日报',
    title: `${dayWords(day)}全区城市管理运行情况`,
  };
}

function section(title: string, isOnNewPage = false): Block {
  return { kind: 'section', title, isOnNewPage };
}

/** First instant of a day in Beijing. */
function startOfDay(number: number): Instant {
  return instant(number * DAY_MS - 8 * HOUR_MS);
}

/** The end of the day, or the data time of a day that still runs; `words` as 24 时 or 截至 13:05. */
interface DayEnd {
  readonly at: Instant;
  readonly words: string;
}

function endOf(own: number, dataTime: Instant): DayEnd {
  const end = startOfDay(own + 1);
  return end <= dataTime
    ? { at: end, words: '24 时' }
    : { at: dataTime, words: `截至 ${momentWords(dataTime).slice(11)}` };
}

interface DayCounts {
  readonly sums: (measure: Measure) => number;
  readonly open: number;
  readonly overdue: number;
}

/** The day itself last, and up to 28 days before it on which anything was known. */
function daysOf(book: FigureBook, own: number, end: number): readonly DayCounts[] {
  const first = Math.max(own - BAND_DAYS, book.firstDay() ?? own);
  const numbers = Array.from({ length: Math.max(1, own - first + 1) }, (_, at) => own - Math.max(0, own - first) + at);
  const standing = book.standing(
    'district',
    numbers.map((number) => (number === own ? end : startOfDay(number + 1))),
  );
  const counts = standing.get('');
  return numbers.map((number, at) => {
    const sums = book.sums({ group: 'district', of: '', from: number, to: number + 1 });
    return {
      sums: (measure) => sums[measureNames.indexOf(measure)] ?? 0,
      open: counts?.open[at] ?? 0,
      overdue: counts?.overdue[at] ?? 0,
    };
  });
}

function quantitiesOf(days: readonly DayCounts[], figures: FigureList, day: Day, end: DayEnd): readonly Quantity[] {
  const from = day;
  const to = dayText(dayNumberOf(day) + 1);
  const { at, words } = end;
  const made = (name: string, of: (counts: DayCounts) => number, query: Parameters<FigureList['add']>[2]): Quantity => {
    const values = days.map(of);
    const value = values.at(-1) ?? 0;
    return { name, value, before: values.slice(0, -1), id: figures.add(name, countText(value), query) };
  };
  const counted = (indicator: 'reported' | 'tickets' | 'closed') =>
    ({ kind: 'indicator', indicator, group: 'district', of: '', from, to }) as const;
  return [
    made('受理', ({ sums }) => sums('reported'), counted('reported')),
    made('其中：12345 工单', ({ sums }) => sums('tickets'), counted('tickets')),
    made('办结', ({ sums }) => sums('closed'), counted('closed')),
    made(`在办（${words}）`, ({ open }) => open, { kind: 'standing', part: 'open', at }),
    made(`处置超期（${words}）`, ({ overdue }) => overdue, { kind: 'standing', part: 'overdue', at }),
  ];
}

/** 在办 of the day before + 受理 − what left = 在办: counted on two ways, so that it can fail. */
function balanceOf(book: FigureBook, days: readonly DayCounts[], own: number) {
  const today = days.at(-1);
  const [before = 0] = book.standing('district', [startOfDay(own)]).get('')?.open ?? [];
  const sum = (measure: Measure) => today?.sums(measure) ?? 0;
  const nowhere = book.reportedNowhere({ from: own, to: own + 1 });
  const gone = sum('rejected') + sum('voided');
  const open = today?.open ?? 0;
  const isRight = before + sum('reported') - nowhere - sum('closed') - gone === open;
  const parts = [
    `前一日在办 ${countText(before)}`,
    `＋ 受理 ${countText(sum('reported'))}`,
    ...(nowhere === 0 ? [] : [`－ 并案 ${countText(nowhere)}`]),
    `－ 办结 ${countText(sum('closed'))}`,
    ...(gone === 0 ? [] : [`－ 不立案、作废 ${countText(gone)}`]),
  ];
  return { isRight, text: `平衡：${parts.join(' ')} ${isRight ? '＝' : '≠'} 当日在办 ${countText(open)}。` };
}

function townshipsOf({ book, townships, dataTime }: DailyInputs, own: number, end: number): readonly TownshipDay[] {
  const span = { from: own, to: own + 1, dueTo: dayNumber(dataTime) };
  const sums = book.allSums('township', span);
  const standing = book.standing('township', [end]);
  return townships.map(({ code, name }) => {
    const sum = (measure: Measure) => sums.get(code)?.[measureNames.indexOf(measure)] ?? 0;
    return {
      ...{ code, name, reported: sum('reported'), tickets: sum('tickets'), closed: sum('closed') },
      open: standing.get(code)?.open[0] ?? 0,
      overdue: standing.get(code)?.overdue[0] ?? 0,
      ...{ due: sum('due'), onTime: sum('closed_on_time') },
    };
  });
}

function totalOf(
  [reported, tickets, closed, open, overdue]: readonly Quantity[],
  { book, dataTime }: DailyInputs,
  own: number,
) {
  const { n, d } = book.figure('ontime_close_rate', {
    ...{ group: 'district', of: '', from: own, to: own + 1 },
    dueTo: dayNumber(dataTime),
  });
  return {
    ...{ code: '', name: '全区', reported: reported?.value ?? 0, tickets: tickets?.value ?? 0 },
    ...{ closed: closed?.value ?? 0, open: open?.value ?? 0, overdue: overdue?.value ?? 0, due: d ?? 0, onTime: n },
  };
}

function warningText(warnings: DailyInputs['warnings']): string {
  const some = warnings.filter(({ count }) => count > 0);
  if (some.length === 0) return '预警：数据时间无规则预警。';
  return `预警：数据时间有${some.map(({ name, count }) => `${name} ${countText(count)} 项`).join('、')}。`;
}

function factsOf(
  inputs: DailyInputs,
  own: number,
  townships: readonly TownshipDay[],
  [reported]: readonly Quantity[],
  isBalanced: boolean,
) {
  const month = firstDayOfMonth(monthOfDay(own));
  const inTownships = townships.reduce((sum, { reported: count }) => sum + count, 0);
  const outside = (reported?.value ?? 0) - inTownships;
  const checks = [
    outside === 0 ? '镇街合计与全区一致' : `镇街合计比全区少 ${countText(outside)} 件（坐标在区外或无坐标）`,
    isBalanced ? '在办平衡式成立' : '在办平衡式不成立，请查明后再印发',
    inputs.isWhole ? '日志完整' : '日志有缺损，数字不全',
  ];
  return [
    {
      name: '统计时段',
      text: `自然日 ${dayWords(inputs.day)} 00:00 至 ${endOf(own, inputs.dataTime).words.replace('截至 ', '')}；三率自 ${dayWords(dayText(month))} 起累计`,
    },
    {
      name: '口径',
      text: `${inputs.rules}；不立案、作废不计入按期结案；并案只计主案；处置超期只计处置时限，重点案件计当前环节时限`,
    },
    { name: '校验', text: checks.join('；') },
    { name: '数据时间', text: momentWords(inputs.dataTime) },
    { name: '日志', text: `序号 ${countText(inputs.sequence)}；头 ${inputs.journalHash}` },
  ];
}
