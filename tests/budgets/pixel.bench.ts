import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { Random } from '#domain/base/random.ts';
import type { Drawn } from '#renderer/state/drawn-trace.ts';
import { caseFile } from '#tests/builders/case-file.ts';
import buildBundles from '#tests/support/build-bundles.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { deskPage, launchBrowser, openDesk } from './bench-browser.ts';

const POINTS = 50_000;
const REPORTS_PER_SECOND = 50;
const WARM_UP_REPORTS = 100;
const REPORTS = 1_000;

/** Inside the default district. */
const bounds = [116.55, 40.05, 116.85, 40.25] as const;

interface Accepted {
  readonly sequence: number;
  /** Epoch milliseconds, when the receipt came. */
  readonly at: number;
}

/**
 * From accepted to drawn: a host with 50,000 open cases on the map of a desk in headless Chromium, and 50 reports a second
 * from another client. `p50Ms`, `p95Ms` over `reports`: from a report's receipt to the first frame that shows its batch.
 * Both clocks are this machine's. The first 100 reports warm up and do not count.
 */
export async function run(): Promise<Record<string, number>> {
  buildBundles();
  const browser = await launchBrowser();
  const folder = await mkdtemp(join(resolve('node_modules/.cache'), 'pixel-'));
  try {
    const file = join(folder, 'cases.csv');
    await writeFile(file, caseFile({ rows: POINTS, seed: 11, closedShare: 0, bounds }));
    const host = await startHost({ dataFolder: join(folder, 'data'), args: ['--no-simulate', '--import', file] });
    try {
      const page = await deskPage(browser);
      await openDesk(page, host.firstLine.url, '?trace=drawn');
      const accepted = await reportSteadily(host);
      const waits = await waitsOf(page, accepted);
      return { p50Ms: share(waits, 0.5), p95Ms: share(waits, 0.95), reports: waits.length, points: POINTS };
    } finally {
      await host.stop();
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

/** Sends each report at its own moment, whatever the answers take. */
async function reportSteadily(host: HostProcess): Promise<readonly Accepted[]> {
  const random = new Random(5);
  const [west, south, east, north] = bounds;
  const answers: Promise<Accepted>[] = [];
  const start = now();
  for (let serial = 0; serial < WARM_UP_REPORTS + REPORTS; serial += 1) {
    const waitMs = start + (serial * 1_000) / REPORTS_PER_SECOND - now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    answers.push(report(host, west + random.next() * (east - west), south + random.next() * (north - south)));
  }
  return (await Promise.all(answers)).slice(WARM_UP_REPORTS);
}

async function report(host: HostProcess, lon: number, lat: number): Promise<Accepted> {
  const answer = await host.call('case.report', {
    classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '01010', name: '暴露垃圾' },
    description: '垃圾未清',
    ...{ lon, lat },
  });
  if (!answer.ok) throw new Error(`a report was refused: ${answer.error.code}`);
  return { sequence: answer.value.sequence, at: now() };
}

/** For each report, milliseconds until the page presented the first frame that shows it. */
async function waitsOf(page: Page, accepted: readonly Accepted[]): Promise<readonly number[]> {
  const last = Math.max(...accepted.map(({ sequence }) => sequence));
  await page.waitForFunction((wanted) => (window.gridCommandDrawn?.at(-1)?.sequence ?? 0) >= wanted, last, {
    timeout: 60_000,
  });
  const drawn: readonly Drawn[] = (await page.evaluate(() => window.gridCommandDrawn)) ?? [];
  return accepted.map(({ sequence, at }) => {
    const shown = drawn.find((batch) => batch.sequence >= sequence);
    if (shown === undefined) throw new Error(`report ${sequence} was never drawn`);
    return shown.at - at;
  });
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

function share(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? NaN;
}
