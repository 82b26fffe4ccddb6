import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { DAY_MS } from '#domain/base/instant.ts';
import { backTest } from '#domain/foresight/baseline.ts';
import { sf311 } from '#tests/builders/sf311.ts';

const FIRST = Date.UTC(2008, 6, 1) / DAY_MS;
const UNTIL = Date.UTC(2016, 0, 1) / DAY_MS;
const COMMON = 5;
const WEEKS = 260;

test.skipIf(sf311.isAbsent)(
  'on San Francisco 2008 to 2015 the baseline is nearer than the week of the year before',
  async () => {
    const { data } = Papa.parse<Readonly<Record<string, string>>>(await readFile(sf311.csv, 'utf8'), { header: true });
    const counts = new Map<string, number[]>();
    for (const { Opened = '', Category = '' } of data) {
      const day = Math.floor(Date.parse(`${Opened.replace(' ', 'T')}Z`) / DAY_MS);
      if (!(day >= FIRST && day < UNTIL)) continue;
      for (const name of ['all', Category]) {
        const own = counts.get(name) ?? Array.from({ length: UNTIL - FIRST }, () => 0);
        own[day - FIRST] = (own[day - FIRST] ?? 0) + 1;
        counts.set(name, own);
      }
    }
    const sum = (of: readonly number[]) => of.reduce((total, count) => total + count, 0);
    const common = [...counts].sort((a, b) => sum(b[1]) - sum(a[1])).slice(0, COMMON + 1);
    let [error, naive] = [0, 0];
    for (const [name, own] of common) {
      const test = backTest({ firstDay: FIRST, counts: own }, UNTIL, WEEKS);
      error += test?.error ?? 0;
      naive += test?.naiveError ?? 0;
      process.stdout.write(
        `${name}: ${test?.weeks} weeks of ${test?.mean.toFixed(2)}, mean error ${test?.error.toFixed(2)}, ` +
          `seasonal-naive ${test?.naiveError.toFixed(2)}\n`,
      );
      expect(test?.weeks).toBe(WEEKS);
    }
    process.stdout.write(`ratio to seasonal-naive over all of them: ${(error / naive).toFixed(3)}\n`);
    expect(common).toHaveLength(COMMON + 1);
    expect(error / naive).toBeLessThan(0.85);
  },
);
