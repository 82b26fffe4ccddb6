import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf, readCsv } from './table-csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('what goes out comes back, whatever the cells hold', () => {
  const cell = fc
    .oneof(fc.constantFrom('@township', '=1+1', '-5', 'a,b', 'say "no"', '两\n行', '00012', '；'), fc.string())
    .map((text) => text.replaceAll('\r', '').trim());
  const row = fc.tuple(cell, cell, fc.constant('x'));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
      const read = readCsv(bytes(csvOf(['a', 'b', 'c'], rows)), ['a', 'b', 'c'], []);
      expect(read.ok && read.rows).toEqual(rows);
    }),
    { seed: 42, numRuns: 200 },
  );
});

test('columns may stand in another order; more are named, fewer refused unless they may lack', () => {
  expect(readCsv(bytes('b,z,a\n2,9,1\n'), ['a', 'b', 'c'], ['c'])).toEqual({
    ok: true,
    rows: [['1', '2', '']],
    unknown: ['z'],
  });
  expect(readCsv(bytes('a\n1\n'), ['a', 'b'], [])).toEqual({ ok: false, reason: 'missing_columns', detail: 'b' });
});

test('a file that is no table says why', () => {
  expect(readCsv(new Uint8Array([0xff, 0xfe, 0x00]), ['a'], [])).toMatchObject({ reason: 'not_utf8' });
  expect(readCsv(bytes('a\n"1\n'), ['a'], [])).toMatchObject({ reason: 'quote' });
  expect(readCsv(bytes('a\n'), ['a'], [])).toMatchObject({ reason: 'empty' });
});
