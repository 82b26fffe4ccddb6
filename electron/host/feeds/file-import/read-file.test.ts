import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { FileUnreadable, lookInto, textOf } from './read-file.ts';

const words = '编号,描述\r\n1,井盖破损，路面积水🕳️\r\n';

test.each([
  ['UTF-8', Buffer.from(words), 'utf-8'],
  ['UTF-8 with its mark', Buffer.from(`\uFEFF${words}`), 'utf-8'],
  ['UTF-16 little end first, with its mark', iconv.encode(words, 'utf-16le', { addBOM: true }), 'utf-16le'],
  ['UTF-16 big end first, with its mark', iconv.encode(words, 'utf-16be', { addBOM: true }), 'utf-16be'],
  ['UTF-16 little end first, without', iconv.encode(words, 'utf-16le', { addBOM: false }), 'utf-16le'],
  ['UTF-16 big end first, without', iconv.encode(words, 'utf-16be', { addBOM: false }), 'utf-16be'],
  ['GB18030, four-byte characters included', iconv.encode(words, 'gb18030'), 'gb18030'],
])('%s', async (_, bytes, encoding) => {
  const file = await lookInto(await fileOf(bytes));
  expect(file.encoding).toBe(encoding);
  expect(await wholeText(file)).toBe(words);
});

test('GBK is read as the part of GB18030 it is', async () => {
  const text = '编号,描述\n1,井盖破损\n';
  const file = await lookInto(await fileOf(iconv.encode(text, 'gbk')));
  expect({ encoding: file.encoding, text: await wholeText(file) }).toEqual({ encoding: 'gb18030', text });
});

test.each(['utf-8', 'gb18030', 'utf-16le'])(
  'characters of %s that lie across two pieces stay whole',
  async (encoding) => {
    const text = `a${'网格指挥台，'.repeat(100_000)}`;
    const file = await lookInto(await fileOf(iconv.encode(text, encoding, { addBOM: encoding === 'utf-16le' })));
    expect((await wholeText(file)) === text).toBe(true);
  },
);

test('one wrong byte far behind makes the whole file GB18030', async () => {
  const bytes = Buffer.concat([Buffer.from('a,b\n'.repeat(100_000)), Buffer.from([0xff, 0x0a])]);
  expect((await lookInto(await fileOf(bytes))).encoding).toBe('gb18030');
});

test.each([
  ['an empty file', Buffer.alloc(0), 'empty'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0, 0, 7]), 'not text'],
])('%s is refused', async (_, bytes, reason) => {
  await expect(lookInto(await fileOf(bytes))).rejects.toThrow(reason);
});

test('no file, and a folder, are refused with the reason', async () => {
  const folder = await temporaryFolder();
  await expect(lookInto(join(folder, 'missing.csv'))).rejects.toThrow(FileUnreadable);
  await expect(lookInto(join(folder, 'missing.csv'))).rejects.toThrow('ENOENT');
  await expect(lookInto(folder)).rejects.toThrow(FileUnreadable);
});

test('tells how many bytes it has read', async () => {
  const path = await fileOf(Buffer.from('网'.repeat(300_000)));
  const told: number[] = [];
  for await (const _ of textOf(await lookInto(path), (read) => told.push(read)));
  expect(told.at(-1)).toBe(900_000);
  expect(told.length).toBeGreaterThan(1);
});

async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'cases.csv');
  await writeFile(path, bytes);
  return path;
}

async function wholeText(file: Parameters<typeof textOf>[0]): Promise<string> {
  let text = '';
  for await (const piece of textOf(file, () => {})) text += String(piece);
  return text;
}
