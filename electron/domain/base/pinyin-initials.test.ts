import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pinyinInitials } from './pinyin-initials.ts';

test.each([
  ['天竺镇', 'tzz'],
  ['后沙峪镇', 'hsyz'],
  ['牛栏山镇', 'nlsz'],
  ['龙湾屯镇', 'lwtz'],
  ['大孙各庄镇', 'dsgzz'],
  ['北石槽镇', 'bscz'],
  ['赵全营镇', 'zqyz'],
  ['高丽营镇', 'glyz'],
  ['光明街道', 'gmjd'],
  ['旺泉街道', 'wqjd'],
  ['双丰街道', 'sfjd'],
  ['仁和镇', 'rhz'],
  ['李家桥村', 'ljqc'],
  ['A31号·网格', 'a31hwg'],
  // The last of one letter and the first of the next are near each other.
  ['其他', 'qt'],
  ['日常容如软瑞润若', 'rcrrrrrr'],
  ['仨三', 'ss'],
  ['喔妈', 'om'],
  ['', ''],
])('%s: %s', (name, initials) => {
  expect(pinyinInitials(name)).toBe(initials);
});

test('each character of each name of the district has an initial', () => {
  const file = join(import.meta.dirname, '../../../resources/grid/shunyi-grid.topo.json');
  const text = readFileSync(file, 'utf8');
  const names = [...text.matchAll(/"name":"([^"]+)"/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(600);
  for (const name of names) {
    const letters = Array.from(name).filter((one) => /[\p{Script=Han}a-z0-9]/iu.test(one));
    expect([name, pinyinInitials(name).length]).toEqual([name, letters.length]);
  }
});
