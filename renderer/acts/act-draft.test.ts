import { expect, test } from 'vitest';
import type { CaseDetail } from '#contract/cases.ts';
import { actInputs } from '#contract/case-acts.ts';
import { DAY_MS, HOUR_MS } from '#domain/base/instant.ts';
import { morning } from '#tests/builders/cases.ts';
import { aDetail } from '#tests/builders/details.ts';
import {
  fieldNames,
  fieldOfError,
  firstDraft,
  formShapes,
  isComplete,
  missingFields,
  withLead,
  withSuggestion,
  type Draft,
  type FieldName,
} from './act-draft.ts';
import type { PhotoDraft } from '#renderer/photos/photo-drafts.ts';
import { answerByAt, endOfDay, payloads } from './act-payloads.ts';
import type { CaseAct } from './next-actions.ts';

const acts = Object.keys(formShapes) as CaseAct[];
const noPresets = { text: {}, steps: [{ post: 'leader', personId: '', minutes: '30' }] };
const chosen: Partial<Record<FieldName, string>> = { until: '2026-12-01', party: 'S1', ids: '1 2,3' };

function filled(action: CaseAct): Draft {
  const draft = firstDraft(action, aDetail(), noPresets);
  const text = Object.fromEntries(fieldNames.map((name) => [name, draft.text[name] || chosen[name] || 'x']));
  const orders = action === 'whistle' ? [{ unit: '92', personId: '', role: 'co' as const }] : [];
  return { ...draft, text, orders };
}

test('a filled form of every act is complete, and what it sends fits the method', () => {
  for (const action of acts) {
    expect(isComplete(action, filled(action)), action).toBe(true);
    const parsed = actInputs[action].safeParse({ id: 'x', ...payloads[action](filled(action), morning) });
    expect(parsed.error?.message ?? null, action).toBeNull();
  }
});

test('a form says what is missing; a check that did not pass needs its words', () => {
  const draft = firstDraft('check', aDetail(), noPresets);
  expect(missingFields('check', draft)).toEqual([]);
  expect(missingFields('check', { ...draft, text: { ...draft.text, checkResult: 'failed' } })).toEqual(['opinion']);
  expect(missingFields('return', draft)).toEqual(['reasonCode', 'reason']);
  expect(missingFields('dispatch', { ...draft, text: { ...draft.text, mode: 'joint' } })).toEqual(['unit', 'orders']);
});

test('an act that needs a photo is complete with one of that kind, once the host keeps it', () => {
  const need = aDetail().actions.map((offer) => (offer.action === 'handle' ? { ...offer, photo: 'after' } : offer));
  const detail = aDetail({ actions: need as CaseDetail['actions'] });
  const draft = { ...firstDraft('handle', detail, noPresets), text: { result: '已更换' } };
  const photo = { id: '1', name: 'a.jpg', file: new Blob(), hash: 'a'.repeat(64), preview: null, error: null };
  const withPhoto = (change: Partial<PhotoDraft>) => ({ ...draft, photos: [{ ...photo, kind: 'after', ...change }] });
  expect(missingFields('handle', draft)).toEqual(['photos']);
  expect(missingFields('handle', withPhoto({ kind: 'before' }) as Draft)).toEqual(['photos']);
  expect(isComplete('handle', withPhoto({ hash: null }) as Draft), 'on its way').toBe(false);
  const complete = withPhoto({}) as Draft;
  expect(isComplete('handle', complete)).toBe(true);
  expect(payloads.handle(complete, morning)).toEqual({
    result: '已更换',
    photos: [{ hash: 'a'.repeat(64), kind: 'after' }],
  });
  expect(fieldOfError('handle', complete, { code: 'photo_missing', detail: {} })).toBe('photos');
});

test('a suggestion fills unit, person, mode and orders; the opinion stays', () => {
  const unit = { name: '', personDisplay: null };
  const draft = { ...firstDraft('dispatch', aDetail(), noPresets), text: { opinion: '请快' } };
  const taken = withSuggestion(draft, {
    ...{ lead: { ...unit, unit: '91', personId: 'P1' }, co: [{ ...unit, unit: '92', personId: null }], mode: 'joint' },
    limit: { value: 4, unit: 'work_hour', basis: '', isPlaceholder: true },
    ...{ accuracy: { right: 1, all: 1 }, reasons: [], isAutomatic: false, isPlaceholder: true },
  });
  expect(payloads.dispatch(taken, morning)).toEqual({
    ...{ unit: '91', personId: 'P1', mode: 'joint', opinion: '请快' },
    orders: [{ unit: '92', personId: null, role: 'co' }],
  });
  const alone = { ...taken, text: { ...taken.text, mode: 'frontline' } };
  expect(payloads.dispatch(alone, morning), 'one unit alone takes no orders along').not.toHaveProperty('orders');
});

test('a unit that becomes the lead is no order beside it any more', () => {
  const orders = ['92', '93'].map((unit) => ({ unit, personId: '', role: 'co' as const }));
  const draft = withLead(
    { text: { unit: '91', personId: 'P1' }, orders, steps: [], photos: [], photoNeed: null },
    '92',
  );
  expect(draft).toEqual({
    text: { unit: '92', personId: '' },
    orders: [orders[1]],
    steps: [],
    photos: [],
    photoNeed: null,
  });
});

test('days end in the district, and an answer is wanted at an hour to come', () => {
  expect(endOfDay('2026-11-24')).toBe(morning + 16 * HOUR_MS);
  expect(endOfDay('24.11.2026')).toBeNull();
  expect(answerByAt('today', morning)).toBe(morning + 10 * HOUR_MS);
  expect(answerByAt('today', morning + 11 * HOUR_MS)).toBe(morning + DAY_MS + 10 * HOUR_MS);
  expect(answerByAt('tomorrow', morning)).toBe(morning + DAY_MS + 4 * HOUR_MS);
  expect(answerByAt('none', morning)).toBeNull();
});

test('a refusal belongs beside its field, or to the whole form', () => {
  const draft: Draft = {
    text: { unit: '91' },
    orders: [{ unit: '92', personId: '', role: 'co' }],
    ...{ steps: [], photos: [], photoNeed: null },
  };
  const refused = (code: 'unit_unknown' | 'stale', unit = '') => ({ code, detail: { unit } });
  expect(fieldOfError('dispatch', draft, refused('unit_unknown', '91'))).toBe('unit');
  expect(fieldOfError('dispatch', draft, refused('unit_unknown', '92'))).toBe('orders');
  expect(fieldOfError('dispatch', draft, refused('stale'))).toBeNull();
  expect(fieldOfError('close', draft, refused('unit_unknown', '91'))).toBeNull();
});
