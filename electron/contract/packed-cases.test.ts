import { expect, test } from 'vitest';
import { play, routine } from '#tests/builders/cases.ts';
import { evolve } from '#domain/case/evolve.ts';
import type { CaseState } from '#domain/case/state.ts';
import { caseRow } from './case-row.ts';
import { CaseRow } from './cases.ts';
import { PackedCases, packCases, unpackCases } from './packed-cases.ts';

/** The rows of a case after each of its steps. */
function someRows(): readonly CaseRow[] {
  let state: CaseState | undefined;
  return play(routine('20261124000001')).events.map((event, index) => {
    state = evolve(state, event);
    return CaseRow.parse(caseRow(state, index + 1));
  });
}

test('rows come back as they were, over JSON', () => {
  const rows = someRows();
  const sent = PackedCases.parse(JSON.parse(JSON.stringify(packCases(rows))));
  expect(unpackCases(sent)).toEqual(rows);
  expect(unpackCases(packCases([]))).toEqual([]);
});

test('every field of a row travels, and a word that many rows have is said once', () => {
  const rows = someRows();
  const { words, columns } = packCases(rows);
  expect(Object.keys(columns).sort()).toEqual(Object.keys(CaseRow.shape).sort());
  expect(new Set(words).size).toBe(words.length);
  const many = Array.from({ length: 200 }, () => rows).flat();
  expect(JSON.stringify(packCases(many)).length).toBeLessThan(JSON.stringify(many).length * 0.4);
});

test('more cases than a page of a list may have are one picture', () => {
  const [row] = someRows();
  const rows = Array.from({ length: 12_000 }, (_, index) => ({ ...row, id: String(index) }) as CaseRow);
  const sent: PackedCases = JSON.parse(JSON.stringify(packCases(rows)));
  expect(sent.count).toBe(12_000);
  expect(unpackCases(sent)[11_999]).toEqual(rows[11_999]);
});

test('what lacks a column or part of one is refused, never guessed', () => {
  const packed = packCases(someRows());
  const { address: _, ...columns } = packed.columns;
  expect(() => unpackCases({ ...packed, columns })).toThrow('address');
  expect(() => unpackCases({ ...packed, count: packed.count + 1 })).toThrow('column');
});
