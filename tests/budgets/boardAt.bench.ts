import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { plus } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { CaseMemory } from '#host/cases/case-memory.ts';
import { openHistory } from '#host/history/open-history.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { morning } from '#tests/builders/cases.ts';
import { archiveOf } from '#tests/support/archive-of.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { batchesOf } from './long-journal.ts';
import { quantile } from './quantile.ts';

const DAYS = 10;
const CASES_A_DAY = 3_000;
/** Cases that are open at any time. */
const OPEN = 6_000;
const MOMENTS = 60;
const DAY_MS = 86_400_000;

/**
 * Pictures of the past at random moments of ten days of 3,000 cases, 8 entries each, with 6,000 open at a time, each far
 * from the one before: `p50Ms`, `p95Ms`. `stepMs`: the median of going on by a minute, as a time machine does.
 * `snapshotMegabytes` on the disk for each day.
 */
export async function run(): Promise<Record<string, number>> {
  await mkdir(resolve('node_modules/.cache'), { recursive: true });
  const folder = await mkdtemp(join(resolve('node_modules/.cache'), 'board-'));
  const { journal } = await openJournal(folder);
  try {
    const cases = new CaseMemory(journal, archiveOf(journal));
    const snapshots = join(folder, 'snapshots');
    const live = openHistory({ folder: snapshots, journal, cases, log: pinoLog('silent') });
    for (const batch of batchesOf({ cases: DAYS * CASES_A_DAY, open: OPEN, days: DAYS })) {
      const { sequence } = journal.head();
      const written = await journal.append(batch, sequence);
      if (!written.ok) throw new Error(written.error);
      cases.publish(
        written.value.flatMap((entry) => cases.apply(entry).map((state) => ({ sequence: entry.sequence, state }))),
      );
    }
    await live.close();

    const history = openHistory({ folder: snapshots, journal, cases, log: pinoLog('silent') });
    const random = new Random(7);
    const times: number[] = [];
    const steps: number[] = [];
    let open = 0;
    for (let at = 0; at < MOMENTS; at += 1) {
      const time = plus(morning, -random.integer(0, DAYS * DAY_MS));
      const start = performance.now();
      open += (await history.pictureAt({ time })).open.length;
      times.push(performance.now() - start);
      const stepStart = performance.now();
      await history.pictureAt({ time: plus(time, 60_000) });
      steps.push(performance.now() - stepStart);
    }
    await history.close();
    const files = await readdir(snapshots);
    const sizes = await Promise.all(files.map(async (name) => (await stat(join(snapshots, name))).size));
    return {
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
      stepMs: quantile(steps, 0.5),
      entries: journal.head().sequence,
      openMean: open / MOMENTS,
      snapshots: files.length,
      snapshotMegabytes: sizes.reduce((sum, size) => sum + size, 0) / 1e6 / DAYS,
    };
  } finally {
    await journal.close();
    await rm(folder, { recursive: true });
  }
}
