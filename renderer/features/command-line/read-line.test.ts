import { expect, test } from 'vitest';
import { casesEndingWith, readLine } from './read-line.ts';

const digits = (text: string) => ({ kind: 'digits', digits: text });

test('verb, object and words are told apart, by character, initials, English, with and without blanks', () => {
  for (const line of ['派 0042 城管', 'pq 0042 城管', '派0042 城管', 'dispatch 0042 城管', '派　００４２　城管']) {
    expect(readLine(line), line).toMatchObject({
      ...{ kind: 'act', verb: { id: 'dispatch' }, object: digits('0042'), words: ['城管'] },
    });
  }
  expect(readLine('退 . 非本单位')).toMatchObject({
    verb: { id: 'return' },
    object: { kind: 'open' },
    words: ['非本单位'],
  });
  expect(readLine('并 42 57 63')).toMatchObject({ verb: { id: 'merge' }, object: digits('42'), words: ['57', '63'] });
  expect(readLine('挂 . 至 12-01 等供货')).toMatchObject({
    object: { kind: 'open' },
    words: ['至', '12-01', '等供货'],
  });
});

test('a day is no case number, a bare number opens its case', () => {
  expect(readLine('挂 12-01 等供货')).toMatchObject({ object: null, words: ['12-01', '等供货'] });
  expect(readLine('督 2级 请速办')).toMatchObject({ object: null, words: ['2级', '请速办'] });
  expect(readLine('0042')).toEqual({ kind: 'open', object: digits('0042') });
});

test('search keeps its words as they are; an acts’ whole name in the catalogs is a verb too', () => {
  expect(readLine('查 龙泉苑 井盖')).toEqual({ kind: 'search', text: '龙泉苑 井盖' });
  expect(readLine('强制结案 42 已移交')).toMatchObject({ kind: 'act', verb: { acts: ['force_close'] } });
  expect(readLine('> 规则')).toEqual({ kind: 'palette', text: '规则' });
  expect(readLine('  ')).toEqual({ kind: 'empty' });
});

test('a word that means nothing or several things is not guessed', () => {
  expect(readLine('咦 42')).toEqual({ kind: 'unclear', word: '咦', candidates: [] });
  const several = readLine('申 42');
  expect(several.kind === 'unclear' && several.candidates.length).toBeGreaterThan(1);
  expect(readLine('...')).toMatchObject({ kind: 'unclear' });
});

test('digits find numbers that end with them, filled up to four, newest first', () => {
  const row = (id: string, reportedAt: number) => ({ id, reportedAt });
  const rows = [row('20261124000042', 1), row('20261125000042', 2), row('20261125001042', 3), row('20261125000421', 4)];
  expect(casesEndingWith('42', rows).map(({ id }) => id)).toEqual(['20261125000042', '20261124000042']);
  expect(casesEndingWith('1042', rows).map(({ id }) => id)).toEqual(['20261125001042']);
  expect(casesEndingWith('20261124000042', rows)).toHaveLength(1);
});
