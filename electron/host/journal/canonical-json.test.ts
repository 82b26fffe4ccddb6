import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  test('sorts keys by code units at every depth, keeps lists, leaves undefined out', () => {
    const value = { b: [3, { z: 1, a: null }], a: { é: true, e: 'x', E: undefined, '10': 1, '9': 2 } };
    expect(canonicalJson(value)).toBe('{"a":{"10":1,"9":2,"e":"x","é":true},"b":[3,{"a":null,"z":1}]}');
  });

  test('writes strings and numbers as JSON.stringify does', () => {
    const texts = ['井盖', '🕳', '\ud800', 'a"b\\c', '\u0000\n\u001f\u007f', '\u2028', ''];
    const numbers = [0, -0, 1e21, 5e-324, 116.654321, 1_763_900_000_000];
    expect(canonicalJson([...texts, ...numbers])).toBe(JSON.stringify([...texts, ...numbers]));
  });

  test('writes any number and any string as JSON.stringify does', () => {
    const powers = Array.from({ length: 17 }, (_, digits) => 10 ** digits);
    const edges = powers.flatMap((power) => [power - 1, power, power + 1, -power, power + 0.5]);
    const decimals = fc
      .tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.integer({ min: 0, max: 8 }))
      .map(([digits, places]) => digits / 10 ** places);
    const numbers = fc.oneof(
      fc.constantFrom(...edges, Number.MAX_SAFE_INTEGER),
      fc.maxSafeInteger(),
      fc.double(),
      decimals,
    );
    const character = fc.oneof(
      fc.constantFrom('"', '\\', '\n', '\u007f', '\u0080', '\u07ff', '\u0800', '\uffff'),
      fc.string(),
    );
    const texts = fc.array(fc.oneof(character, fc.string({ unit: 'binary' }), fc.constant('\udbff')), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.array(numbers), texts, (list, pieces) => {
        const value = [...list.filter(Number.isFinite), ...pieces, pieces.join('')];
        expect(canonicalJson(value)).toBe(JSON.stringify(value));
      }),
      { seed: 20261125, numRuns: 2_000 },
    );
  });

  test('grows for what is large', () => {
    const value = {
      a: '网'.repeat(100_000),
      b: Array.from({ length: 20_000 }, (_, index) => index),
      c: '"'.repeat(50_000),
    };
    expect(canonicalJson(value)).toBe(JSON.stringify(value));
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, [undefined], () => 0])(
    'refuses what JSON cannot carry',
    (value) => {
      expect(() => canonicalJson({ value: [value] })).toThrow(TypeError);
    },
  );

  test('is the same text after any round, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 20261124, numRuns: 2_000 },
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
