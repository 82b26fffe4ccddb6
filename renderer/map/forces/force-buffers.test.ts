import { expect, test } from 'vitest';
import { ForceBuffers, type ForceUpload } from './force-buffers.ts';
import type { ForceField } from './force-field.ts';
import { LocalMercator } from './local-mercator.ts';

const COUNT = 25_000;

/** Buffers of a graphics card as plain arrays. */
class PlainCard implements ForceUpload {
  readonly said: string[] = [];
  pairs = new Float32Array(0);
  numbers = new Uint8Array(0);

  reserve(capacity: number): void {
    this.said.push(`reserve ${capacity}`);
    this.pairs = new Float32Array(capacity * 2);
    this.numbers = new Uint8Array(capacity);
  }

  places(pairs: Float32Array, first: number): void {
    this.said.push(`places ${first} ${pairs.byteLength}`);
    this.pairs.set(pairs, 2 * first);
  }

  looks(looks: Uint8Array): void {
    this.said.push(`looks ${looks.byteLength}`);
    this.numbers.set(looks);
  }
}

function aField(count = COUNT): ForceField {
  const positions = Float64Array.from(
    { length: 2 * count },
    (_, at) => (at % 2 === 0 ? 116.5 : 40) + (at % 997) / 4_000,
  );
  const kinds = Uint8Array.from({ length: count }, (_, at) => at % 3);
  return { count, positions, kinds, ages: new Uint8Array(count) };
}

function aCard() {
  const card = new PlainCard();
  const buffers = new ForceBuffers(new LocalMercator(116.7, 40.1));
  /** What an update made of a field. */
  const update = (field: ForceField) => {
    const before = buffers.bytes;
    const isDue = buffers.update(field, card);
    return { isDue, said: card.said.splice(0), bytes: buffers.bytes - before };
  };
  return { card, buffers, update };
}

test('of a field that moved only the places are uploaded, eight bytes each', () => {
  const { card, update } = aCard();
  const field = aField();
  expect(update(field)).toEqual({
    isDue: true,
    said: ['reserve 32768', 'places 0 200000', 'looks 25000'],
    bytes: 225_000,
  });
  const moved = { ...field, positions: field.positions.map((value) => value + 0.001) };
  expect(update(moved)).toEqual({ isDue: true, said: ['places 0 200000'], bytes: 200_000 });
  expect(card.pairs[2 * 7]).toBeCloseTo((moved.positions[2 * 7] ?? 0) - 116.7, 6);
  expect([...card.numbers.subarray(0, 4)]).toEqual([0, 1, 2, 0]);
});

test('of a field in which nobody moved nothing is uploaded, and no picture is due', () => {
  const { update } = aCard();
  const field = aField();
  update(field);
  expect(update(field)).toEqual({ isDue: false, said: [], bytes: 0 });
  const copied = { ...field, positions: field.positions.slice(), ages: field.ages.slice() };
  expect(update(copied)).toEqual({ isDue: false, said: [], bytes: 0 });
});

test('of a few that moved the range that holds them is uploaded', () => {
  const { card, update } = aCard();
  const field = aField();
  update(field);
  const positions = field.positions.slice();
  positions[2 * 100] = 116.9;
  positions[2 * 120 + 1] = 40.3;
  expect(update({ ...field, positions })).toEqual({ isDue: true, said: ['places 100 168'], bytes: 168 });
  expect(card.pairs[2 * 100]).toBeCloseTo(0.2, 6);
});

test('other ages cost a byte each and no place', () => {
  const { card, update } = aCard();
  const field = aField();
  update(field);
  const ages = field.ages.slice().fill(2, 0, 10);
  expect(update({ ...field, ages })).toEqual({ isDue: true, said: ['looks 25000'], bytes: 25_000 });
  expect([...card.numbers.subarray(8, 12)]).toEqual([8, 6, 1, 2]);
});

test('more of them than there is room for are uploaded anew, fewer are only drawn less', () => {
  const { update } = aCard();
  const small = aField(200);
  expect(update(small).said).toEqual(['reserve 256', 'places 0 1600', 'looks 200']);
  const grown = update(aField(300));
  expect(grown.said).toEqual(['reserve 512', 'places 0 2400', 'looks 300']);
  const fewer = update({ ...aField(300), count: 10 });
  expect(fewer.isDue).toBe(true);
  expect(fewer.said.filter((what) => what.startsWith('places'))).toEqual([]);
  expect(update(aField(300)), 'what is on the card still is right').toEqual({ isDue: true, said: [], bytes: 0 });
});

test('after its graphics context was lost all is uploaded again', () => {
  const { buffers, update } = aCard();
  const field = aField();
  update(field);
  buffers.forget();
  expect(update(field).bytes).toBe(225_000);
});
