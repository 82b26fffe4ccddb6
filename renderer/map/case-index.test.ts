import { expect, test } from 'vitest';
import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { aCase } from '#tests/builders/cases.ts';
import { CaseIndex } from './case-index.ts';

const plain = caseRow(aCase(1), 1);

function anIndex() {
  const rows = new Map<string, CaseRow>();
  let walks = 0;
  const index = new CaseIndex(
    () => {
      walks += 1;
      return rows.values();
    },
    (id) => rows.has(id),
  );
  const set = (id: string, lon: number) => {
    const row = { ...plain, id, lon, lat: 40 };
    rows.set(id, row);
    index.set(row);
  };
  const found = (west: number, east: number) =>
    index
      .within([west, 39, east, 41])
      .map(({ id }) => id)
      .sort();
  return { rows, index, set, found, walks: () => walks };
}

test('finds cases in a box; moved, new and removed ones without building again', () => {
  const { rows, set, found, walks } = anIndex();
  set('a', 1);
  set('b', 2);
  expect(found(0, 1.5)).toEqual(['a']);
  set('a', 9);
  set('c', 1);
  rows.delete('b');
  expect(found(0, 5)).toEqual(['c']);
  expect(found(8, 10)).toEqual(['a']);
  expect(walks()).toBe(1);
});

test('many changes build it again, once, when it is asked', () => {
  const { set, found, walks } = anIndex();
  expect(found(0, 10)).toEqual([]);
  for (let at = 0; at < 2_000; at += 1) set(String(at), 1 + at / 1_000);
  expect(found(0.9, 1.0015)).toEqual(['0', '1']);
  expect(found(0.9, 1.0015)).toEqual(['0', '1']);
  expect(walks()).toBe(2);
});
