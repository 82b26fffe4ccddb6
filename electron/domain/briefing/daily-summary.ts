import type { FigureBook } from '#domain/metrics/figure-book.ts';
import { dayNumber, dayText } from '#domain/metrics/figure-record.ts';
import { measureNames } from '#domain/metrics/measures.ts';
import { listedCases, type KeyCase } from './daily-key-cases.ts';
import { verdictOf, type Quantity } from './daily-quantities.ts';
import type { TownshipDay } from './daily-townships.ts';
import type { Block, FigureList } from './document.ts';
import { countText, shareText } from './numbers.ts';

interface SummaryInputs {
  readonly book: FigureBook;
  /** The day as a count of days. */
  readonly own: number;
  readonly dataTime: number;
  readonly quantities: readonly Quantity[];
  readonly townships: readonly TownshipDay[];
  readonly className: (key: string) => string;
  readonly keyCases: readonly KeyCase[];
  /** Ids of figures by case number. */
  readonly keyFigures: ReadonlyMap<string, string>;
  readonly figures: FigureList;
}

/** 领导摘要: three findings, and up to three asks that follow from the listed cases (P9). */
export function summaryOf(inputs: SummaryInputs): readonly Block[] {
  const findings = [volumeFinding(inputs), overdueFinding(inputs), classFinding(inputs)];
  const asks = asksOf(inputs);
  const numbered = (found: readonly Sentence[]): readonly Block[] =>
    found.map(({ text, figures }, at) => ({ kind: 'sentence', text: `${at + 1}．${text}`, figures }));
  return [
    { kind: 'subsection', title: '（一）三项情况' },
    ...numbered(findings),
    { kind: 'subsection', title: '（二）请示事项' },
    ...(asks.length === 0 ? numbered([{ text: '无请示事项。', figures: [] }]) : numbered(asks)),
    {
      kind: 'note',
      text: '〔D-01〕等是数据编号，在系统“简报”中点开即列出所指的案件。请示事项按重点案件由系统拟出，审签时核定。时限为参考默认值，可配置。',
    },
  ];
}

interface Sentence {
  readonly text: string;
  readonly figures: readonly string[];
}

function volumeFinding({ book, own, dataTime, quantities }: SummaryInputs): Sentence {
  const [reported, , closed, open] = quantities;
  const onTime = book.figure('ontime_close_rate', {
    ...{ group: 'district', of: '', from: own, to: own + 1 },
    dueTo: dayNumber(dataTime),
  });
  const named = [reported, closed, open].filter((one) => one !== undefined);
  const verdicts = named.map((one) => ({ name: one.name.replace(/（.*/u, ''), verdict: verdictOf(one) }));
  const unusual = verdicts.filter(({ verdict }) => verdict !== null && verdict !== '常态内');
  const isKnown = verdicts.every(({ verdict }) => verdict !== null);
  const judged = !isKnown
    ? '有数据的天数不足，未判常态'
    : unusual.length === 0
      ? '均在常态内'
      : unusual.map(({ name, verdict }) => `${name}${verdict ?? ''}`).join('，');
  const rate = onTime.value === null ? '当日没有到期案件' : `按期结案率 ${shareText(onTime)}`;
  return {
    text:
      `受理 ${countText(reported?.value ?? 0)} 件、办结 ${countText(closed?.value ?? 0)} 件，${rate}；` +
      `${spoken(named.at(-1)?.name ?? '')} ${countText(open?.value ?? 0)} 件，${judged}。`,
    figures: named.map(({ id }) => id),
  };
}

function overdueFinding({ quantities, townships }: SummaryInputs): Sentence {
  const overdue = quantities.at(-1);
  const count = overdue?.value ?? 0;
  const figures = overdue === undefined ? [] : [overdue.id];
  if (count === 0) return { text: '没有超过处置时限的案件。', figures };
  const most = townships.filter((one) => one.overdue > 0).toSorted((a, b) => b.overdue - a.overdue);
  const named = most.slice(0, 3).map((one) => `${one.name} ${countText(one.overdue)} 件`);
  return {
    text: `${spoken(overdue?.name ?? '')} ${countText(count)} 件${named.length === 0 ? '' : `，其中${named.join('、')}`}。`,
    figures,
  };
}

/** `在办（24 时）` as it is said in a sentence: 24 时在办. */
function spoken(name: string): string {
  return name.replace(/^(.*)（(.*)）$/u, '$2$1');
}

/** The class that grew most against the same weekday of the week before, or the largest where none grew or nothing is known. */
function classFinding({ book, own, className, figures }: SummaryInputs): Sentence {
  const at = measureNames.indexOf('reported');
  const today = book.allSums('class', { from: own, to: own + 1 });
  const isComparable = (book.firstDay() ?? own) <= own - 7;
  const before = isComparable ? book.allSums('class', { from: own - 7, to: own - 6 }) : null;
  const counted = Array.from(today, ([key, sums]) => {
    const count = sums[at] ?? 0;
    return { key, count, more: count - (before?.get(key)?.[at] ?? 0) };
  }).filter(({ count }) => count > 0);
  const grown = before === null ? [] : counted.filter(({ more }) => more > 0);
  const [most] = (grown.length > 0 ? grown : counted).toSorted(
    (a, b) => (grown.length > 0 ? b.more - a.more : 0) || b.count - a.count || (a.key < b.key ? -1 : 1),
  );
  if (most === undefined) return { text: '当日没有受理案件。', figures: [] };
  const name = className(most.key);
  const id = figures.add(`受理：${name}`, countText(most.count), {
    ...{ kind: 'indicator', indicator: 'reported', group: 'class', of: most.key },
    ...{ from: dayText(own), to: dayText(own + 1) },
  });
  const compared = grown.length > 0 ? `比上周同日多 ${countText(most.more)} 件，增幅居首` : '为当日受理最多的类别';
  return { text: `“${name}”${countText(most.count)} 件，${compared}。`, figures: [id] };
}

/** One ask for each unit that holds listed cases past their limit, the one with most first. */
function asksOf({ keyCases, keyFigures }: SummaryInputs): readonly Sentence[] {
  const byUnit = new Map<string, KeyCase[]>();
  for (const one of listedCases(keyCases)) {
    if (one.level <= 2) byUnit.set(one.unit, [...(byUnit.get(one.unit) ?? []), one]);
  }
  return [...byUnit]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, 3)
    .map(([unit, cases]) => {
      const [first] = cases;
      const what =
        cases.length === 1 && first !== undefined
          ? `${first.place}“${first.className}”`
          : `“${first?.className ?? ''}”等 ${cases.length} 件超期案件`;
      return {
        text: `请${unit}今日办结${what}。`,
        figures: cases.flatMap(({ id }) => keyFigures.get(id) ?? []),
      };
    });
}
