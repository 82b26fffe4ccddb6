import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import buildBundles from '#tests/support/build-bundles.ts';
import { startHost } from '#tests/support/start-host.ts';
import { longJournal } from './long-journal.ts';

/** Cases in the archive of each folder; 2,000 more are open in each. */
const ARCHIVES = [10_000, 50_000, 100_000];
const OPEN = 2_000;

/**
 * Starts of a host that was stopped cleanly, by the size of its archive: `hostMsAt10000` … until its first line (open cases
 * can be worked on), `megabytesAt10000` … resident memory after it. `slopeMs`: what 100,000 more archived cases cost.
 */
export async function run(): Promise<Record<string, number>> {
  buildBundles();
  await mkdir(resolve('node_modules/.cache'), { recursive: true });
  const folder = await mkdtemp(join(resolve('node_modules/.cache'), 'open-'));
  try {
    const figures: Record<string, number> = {};
    for (const archived of ARCHIVES) {
      const dataFolder = join(folder, String(archived));
      await longJournal(dataFolder, { cases: archived + OPEN, open: OPEN });
      const args = ['--no-simulate'];
      // The first start makes what a clean stop leaves.
      await (await startHost({ dataFolder, args })).stop();
      const start = performance.now();
      const host = await startHost({ dataFolder, args });
      figures[`hostMsAt${archived}`] = performance.now() - start;
      figures[`megabytesAt${archived}`] = await residentMegabytes(host.firstLine.pid);
      await host.stop();
    }
    const [least = 0, most = 0] = [ARCHIVES[0], ARCHIVES.at(-1)];
    const grown = (figures[`hostMsAt${most}`] ?? NaN) - (figures[`hostMsAt${least}`] ?? NaN);
    return { ...figures, slopeMs: (grown / (most - least)) * 100_000 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Linux alone tells it; elsewhere there is no figure. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) / 1_000;
}
