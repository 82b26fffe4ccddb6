import { expect, test } from 'vitest';
import type { FiguresRow, FiguresTableGot } from '#contract/figures.ts';
import { bandText, changeText, figureText, partsText, scoreText } from './score-columns.ts';
import { scoreCsv } from './score-csv.ts';

const score = {
  ...{ score: 97.9, low: 97.5, high: 98.3, rank: 4, bandFrom: 2, bandTo: 8, grade: null },
  ...{ isSmall: false, rankBefore: 1 },
};
const row: FiguresRow = {
  ...{ of: '110113', name: '=南彩,镇', trend: [], score },
  figures: [
    { n: 1_580, d: null, value: 1_580 },
    { n: 1_033, d: 1_066, value: 1_033 / 1_066 },
    { n: 0, d: 0, value: null },
  ],
};
const total: FiguresRow = { ...row, of: '', name: '全区', score: null };
const table: FiguresTableGot = { sequence: 1, isWhole: true, months: [], rows: [row], total, scheme: null };

test('the file has a byte order mark, CRLF, parts beside each share, and no formula', () => {
  const text = scoreCsv(table, {
    ...{ rank: '名次', band: '名次带', name: '镇街', code: '代码', score: '得分', low: '下限', high: '上限' },
    ...{ figures: ['受理', '解决率', '满意率'], numerator: '分子', denominator: '分母' },
  });
  expect(text.split('\r\n')).toEqual([
    '\uFEFF名次,名次带,代码,镇街,得分,下限,上限,受理,解决率,解决率 分子,解决率 分母,满意率,满意率 分子,满意率 分母',
    `4,2–8,110113,"'=南彩,镇",97.9,97.5,98.3,1580,${1_033 / 1_066},1033,1066,,0,0`,
    `,,,全区,,,,1580,${1_033 / 1_066},1033,1066,,0,0`,
    '',
  ]);
});

test('cells say a share, its parts, and a dash for nothing over nothing', () => {
  expect(row.figures.map(figureText)).toEqual(['1,580', '96.9', '—']);
  expect(row.figures.map(partsText)).toEqual(['1,580', '1,033/1,066', '0/0']);
  expect([bandText(row), changeText(row), scoreText(score.score)]).toEqual(['2–8', '↓3', '97.90']);
  expect([bandText(total), changeText(total), scoreText(null)]).toEqual(['—', '–', '—']);
});
