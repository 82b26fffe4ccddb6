import { expect, test } from 'vitest';
import { play, routine } from '#tests/builders/cases.ts';
import { copyOf, copyOfSide, withFields } from './copy-state.ts';

const { state } = play(routine('20261124000001'));

test('a copy has every field of its state, and is another object', () => {
  expect(copyOf(state)).toEqual(state);
  expect(Object.keys(copyOf(state)).sort()).toEqual(Object.keys(state).sort());
  expect(copyOf(state)).not.toBe(state);
  expect(copyOfSide(state.side)).toEqual(state.side);
  expect(Object.keys(copyOfSide(state.side)).sort()).toEqual(Object.keys(state.side).sort());
});

test('fields are set in the copy alone', () => {
  const before = structuredClone(state);
  const next = withFields(copyOf(state), { returnCount: 7, handlerId: null });
  expect(next).toMatchObject({ returnCount: 7, handlerId: null });
  expect(state).toEqual(before);
});
