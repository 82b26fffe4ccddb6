import { expect, test } from 'vitest';
import { someUnits } from '#tests/builders/district.ts';

const units = someUnits();

test('every area has a unit with its code, name and kind', () => {
  expect(units.unit('91')).toMatchObject({ code: '91', name: '东镇', kind: 'township', level: 2, parent: '9' });
  expect(['9', '911', '9111'].map((code) => units.unit(code)?.kind)).toEqual(['district_desk', 'community', 'grid']);
  expect(units.unit('nowhere')).toBeUndefined();
});

test('below means anywhere beneath in the net; everything lies below the desk', () => {
  expect(units.isBelow('9111', '91')).toBe(true);
  expect(units.isBelow('91', '91')).toBe(false);
  expect(units.isBelow('9211', '91')).toBe(false);
  expect(units.isBelow('91', null)).toBe(true);
  expect(units.isBelow('nowhere', null)).toBe(false);
});

test('the chain of a grid runs from the township down, without the district', () => {
  expect(units.chainFor('9112').map((unit) => unit.code)).toEqual(['91', '911', '9112']);
  expect(units.chainFor(null)).toEqual([]);
  expect(units.chainFor('nowhere')).toEqual([]);
});
