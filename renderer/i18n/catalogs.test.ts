import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

type Node = string | { readonly [key: string]: Node } | readonly [string, string];

function leaves(node: Node, path = ''): readonly (readonly [key: string, text: string])[] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node).flatMap(([key, child]) => leaves(child as Node, path === '' ? key : `${path}.${key}`));
}

const source = new Map(leaves(zhCn));
const english = new Map(leaves(en));

test('both catalogs fill in the same facts', () => {
  const facts = (text = '') => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
  for (const [key, text] of source) expect([key, facts(english.get(key))]).toEqual([key, facts(text)]);
});

test('no word is empty, and English holds no 汉字 but for the switch of languages', () => {
  for (const [key, text] of [...source, ...english]) expect(text.trim(), key).not.toBe('');
  for (const [key, text] of english) {
    if (!key.startsWith('app.language')) expect(text, key).not.toMatch(/\p{Script=Han}/u);
  }
});

test('every word is used somewhere: by its key, or by a key made of its beginning', () => {
  const folder = join(import.meta.dirname, '..');
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/i18n\/(en|zh-cn)(\.ts|\/)|\.test\.tsx?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const beginnings = [...code.matchAll(/[`']([A-Za-z_.]+\.)\w*\$\{/g)].map(([, beginning = '']) => beginning);
  const unused = [...source.keys()].filter(
    (key) => !code.includes(`'${key}'`) && !beginnings.some((beginning) => key.startsWith(beginning)),
  );
  expect(unused).toEqual([]);
});
