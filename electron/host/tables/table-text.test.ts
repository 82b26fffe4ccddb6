import { expect, test } from 'vitest';
import { cellsOfFile, cellsOfText, textOfCells } from './table-text.ts';

function rowsOf(text: string) {
  const read = cellsOfText('calendar', text);
  return read.ok ? [read.cells.head, ...read.cells.rows.map(({ number, cells }) => [number, ...cells])] : read.problem;
}

test('a byte order mark, CRLF, quoted commas, quotes and line breaks are read; blank rows are counted', () => {
  expect(
    rowsOf('\uFEFFdate,name\r\n2026-10-01,"国庆节, 第一天"\r\n,\r\n\r\n2026-10-02,"他说""放假""\n两天"\r\n'),
  ).toEqual([
    ['date', 'name'],
    [2, '2026-10-01', '国庆节, 第一天'],
    [5, '2026-10-02', '他说"放假"\n两天'],
  ]);
});

test('a file that is not UTF-8, empty, binary or has lost a quote is no table', () => {
  const gbk = Uint8Array.from([0xb9, 0xfa, 0xc7, 0xec]);
  expect(cellsOfFile('calendar', gbk)).toMatchObject({ problem: { row: 1, detail: { reason: 'not UTF-8' } } });
  expect(rowsOf('')).toMatchObject({ code: 'unreadable', detail: { reason: 'empty' } });
  expect(rowsOf('\uFEFF \r\n')).toMatchObject({ detail: { reason: 'empty' } });
  expect(rowsOf('date\0')).toMatchObject({ detail: { reason: 'not text: it contains zero bytes' } });
  expect(rowsOf('date,name\n2026-10-01,"国庆节\n2026-10-02,x\n')).toMatchObject({
    row: 2,
    detail: { reason: 'a quote is missing' },
  });
  expect(cellsOfFile('calendar', new Uint8Array(9 * 1024 * 1024))).toMatchObject({ ok: false });
  expect(rowsOf(`date\n${'2026-10-01\n'.repeat(20_001)}`)).toMatchObject({
    detail: { reason: 'more than 20000 rows' },
  });
});

test('what is written is read back the same, numbered without gaps', () => {
  const cells = { head: ['a', 'b'], rows: [{ number: 7, cells: ['x,y', '"quoted"\nand more'] }] };
  expect(cellsOfText('calendar', textOfCells(cells))).toEqual({
    ok: true,
    cells: { head: ['a', 'b'], rows: [{ number: 2, cells: ['x,y', '"quoted"\nand more'] }] },
  });
});
