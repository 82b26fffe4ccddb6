import { expect, test } from 'vitest';
import { longestNote, mostPins, Pins } from './pins.ts';

function aStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const items = new Map<string, string>();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

test('pins are kept with their notes, and there again at the next start', () => {
  const storage = aStorage();
  const pins = new Pins(storage);
  const first = pins.add(116.6, 40.1, 1_000);
  pins.add(116.7, 40.2, 2_000);
  pins.write(first ?? '', '明早复看');
  expect(new Pins(storage).store.getState().pins).toEqual([
    { id: '1', lon: 116.6, lat: 40.1, text: '明早复看', at: 1_000 },
    { id: '2', lon: 116.7, lat: 40.2, text: '', at: 2_000 },
  ]);
});

test('one that was taken away comes back in its place', () => {
  const pins = new Pins(aStorage());
  for (let count = 0; count < 3; count += 1) pins.add(116 + count, 40, count);
  pins.write('2', '第二');
  const before = pins.store.getState().pins;
  pins.remove('2');
  expect(pins.store.getState().pins.map(({ id }) => id)).toEqual(['1', '3']);
  pins.undo();
  expect(pins.store.getState().pins).toEqual(before);
  expect(pins.store.getState().removed).toBeNull();
  pins.undo();
  pins.remove('unknown');
  expect(pins.store.getState().pins).toEqual(before);
});

test('there is an end to how many and how long', () => {
  const pins = new Pins(aStorage());
  for (let count = 0; count < mostPins; count += 1) expect(pins.add(116, 40, count)).not.toBeNull();
  expect(pins.add(116, 40, 0)).toBeNull();
  pins.write('1', '长'.repeat(longestNote + 1));
  expect(pins.store.getState().pins[0]?.text).toHaveLength(longestNote);
});

test('what cannot be kept is told, and stays on the screen', () => {
  const pins = new Pins({
    getItem: () => null,
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  });
  pins.add(116, 40, 0);
  expect(pins.store.getState()).toMatchObject({ isKept: false, pins: [{ id: '1' }] });
});

test.each(['{', 'null', '3', '[null, {}, {"id":"x"}, {"id":"1","lon":"a","lat":1,"text":"","at":1}]'])(
  'what cannot be understood is left out: %s',
  (text) => {
    expect(new Pins({ getItem: () => text, setItem: () => {} }).store.getState().pins).toEqual([]);
  },
);
