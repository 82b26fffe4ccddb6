import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { plus } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { CaseMemory } from '#host/cases/case-memory.ts';
import { caseRow } from '#contract/case-row.ts';
import { packCases, unpackCases } from '#contract/packed-cases.ts';
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
 * `snapshotMegabytes` on the disk for each day. For the time machine: `packMs` a whole picture made ready for the wire and
 * `unpackMs` taken from it, `pictureMegabytes` of it; `hindsightFirstMs` the first picture as known now, of the earliest
 * moment, and `hindsightStepMs` going on from it by a minute; `rangeMs` the scrubber of all days in 160 bars.
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
    const picture = await history.pictureAt({ time: plus(morning, -DAY_MS) });
    const packStart = performance.now();
    const text = JSON.stringify(packCases(picture.open.map((past) => caseRow(past.state, past.sequence))));
    const packMs = performance.now() - packStart;
    const unpackStart = performance.now();
    unpackCases(JSON.parse(text));
    const unpackMs = performance.now() - unpackStart;
    const early = plus(morning, -(DAYS - 1) * DAY_MS);
    const hindsightStart = performance.now();
    await history.hindsightAt({ time: early });
    const hindsightFirstMs = performance.now() - hindsightStart;
    const hindsightSteps: number[] = [];
    for (let minute = 1; minute <= 20; minute += 1) {
      const start = performance.now();
      await history.hindsightAt({ time: plus(early, minute * 60_000) });
      hindsightSteps.push(performance.now() - start);
    }
    const rangeStart = performance.now();
    const bars = Array.from({ length: 161 }, (_, at) => plus(morning, -((160 - at) / 160) * DAYS * DAY_MS));
    await history.sequencesBefore(bars, Math.floor(journal.head().sequence / 160 / 25));
    const rangeMs = performance.now() - rangeStart;
    await history.close();
    const files = await readdir(snapshots);
    const sizes = await Promise.all(files.map(async (name) => (await stat(join(snapshots, name))).size));
    return {
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
      stepMs: quantile(steps, 0.5),
      ...{ packMs, unpackMs, pictureMegabytes: Buffer.byteLength(text) / 1e6 },
      ...{ hindsightFirstMs, hindsightStepMs: quantile(hindsightSteps, 0.5), rangeMs },
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
