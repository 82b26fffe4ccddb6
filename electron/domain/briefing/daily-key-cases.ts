import type { Block, FigureList } from './document.ts';
import { hoursText } from './numbers.ts';

/** An open case that needs attention, without any words of people: where it is, by area, never by address. */
export interface KeyCase {
  readonly id: string;
  readonly level: 1 | 2 | 3 | 4;
  readonly className: string;
  readonly place: string;
  /** Code of its township, empty outside all. */
  readonly township: string;
  /** Who holds it. */
  readonly unit: string;
  /** Epoch milliseconds; null while no clock runs. */
  readonly dueAt: number | null;
  /** State in words. */
  readonly state: string;
  readonly returnCount: number;
  readonly openSupervisions: number;
}

/** So many are listed. */
const MOST_KEY_CASES = 8;

/** Of each township the most urgent one, the gravest first; of those outside all townships too. */
export function listedCases(cases: readonly KeyCase[]): readonly KeyCase[] {
  const seen = new Set<string>();
  const first = cases.filter(({ township }) => !seen.has(township) && seen.add(township));
  return first.slice(0, MOST_KEY_CASES);
}

/** 重点案件. `figures` are the ids of the listed cases by case number. */
export function keyCaseBlocks(cases: readonly KeyCase[], figures: FigureList, now: number) {
  const listed = listedCases(cases);
  const ids = new Map(
    listed.map((one) => [one.id, figures.add(`重点案件 ${one.id}`, one.id, { kind: 'case', id: one.id })]),
  );
  if (listed.length === 0) {
    const none: Block = { kind: 'sentence', text: '数据时间没有达到级别的在办案件。', figures: [] };
    return { blocks: [none], figures: ids };
  }
  const blocks: readonly Block[] = [
    {
      kind: 'table',
      isOnNewPage: false,
      caption: `表 3　重点案件 ${listed.length} 件，按级别和到期时间，同一镇街只列最紧急 1 件`,
      figures: [...ids.values()],
      columns: [
        { title: '级', isNumber: false, widthMm: 7 },
        { title: '编号', isNumber: false, widthMm: 28 },
        { title: '类别', isNumber: false, widthMm: 23 },
        { title: '地点', isNumber: false, widthMm: 35 },
        { title: '在办单位', isNumber: false, widthMm: null },
        { title: '时限', isNumber: true, widthMm: 14 },
        { title: '进展', isNumber: false, widthMm: 21 },
      ],
      rows: listed.map((one) => ({
        ...{ isSum: false, level: one.level },
        cells: ['', one.id, one.className, one.place, one.unit, limitText(one.dueAt, now), progressText(one)],
      })),
    },
    {
      kind: 'note',
      text: 'I 突发紧急且超期　II 超期　III 剩余不足时限的 20 %　IV 督办、屡退。时限为数据时间口径，参考默认值，可配置。',
    },
  ];
  return { blocks, figures: ids };
}

function limitText(dueAt: number | null, now: number): string {
  if (dueAt === null) return '—';
  return `${dueAt < now ? '超' : '余'} ${hoursText(dueAt - now)}`;
}

function progressText({ state, returnCount, openSupervisions }: KeyCase): string {
  if (openSupervisions > 0) return `${state}，督办`;
  return returnCount >= 2 ? `${state}，退 ${returnCount} 次` : state;
}
