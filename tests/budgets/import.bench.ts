import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createHost } from '#host/create-host.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { caseFile } from '#tests/builders/case-file.ts';
import buildWorker, { workerFile } from '#tests/support/build-worker.ts';

/** The checkout's own disk, since a temporary folder may lie in memory. */
const benchFolder = resolve('node_modules/.cache');
const ROWS = 100_000;
const ROUNDS = 3;

/** Around the default district: about a tenth of the points lies outside it. */
const bounds = [116.5, 40.0, 117.0, 40.3] as const;

/**
 * A file of 100,000 rows, four fifths of them closed, into the empty data folder of a whole host on the default district:
 * read, parsed, mapped, located, decided, journaled with a sync per batch, folded, and handed to the projection. The time
 * is from the call to the report, when every row is durable; the median of three hosts counts.
 */
export async function run(): Promise<Record<string, number>> {
  await buildWorker();
  await mkdir(benchFolder, { recursive: true });
  const folder = await mkdtemp(join(benchFolder, 'import-'));
  try {
    const path = join(folder, 'cases.csv');
    await writeFile(path, caseFile({ rows: ROWS, seed: 42, closedShare: 0.8, bounds }));
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rates.push(await importInto(join(folder, `data-${round}`), path));
    return { rows: ROWS, rowsPerSecond: rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Rows a second. */
async function importInto(dataFolder: string, path: string): Promise<number> {
  const host = await createHost(
    {
      dataFolder,
      resourcesFolder: resolve('resources'),
      rendererFolder: dataFolder,
      projectionWorkerFile: workerFile,
      port: 0,
      district: null,
      districtMapping: null,
      importFile: null,
      importMapping: null,
      simulate: false,
      ratePerHour: null,
      speed: null,
      seed: 42,
      version: 'bench',
    },
    pinoLog('error'),
  );
  try {
    const start = performance.now();
    const outcome = await host.imports.run({ path, dryRun: false });
    const seconds = (performance.now() - start) / 1_000;
    if (!outcome.ok) throw new Error(`the import was refused: ${outcome.error.code}`);
    const { accepted } = outcome.value;
    const recorded = host.journal.head().sequence;
    if (accepted !== ROWS || recorded !== ROWS) {
      throw new Error(`${accepted} of ${ROWS} rows were accepted, ${recorded} are recorded`);
    }
    return Math.round(ROWS / seconds);
  } finally {
    await host.close();
  }
}
