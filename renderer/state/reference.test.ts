import { expect, test } from 'vitest';
import type { Client } from '#renderer/client/client.ts';
import { asChoice, ReferenceTables } from './reference.ts';

const table = {
  columns: ['code', 'zh', 'en', 'from', 'to'].map((id) => ({ id })),
  rows: [
    { row: 2, cells: ['S1', '督办方一', 'Party 1', '', ''] },
    { row: 3, cells: ['S2', '督办方二', 'Party 2', '', '2026-11-24'] },
    { row: 4, cells: ['S3', '督办方三', 'Party 3', '2026-11-25', ''] },
  ],
};

function tablesOn(day: string) {
  const asked: string[] = [];
  const call = (_: string, { name }: { readonly name: string }) => {
    asked.push(name);
    return Promise.resolve({ ok: true, value: table });
  };
  return { asked, tables: new ReferenceTables({ call } as unknown as Client, () => day) };
}

test('a table is read once; rows that are not in force on the day are left out', async () => {
  const { asked, tables } = tablesOn('2026-11-24');
  tables.rows('supervising-parties');
  await Promise.resolve();
  expect(tables.rows('supervising-parties').map((row) => asChoice(row, 'zh-CN'))).toEqual([
    { id: 'S1', name: '督办方一' },
  ]);
  expect(asked).toEqual(['supervising-parties']);
});

test('a list is the same object until it changes: whoever follows it is not told for nothing', async () => {
  const { tables } = tablesOn('2026-11-25');
  expect(tables.rows('limits')).toBe(tables.rows('limits'));
  await Promise.resolve();
  expect(tables.rows('limits')).toBe(tables.rows('limits'));
});
