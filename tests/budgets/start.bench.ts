import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { caseFile } from '#tests/builders/case-file.ts';
import buildBundles from '#tests/support/build-bundles.ts';
import { startHost } from '#tests/support/start-host.ts';
import { deskPage, launchBrowser, openDesk } from './bench-browser.ts';

const ROWS = 20_000;
const ROUNDS = 3;

/** Inside the default district. */
const bounds = [116.55, 40.05, 116.85, 40.25] as const;

/**
 * Starts of a host on a folder with 20,000 cases, half of them open, that was stopped cleanly: `hostMs` until its first
 * line, `deskMs` until the desk in a Chromium that already runs says it can be used. The median of three starts.
 */
export async function run(): Promise<Record<string, number>> {
  buildBundles();
  const browser = await launchBrowser();
  const folder = await mkdtemp(join(resolve('node_modules/.cache'), 'start-'));
  try {
    const file = join(folder, 'cases.csv');
    const dataFolder = join(folder, 'data');
    await writeFile(file, caseFile({ rows: ROWS, seed: 7, closedShare: 0.5, bounds }));
    const filled = await startHost({ dataFolder, args: ['--no-simulate', '--import', file] });
    await filled.stop();

    const hostMs: number[] = [];
    const deskMs: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const page = await deskPage(browser);
      const start = performance.now();
      const host = await startHost({ dataFolder, args: ['--no-simulate'] });
      hostMs.push(performance.now() - start);
      await openDesk(page, host.firstLine.url);
      deskMs.push(performance.now() - start);
      await page.close();
      await host.stop();
    }
    return { hostMs: median(hostMs), deskMs: median(deskMs) };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
