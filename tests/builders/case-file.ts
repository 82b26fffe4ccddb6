import { Random } from '#domain/base/random.ts';

export interface CaseFileOptions {
  readonly rows: number;
  readonly seed: number;
  /** Share of rows that are closed, 0 … 1. */
  readonly closedShare: number;
  /** [west, south, east, north] in degrees; points lie anywhere in it. */
  readonly bounds: readonly [number, number, number, number];
}

const head = '案件编号,上报时间,结案时间,状态,小类名称,问题描述,地址,经度,纬度,来源,小区';
const classes = ['上水井盖', '污水井盖', '雨水井盖', '电力设施', '暴露垃圾', '占道经营'] as const;
const texts = ['井盖破损', '路面积水', '垃圾未清，影响通行', '"小广告"较多', '路灯不亮\n夜间无照明'] as const;
const feeds = ['12345热线', '网格员', '视频', '其他'] as const;
const firstDay = Date.UTC(2025, 0, 1);

/** A CSV file of cases as a platform of a city exports it, with quotes and line breaks; a guessed mapping fits it. */
export function caseFile({ rows, seed, closedShare, bounds }: CaseFileOptions): string {
  const random = new Random(seed);
  const [west, south, east, north] = bounds;
  const lines = [head];
  for (let row = 1; row <= rows; row += 1) {
    const openedAt = firstDay + random.integer(0, 300 * 86_400) * 1_000;
    const isClosed = random.chance(closedShare);
    const closedAt = isClosed ? timeText(openedAt + random.integer(600, 400_000) * 1_000) : '';
    const lon = (west + random.next() * (east - west)).toFixed(6);
    const lat = (south + random.next() * (north - south)).toFixed(6);
    const text = random.pick(texts);
    lines.push(
      [
        `A${String(row).padStart(7, '0')}`,
        timeText(openedAt),
        closedAt,
        isClosed ? '结案' : '处理中',
        random.pick(classes),
        /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
        `幸福路${random.integer(1, 300)}号`,
        lon,
        lat,
        random.pick(feeds),
        `小区${random.integer(1, 500)}`,
      ].join(','),
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** `2025-03-05 08:30:00`, the wall clock of Beijing. */
function timeText(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
