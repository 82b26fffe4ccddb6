import { beforeAll, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, instant } from '#domain/base/instant.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { FigureBook } from '#domain/metrics/figure-book.ts';
import { dayNumberOf, dayText } from '#domain/metrics/figure-record.ts';
import { figureRules } from '#domain/metrics/figure-rules.ts';
import { cityTables } from '#tests/builders/city.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { dailyBriefing, type DailyInputs } from './daily.ts';
import type { KeyCase } from './daily-key-cases.ts';
import type { Block, BriefingDocument } from './document.ts';

/** The simulated day of a small city, its reports spread over forty days; what comes later is not known yet. */
const DAYS = 40;
const first = Date.UTC(2026, 9, 1);
let events: readonly CaseEvent[];
let book: FigureBook;

beforeAll(() => {
  const day = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  day.play(20);
  events = spread(day.events);
  book = bookOf(events);
}, 60_000);

function spread(played: readonly CaseEvent[]): readonly CaseEvent[] {
  const reports = played.filter(({ version }) => version === 1).map(({ at }) => at);
  const [from, to] = [Math.min(...reports), Math.max(...reports)];
  const moved = (value: unknown): unknown => {
    if (typeof value === 'number' && value > 1e12)
      return instant(first + ((value - from) / (to - from)) * DAYS * DAY_MS);
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, moved(part)]));
  };
  const all = moved(played) as readonly CaseEvent[];
  return all.filter(({ at }) => at < first + DAYS * DAY_MS);
}

function bookOf(given: readonly CaseEvent[]): FigureBook {
  const made = new FigureBook(figureRules(cityTables()));
  for (const event of given) made.apply(event);
  return made;
}

function keyCase(change: Partial<KeyCase>): KeyCase {
  return {
    ...{ id: '20261107000001', level: 2, className: '暴露垃圾', place: '仁和镇前进村', township: 'a', unit: '仁和镇' },
    ...{ dueAt: first, state: '处置中', returnCount: 0, openSupervisions: 0, ...change },
  };
}

function briefingOf(day: string, change: Partial<DailyInputs> = {}): BriefingDocument {
  return dailyBriefing({
    ...{ day, sequence: 1_234, journalHash: 'ab'.repeat(32), book, isWhole: true, unit: '指挥中心', rules: 'v1' },
    dataTime: instant(first + DAYS * DAY_MS),
    townships: book.groups('township').map((code) => ({ code, name: `镇${code}` })),
    className: (key) => `类${key}`,
    ...{ keyCases: [], warnings: [], sheet: null, ...change },
  });
}

const titles = (document: BriefingDocument) =>
  document.blocks.flatMap((block) => (block.kind === 'section' ? [block.title] : []));
const tables = (document: BriefingDocument) =>
  document.blocks.filter((block): block is Extract<Block, { kind: 'table' }> => block.kind === 'table');
const texts = (document: BriefingDocument) =>
  document.blocks.flatMap((block) => ('text' in block ? [block.text] : [])).join('\n');
const endOf = (day: string) => (dayNumberOf(day) + 1) * DAY_MS - 8 * HOUR_MS;

/**
 * Cases that were open at a moment and no report of another one, the long way: each folded up to it, by what is known now: a
 * report that was merged then and taken apart since stood for itself.
 */
function openAt(at: number): number {
  const [then, now] = [new Map<string, CaseState>(), new Map<string, CaseState>()];
  for (const event of events) {
    if (event.at < at) then.set(event.caseId, evolve(then.get(event.caseId), event));
    now.set(event.caseId, evolve(now.get(event.caseId), event));
  }
  const wasOpen = [...then.values()].filter(({ state, side }) => isOpen(state) || side.mergedInto !== null);
  return wasOpen.filter(({ id }) => now.get(id)?.side.mergedInto === null).length;
}

test('has the sections in their order, and says where there is no data', () => {
  const document = briefingOf('2026-11-05');
  expect(titles(document)).toEqual([
    ...['一、领导摘要', '二、总体情况', '三、接诉即办', '四、重点案件', '五、镇街一览', '六、预警、天气与值班'],
    '附：口径与校验',
  ]);
  expect(texts(document)).toContain('天气、值班：无数据');
  expect(texts(document)).toContain('四时段按期反馈：无数据');
});

test('each figure that is named is in the list once, and its question gives the number that is printed', () => {
  for (let at = 0; at < DAYS; at += 7) {
    const day = dayText(dayNumberOf('2026-10-01') + at);
    const document = briefingOf(day, { keyCases: [keyCase({})] });
    const named = document.blocks.flatMap((block) => ('figures' in block ? block.figures : []));
    const ids = document.figures.map(({ id }) => id);
    expect([...new Set(named)].sort()).toEqual(ids);
    for (const { query, value, label } of document.figures) {
      if (query.kind === 'standing') {
        const cases = book.standingCases(query.part, query.at, { group: 'district', of: '' });
        expect({ label, value: String(cases.length) }).toEqual({ label, value });
      } else if (query.kind === 'indicator' && !query.indicator.endsWith('_rate')) {
        const scope = { group: query.group, of: query.of, from: dayNumberOf(query.from), to: dayNumberOf(query.to) };
        const measure = query.indicator as 'reported';
        expect({ label, value: String(book.cases(measure, scope).length) }).toEqual({ label, value });
      }
    }
  }
});

test('what is in hand is what the fold of every case says, and the day balances', () => {
  for (const day of ['2026-10-10', '2026-10-25', '2026-11-05']) {
    const [open] = book.standing('district', [endOf(day)]).get('')?.open ?? [];
    expect({ day, open }).toEqual({ day, open: openAt(endOf(day)) });
    expect(texts(briefingOf(day))).toMatch(/平衡：.* ＝ 当日在办/u);
    expect(JSON.stringify(briefingOf(day).blocks.at(-1))).toContain('在办平衡式成立');
  }
});

test('every day that is looked at has reports', () => {
  for (const day of ['2026-10-03', '2026-10-10', '2026-10-25', '2026-11-02', '2026-11-05']) {
    const from = dayNumberOf(day);
    expect(book.figure('reported', { group: 'district', of: '', from, to: from + 1 }).n).toBeGreaterThan(0);
  }
});

test('townships add up to the district', () => {
  const table = tables(briefingOf('2026-11-02')).at(-1);
  const number = (cell: string | undefined) =>
    cell === undefined || cell === '—' ? 0 : Number(cell.replaceAll(',', ''));
  const own = table?.rows.filter(({ isSum }) => !isSum) ?? [];
  const sum = table?.rows.find(({ isSum }) => isSum);
  for (const column of [1, 2, 3, 4, 5, 6]) {
    const parts = own.reduce((total, { cells }) => total + number(cells[column]), 0);
    expect({ column, parts }).toEqual({ column, parts: number(sum?.cells[column]) });
  }
  const inHand = own.map(({ cells }) => number(cells[5]));
  expect(inHand).toEqual(inHand.toSorted((a, b) => b - a));
});

test('with fewer than seven days before it there is no usual band, and it says so', () => {
  const early = briefingOf('2026-10-03');
  expect(texts(early)).toContain('有数据的天数不足，未判常态');
  expect(tables(early)[0]?.rows.every(({ cells }) => cells[5] === '天数不足' && cells[4] === '—')).toBe(true);
  const late = briefingOf('2026-11-05');
  expect(tables(late)[0]?.rows.every(({ cells }) => /常态/u.test(cells[5] ?? ''))).toBe(true);
});

test('a day that still runs is counted until the data time and says until when', () => {
  const dataTime = instant(endOf('2026-11-05') - 10 * HOUR_MS);
  const document = briefingOf('2026-11-05', { dataTime });
  expect(document.figures.map(({ label }) => label)).toContain('在办（截至 14:00）');
  expect(document.figures.flatMap(({ query }) => (query.kind === 'standing' ? [query.at] : []))).toEqual([
    dataTime,
    dataTime,
  ]);
});

test('key cases: eight at most, one of a township; units past the limit are asked', () => {
  const keyCases = Array.from({ length: 12 }, (_, at) =>
    keyCase({
      id: `2026110700000${at}`,
      township: `t${at < 2 ? 0 : at}`,
      level: at < 4 ? 2 : 3,
      unit: `单位${at % 2}`,
    }),
  );
  const document = briefingOf('2026-11-05', { keyCases });
  const table = tables(document).find(({ caption }) => caption.includes('重点案件'));
  expect(table?.rows.map(({ cells }) => cells[1])).toEqual([0, 2, 3, 4, 5, 6, 7, 8].map((at) => `2026110700000${at}`));
  const asks = document.blocks.flatMap((block) =>
    block.kind === 'sentence' && block.text.includes('请单位') ? [block] : [],
  );
  expect(asks.map(({ text }) => text)).toEqual([
    '1．请单位0今日办结“暴露垃圾”等 2 件超期案件。',
    '2．请单位1今日办结仁和镇前进村“暴露垃圾”。',
  ]);
  expect(asks.map(({ figures }) => figures.length)).toEqual([2, 1]);
});

test('a damaged journal and reports outside all townships are said', () => {
  const document = briefingOf('2026-11-05', { isWhole: false, townships: [] });
  const facts = JSON.stringify(document.blocks.at(-1));
  expect(facts).toContain('日志有缺损，数字不全');
  expect(facts).toMatch(/镇街合计比全区少 \d+ 件/u);
});

test('the same inputs give the same document', () => {
  expect(JSON.stringify(briefingOf('2026-11-05'))).toBe(JSON.stringify(briefingOf('2026-11-05')));
});
