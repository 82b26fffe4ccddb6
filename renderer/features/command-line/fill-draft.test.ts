import { expect, test } from 'vitest';
import { payloads } from '#renderer/acts/act-payloads.ts';
import { firstDraft, isComplete, missingFields } from '#renderer/acts/act-draft.ts';
import type { CaseAct } from '#renderer/acts/next-actions.ts';
import { morning } from '#tests/builders/cases.ts';
import { aDetail } from '#tests/builders/details.ts';
import { dayIn, fillDraft, type FillFrom } from './fill-draft.ts';

const from: FillFrom = {
  unit: null,
  reasons: [
    { id: 'R01', name: '职责不符' },
    { id: 'R03', name: '非本单位辖区' },
  ],
  parties: [{ id: 'S1', name: '督办方一' }],
  cases: new Map([
    ['57', '20261124000057'],
    ['63', '20261124000063'],
  ]),
  now: morning,
};

function filled(action: CaseAct, line: string, given: Partial<FillFrom> = {}) {
  const first = firstDraft(action, aDetail(), { text: { supervise: { party: 'S1' } }, steps: [] });
  return fillDraft(action, first, line.split(' ').filter(Boolean), { ...from, ...given });
}

test('a dispatch takes its unit and the opinion behind it, and goes to that unit alone', () => {
  const draft = filled('dispatch', '城管 请先围挡', { unit: 'U7' });
  expect(isComplete('dispatch', draft)).toBe(true);
  expect(payloads.dispatch(draft, morning)).toEqual({ unit: 'U7', mode: 'frontline', opinion: '请先围挡' });
});

test('a word that names no unit is not sent as an opinion to nobody', () => {
  expect(missingFields('dispatch', filled('dispatch', '城管'))).toContain('unit');
});

test('a return finds its reason by code, beginning or initials; words beside it are the reason', () => {
  expect(payloads.return(filled('return', '非本单位'), morning)).toEqual({ reasonCode: 'R03', reason: '非本单位辖区' });
  expect(payloads.return(filled('return', 'zzbf'), morning)).toMatchObject({ reasonCode: 'R01' });
  expect(payloads.return(filled('return', 'r01 属水务'), morning)).toEqual({ reasonCode: 'R01', reason: '属水务' });
  expect(missingFields('return', filled('return', '不知道'))).toEqual(['reasonCode']);
});

test('a supervision takes level, time to answer and words', () => {
  expect(filled('supervise', '3级 明天答复 请速办').text).toMatchObject({
    ...{ level: '3', answerBy: 'tomorrow', reason: '请速办', party: 'S1' },
  });
});

test('a suspension takes its day, a merge its cases', () => {
  expect(filled('request_suspension', '至 12-01 等供货').text).toMatchObject({ until: '2026-12-01', reason: '等供货' });
  expect(filled('merge', '57 63 同一处').text).toMatchObject({
    ids: '20261124000057 20261124000063',
    reason: '同一处',
  });
  expect(filled('merge', '99 同一处').text).toMatchObject({ reason: '99 同一处' });
});

test('days are the next ones, and none that the calendar lacks', () => {
  expect(dayIn('12月1日', morning)).toBe('2026-12-01');
  expect(dayIn('至1-5', morning)).toBe('2027-01-05');
  expect(dayIn('2026/11/30', morning)).toBe('2026-11-30');
  expect(dayIn('2-30', morning)).toBeNull();
  expect(dayIn('等供货', morning)).toBeNull();
});
