import { watch } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { pinoLog } from '#host/log/pino-log.ts';
import { createHost, type Host } from '#host/create-host.ts';
import { aReport, desk } from '#tests/builders/cases.ts';
import { ask } from '#tests/support/filled-folder.ts';
import { longJournal } from './long-journal.ts';
import { quantile } from './quantile.ts';

const ARCHIVED = 100_000;
const OPEN = 5_000;
/** Pause between two commands of the one desk that is watched. */
const EVERY_MS = 4;
/** Of a phase without a checkpoint, which the other is compared with. */
const QUIET_COMMANDS = 1_000;
/** The projection writes a checkpoint when so much is new: a quarter of what the last one held. */
const BEHIND_SHARE = 0.26;
const TOGETHER = 250;

/**
 * Commands of one desk while the host writes a checkpoint of its tables (100,000 ended cases, 5,000 open ones):
 * `longestMs`, `p99Ms` of those under way meanwhile; `quietLongestMs`, `quietP99Ms` of as many a moment before;
 * `heldMs` the longest that the host's own thread was held meanwhile; `checkpointMs` from the first file to the manifest, `commands` it met.
 */
export async function run(): Promise<Record<string, number>> {
  await mkdir(resolve('node_modules/.cache'), { recursive: true });
  const folder = await mkdtemp(join(resolve('node_modules/.cache'), 'checkpoint-'));
  try {
    const dataFolder = join(folder, 'data');
    await longJournal(dataFolder, { cases: ARCHIVED + OPEN, open: OPEN, days: 30 });
    const host = await openHost(dataFolder);
    await host.projection.drained();
    await host.close();
    const again = await openHost(dataFolder);
    try {
      await again.projection.drained();
      await archiveTakenIn(again);
      return await measured(again, join(dataFolder, 'projection'));
    } finally {
      await again.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(host: Host, projection: string): Promise<Record<string, number>> {
  const quiet: number[] = [];
  for (let serial = 0; serial < QUIET_COMMANDS; serial += 1) quiet.push(await timed(host, `quiet-${serial}`));

  const writing = { from: 0, to: 0 };
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const watcher = watch(projection, (_event, name) => {
    writing.from ||= performance.now();
    if (name?.startsWith('manifest') === true && !name.endsWith('.tmp')) writing.to ||= performance.now();
  });
  try {
    const wanted = Math.ceil(host.cases.sequence() * BEHIND_SHARE);
    for (let serial = 0; serial < wanted && writing.from === 0; serial += TOGETHER) {
      await Promise.all(Array.from({ length: TOGETHER }, (_, index) => submit(host, `many-${serial + index}`)));
    }
    loop.enable();
    const met: number[] = [];
    for (let serial = 0; writing.to === 0; serial += 1) {
      const before = performance.now();
      const took = await timed(host, `met-${serial}`);
      if (writing.from > 0 && before + took >= writing.from) met.push(took);
    }
    loop.disable();
    return {
      longestMs: Math.max(...met),
      heldMs: loop.max / 1e6,
      p99Ms: quantile(met, 0.99),
      quietLongestMs: Math.max(...quiet),
      quietP99Ms: quantile(quiet, 0.99),
      checkpointMs: writing.to - writing.from,
      commands: met.length,
    };
  } finally {
    watcher.close();
  }
}

/** Until the host has read what it needs of the archive, it has other work beside commands. */
async function archiveTakenIn(host: Host): Promise<void> {
  while (!(await ask(host, 'case.nearby', { lon: 116.65, lat: 40.13 })).isWhole) await setTimeout(100);
}

async function timed(host: Host, id: string): Promise<number> {
  await setTimeout(EVERY_MS);
  const start = performance.now();
  await submit(host, id);
  return performance.now() - start;
}

async function submit(host: Host, id: string): Promise<void> {
  const outcome = await host.commands.submit({ id, actor: desk, body: aReport({ lon: 116.65, lat: 40.13 }) });
  if (!outcome.ok) throw new Error(outcome.error.code);
}

function openHost(dataFolder: string): Promise<Host> {
  const root = resolve('.');
  return createHost(
    {
      resourcesFolder: join(root, 'resources'),
      rendererFolder: join(root, 'renderer'),
      projectionWorkerFile: join(root, 'out/main/projection-worker.js'),
      walkWorkerFile: join(root, 'out/main/walk-worker.js'),
      districtWorkerFile: join(root, 'out/main/district-worker.js'),
      baseMapWorkerFile: join(root, 'out/main/base-map-worker.js'),
      ...{ port: 0, district: null, districtMapping: null, importFile: null, importMapping: null },
      ...{ simulate: false, ratePerHour: null, speed: null, seed: 42, secretFile: null, segmentBytes: null },
      ...{ version: 'bench', dataFolder },
    },
    pinoLog('silent'),
  );
}
