import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changedCount,
  draftOf,
  insertRow,
  missingCount,
  nextKey,
  rebased,
  redo,
  removeNewRow,
  replaceRows,
  setCell,
  undo,
  type TableDraft,
} from './table-draft.ts';

const nameOf = ([name = '']: readonly string[]) => name;
const cellsOf = ({ rows }: TableDraft) => rows.map(({ cells }) => cells.join(' '));
const start = () =>
  draftOf('v1', [
    ['a', '1'],
    ['b', '2'],
  ]);

test('cells change, one step each; the same value is no step', () => {
  const draft = setCell(setCell(start(), 1, 1, '5'), 1, 1, '5');
  expect([cellsOf(draft), draft.past.length, changedCount(draft)]).toEqual([['a 1', 'b 5'], 1, 1]);
  expect(changedCount(setCell(draft, 1, 1, '2'))).toBe(0);
});

test('a new row stands below another and can be taken out; a row of the version cannot', () => {
  const draft = insertRow(start(), 0, ['c', '3']);
  expect(cellsOf(draft)).toEqual(['a 1', 'c 3', 'b 2']);
  expect(cellsOf(removeNewRow(draft, 2))).toEqual(['a 1', 'b 2']);
  expect(removeNewRow(draft, 0)).toBe(draft);
});

test('a file in place of the rows is one step; what it leaves out is told', () => {
  const draft = replaceRows(
    start(),
    [
      ['b', '9'],
      ['d', '4'],
    ],
    nameOf,
  );
  expect([cellsOf(draft), changedCount(draft), missingCount(draft)]).toEqual([['b 9', 'd 4'], 2, 1]);
  expect(cellsOf(undo(draft))).toEqual(['a 1', 'b 2']);
});

test('changes go over to a newer version: changed cells alone, new rows at the end', () => {
  const ours = insertRow(setCell(start(), 0, 1, '7'), null, ['c', '3']);
  const draft = rebased(
    ours,
    'v2',
    [
      ['a', '1'],
      ['b', '8'],
      ['n', '0'],
    ],
    nameOf,
  );
  expect([draft.version, cellsOf(draft), changedCount(draft)]).toEqual(['v2', ['a 7', 'b 8', 'n 0', 'c 3'], 2]);
});

test('a changed row that the newer version does not have is kept as a new one', () => {
  const draft = rebased(setCell(start(), 1, 1, '6'), 'v2', [['a', '1']], nameOf);
  expect(cellsOf(draft)).toEqual(['a 1', 'b 6']);
});

test('after any edits, undoing them all gives the version back, and redoing them all the edits', () => {
  const edit = fc.oneof(
    fc.record({
      kind: fc.constant('cell' as const),
      key: fc.nat(6),
      column: fc.nat(1),
      value: fc.constantFrom('x', 'y', ''),
    }),
    fc.record({ kind: fc.constant('insert' as const), key: fc.nat(6) }),
    fc.record({ kind: fc.constant('remove' as const), key: fc.nat(6) }),
    fc.record({ kind: fc.constant('undo' as const) }),
  );
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
      let draft = start();
      for (const one of edits) {
        if (one.kind === 'cell') draft = setCell(draft, one.key, one.column, one.value);
        else if (one.kind === 'insert') draft = insertRow(draft, one.key, ['n', String(nextKey(draft))]);
        else if (one.kind === 'remove') draft = removeNewRow(draft, one.key);
        else draft = undo(draft);
      }
      expect(new Set(draft.rows.map(({ key }) => key)).size).toBe(draft.rows.length);
      const edited = cellsOf(draft);
      let back = draft;
      for (let step = 0; step < 40; step += 1) back = undo(back);
      expect(cellsOf(back)).toEqual(['a 1', 'b 2']);
      for (let step = 0; step < draft.past.length; step += 1) back = redo(back);
      expect(cellsOf(back)).toEqual(edited);
    }),
    { seed: 42, numRuns: 200 },
  );
});
