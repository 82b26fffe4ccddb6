import { expect, test } from 'vitest';
import type { CasePhoto } from '#contract/cases.ts';
import { beforeAndAfter, metresFrom } from './photo-pair.ts';

function aPhoto(kind: CasePhoto['kind'], at: number, step: CasePhoto['step'] = 'handle'): CasePhoto {
  return { ...{ hash: String(at), kind, at, step, by: 'handler-1' }, lon: null, lat: null, takenAt: null };
}

test('before and after: the last result beside the photo before it, or beside the report’s close-up', () => {
  const report = [aPhoto('far', 1, 'report'), aPhoto('near', 2, 'report')];
  const first = [aPhoto('before', 3), aPhoto('after', 4)];
  const again = [aPhoto('before', 5), aPhoto('after', 6)];
  const atOf = (photos: readonly CasePhoto[]) => beforeAndAfter(photos)?.map(({ at }) => at) ?? null;
  expect(atOf([...report, ...first, ...again])).toEqual([5, 6]);
  expect(atOf([...report, aPhoto('after', 4)])).toEqual([2, 4]);
  expect(atOf([aPhoto('far', 1, 'report'), aPhoto('after', 4)])).toEqual([1, 4]);
  expect(atOf([...first, aPhoto('near', 9, 'check')])).toEqual([3, 4]);
  expect(atOf(report)).toBeNull();
  expect(atOf([aPhoto('after', 4)])).toBeNull();
});

test('how far from the case a photo was taken', () => {
  const place = { lon: 116.65, lat: 40.13 };
  expect(metresFrom(place, { lon: 116.65, lat: 40.1309 })).toBe(100);
  expect(metresFrom(place, { lon: null, lat: null })).toBeNull();
  expect(metresFrom({ lon: null, lat: null }, place)).toBeNull();
});
