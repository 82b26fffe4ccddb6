import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { lookInto } from './read-file.ts';
import { delimiterOf, readRows, type FileRow } from './read-rows.ts';

test.each([
  [',', 'a,b,c\n1;2\t3'],
  ['\t', 'a\tb\tc\n1,2,3,4'],
  [';', 'a;b;c\n1,2,3,4'],
  [';', '"a,b,c,d";b;c\n'],
  [',', 'one column\n'],
  ['\t', '"line\n,,,,break"\tb\n'],
  [';', '\r\n'.trim() + 'a;b'],
])('%j divides %j', (delimiter, head) => {
  expect(delimiterOf(head)).toBe(delimiter);
});

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('rows end with %s', async (_, end) => {
  expect(await rowsOf(['a,b', '1,2', '3,4'].join(end) + end)).toEqual([
    { number: 1, cells: ['a', 'b'] },
    { number: 2, cells: ['1', '2'] },
    { number: 3, cells: ['3', '4'] },
  ]);
});

test('quotes hold delimiters, line breaks and doubled quotes; the row number is the spreadsheet’s', async () => {
  const text = 'a,b\r\n1,"one\r\ntwo, ""three"""\r\n\r\n  \r\n2,last';
  expect(await rowsOf(text)).toEqual([
    { number: 1, cells: ['a', 'b'] },
    { number: 2, cells: ['1', 'one\r\ntwo, "three"'] },
    { number: 5, cells: ['2', 'last'] },
  ]);
});

test('ragged rows come as they are', async () => {
  expect((await rowsOf('a,b,c\n1\n1,2,3,4\n,,\n')).map(({ cells }) => cells.length)).toEqual([3, 1, 4, 3]);
});

test('a row that lies across pieces is one row, and none is lost or doubled', async () => {
  const text = `a,b\n${Array.from({ length: 60_000 }, (_, index) => `${index},"井盖\n${index}"`).join('\n')}\n`;
  const rows = await rowsOf(text);
  expect(rows).toHaveLength(60_001);
  expect(rows.every(({ number, cells }, index) => number === index + 1 && cells.length === 2)).toBe(true);
  expect(rows.at(-1)?.cells).toEqual(['59999', '井盖\n59999']);
});

test('a long line is a row like any other', async () => {
  const rows = await rowsOf(`a,b\n1,${'x'.repeat(2_000_000)}\n2,y\n`);
  expect(rows.map(({ cells }) => cells[1]?.length)).toEqual([1, 2_000_000, 1]);
});

test('a quote that is never closed ends the reading, with the row', async () => {
  const text = `a,b\n1,x\n2,"open\n${'3,y\n'.repeat(2_000_000)}`;
  await expect(rowsOf(text)).rejects.toThrow('row 3 does not end within 4 MiB');
});

test('stops where it is told to', async () => {
  const file = await fileOf(`a,b\n${'1,2\n'.repeat(1_000_000)}`);
  let pieces = 0;
  await readRows(await lookInto(file), ',', () => {
    pieces += 1;
    return Promise.resolve(pieces === 2 ? 'stop' : 'go on');
  });
  expect(pieces).toBe(2);
});

test('a fault of whoever takes the rows is not swallowed', async () => {
  const file = await lookInto(await fileOf('a,b\n1,2\n'));
  await expect(readRows(file, ',', () => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
});

test('the share read so far goes up to 1', async () => {
  const file = await lookInto(await fileOf(`a,b\n${'1,2\n'.repeat(300_000)}`));
  const shares: number[] = [];
  await readRows(file, ',', (_, share) => {
    shares.push(share);
    return Promise.resolve('go on');
  });
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

async function rowsOf(text: string): Promise<readonly FileRow[]> {
  const rows: FileRow[] = [];
  await readRows(await lookInto(await fileOf(text)), ',', (some) => {
    rows.push(...some);
    return Promise.resolve('go on');
  });
  return rows;
}

async function fileOf(text: string): Promise<string> {
  const path = join(await temporaryFolder(), 'cases.csv');
  await writeFile(path, text);
  return path;
}
