import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser } from '@playwright/test';
import { caseFile } from '#tests/builders/case-file.ts';
import buildBundles from '#tests/support/build-bundles.ts';
import { startHost } from '#tests/support/start-host.ts';
import { deskPage, launchBrowser, openDesk } from './bench-browser.ts';

const ROWS = 20_000;
const ROUNDS = 3;

/** Inside the default district. */
const bounds = [116.55, 40.05, 116.85, 40.25] as const;

/**
 * Starts, the median of three each. `hostMs`, `deskMs`: the first start of all, on the default district with its simulated
 * city, until the host's first line and until the desk, in a Chromium that already runs, says that it can be used.
 * `filledHostMs`, `filledDeskMs`: the same on a folder with 20,000 cases, half of them open, that was stopped cleanly.
 */
export async function run(): Promise<Record<string, number>> {
  buildBundles();
  const browser = await launchBrowser();
  const folder = await mkdtemp(join(resolve('node_modules/.cache'), 'start-'));
  try {
    const file = join(folder, 'cases.csv');
    const filledFolder = join(folder, 'filled');
    await writeFile(file, caseFile({ rows: ROWS, seed: 7, closedShare: 0.5, bounds }));
    const filled = await startHost({ dataFolder: filledFolder, args: ['--no-simulate', '--import', file] });
    await filled.stop();

    const first: Start[] = [];
    const later: Start[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      first.push(await startOnce(browser, join(folder, `first-${round}`), []));
      later.push(await startOnce(browser, filledFolder, ['--no-simulate']));
    }
    return {
      hostMs: median(first.map(({ hostMs }) => hostMs)),
      deskMs: median(first.map(({ deskMs }) => deskMs)),
      filledHostMs: median(later.map(({ hostMs }) => hostMs)),
      filledDeskMs: median(later.map(({ deskMs }) => deskMs)),
    };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

interface Start {
  readonly hostMs: number;
  readonly deskMs: number;
}

async function startOnce(browser: Browser, dataFolder: string, args: readonly string[]): Promise<Start> {
  const page = await deskPage(browser);
  const start = performance.now();
  const host = await startHost({ dataFolder, args });
  const hostMs = performance.now() - start;
  await openDesk(page, host.firstLine.url);
  const deskMs = performance.now() - start;
  await page.close();
  await host.stop();
  return { hostMs, deskMs };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
