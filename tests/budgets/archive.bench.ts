import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import buildBundles from '#tests/support/build-bundles.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { longJournal } from './long-journal.ts';

/** What a district of a million people has in a year (live-and-storage.md §1.1). */
const CASES_A_YEAR = 1_100_000;

/** Cases in the archive of each folder; 2,000 more are open in each. */
const ARCHIVES = [10_000, 100_000];
const OPEN = 2_000;
/** 10 entries a case. */
const ENTRIES_A_CASE = 10;

const args = ['--no-simulate'];

export type ArchiveFigures = Readonly<Record<'open' | 'rebuild', Readonly<Record<string, number>>>>;

let made: Promise<ArchiveFigures> | null = null;

/** Both figures come from the same folders: they are made once. `years`: one more archive, of so many years. */
export function archiveFigures(years: number): Promise<ArchiveFigures> {
  made ??= run(years === 0 ? ARCHIVES : [...ARCHIVES, years * CASES_A_YEAR]);
  return made;
}

async function run(archives: readonly number[]): Promise<ArchiveFigures> {
  buildBundles();
  await mkdir(resolve('node_modules/.cache'), { recursive: true });
  const folder = await mkdtemp(join(resolve('node_modules/.cache'), 'archive-'));
  try {
    const open: Record<string, number> = {};
    const rebuild: Record<string, number> = {};
    for (const archived of archives) {
      const dataFolder = join(folder, String(archived));
      const days = Math.max(1, Math.round((archived / CASES_A_YEAR) * 365));
      await longJournal(dataFolder, { cases: archived + OPEN, open: OPEN, days });
      const first = await started(dataFolder);
      const entries = archived * ENTRIES_A_CASE;
      rebuild[`foldMsAt${archived}`] = first.usableMs;
      rebuild[`everythingPerSecondAt${archived}`] = entries / (first.readyMs / 1_000);
      rebuild[`peakMegabytesAt${archived}`] = await memoryOf(first.host, 'VmHWM');
      await first.host.stop();
      const second = await started(dataFolder);
      open[`hostMsAt${archived}`] = second.usableMs;
      open[`archiveMsAt${archived}`] = second.readyMs;
      open[`megabytesAt${archived}`] = await memoryOf(second.host, 'VmRSS');
      await second.host.stop();
      open[`diskMegabytesAt${archived}`] = (await bytesIn(dataFolder)) / 1e6;
      await rm(join(dataFolder, 'projection'), { recursive: true });
      const third = await started(dataFolder);
      rebuild[`eventsPerSecondAt${archived}`] = entries / ((third.readyMs - third.usableMs) / 1_000);
      await third.host.stop();
      await rm(dataFolder, { recursive: true });
    }
    const [least = 0, most = 0] = [archives[0], archives.at(-1)];
    const grown = (open[`hostMsAt${most}`] ?? NaN) - (open[`hostMsAt${least}`] ?? NaN);
    return { open: { ...open, slopeMs: (grown / (most - least)) * 100_000 }, rebuild };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** `usableMs` until the first line: open cases can be worked on. `readyMs` until the archive can be searched. */
async function started(dataFolder: string) {
  const start = performance.now();
  const host = await startHost({ dataFolder, args });
  const usableMs = performance.now() - start;
  for (;;) {
    const health = await host.call('health.get', {});
    if (health.ok && health.value.projection.state === 'ready') break;
    await setTimeout(20);
  }
  return { host, usableMs, readyMs: performance.now() - start };
}

/** Linux alone tells it; elsewhere there is no figure. */
async function memoryOf(host: HostProcess, what: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${host.firstLine.pid}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN) / 1_000;
}

async function bytesIn(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    found.filter((entry) => entry.isFile()).map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
