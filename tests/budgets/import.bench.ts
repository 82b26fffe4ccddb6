import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { caseFile } from '#tests/builders/case-file.ts';
import buildBundles from '#tests/support/build-bundles.ts';
import { startHost } from '#tests/support/start-host.ts';

const ROWS = 100_000;
const ROUNDS = 3;

/** Around the default district: about a tenth of the points lies outside it. */
const bounds = [116.5, 40.0, 117.0, 40.3] as const;

/**
 * A file of 100,000 rows, four fifths of them closed, into the empty data folder of a real host on the default district:
 * read, parsed, mapped, located, decided, journaled with a sync per batch, folded, and handed to the projection. The time
 * is from the call over the wire to the report, when every row is durable; the median of three hosts counts.
 */
export async function run(): Promise<Record<string, number>> {
  buildBundles();
  // The checkout's own disk, since a temporary folder may lie in memory.
  const folder = await mkdtemp(join(resolve('node_modules/.cache'), 'import-'));
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
  const host = await startHost({ dataFolder, args: ['--no-simulate'] });
  try {
    const start = performance.now();
    const outcome = await host.call('import.run', { path });
    const seconds = (performance.now() - start) / 1_000;
    if (!outcome.ok) throw new Error(`the import was refused: ${outcome.error.code}`);
    const health = await host.call('health.get', {});
    const recorded = health.ok ? health.value.journal.sequence : 0;
    const { accepted } = outcome.value;
    if (accepted !== ROWS || recorded !== ROWS) {
      throw new Error(`${accepted} of ${ROWS} rows were accepted, ${recorded} are recorded`);
    }
    return Math.round(ROWS / seconds);
  } finally {
    await host.stop();
  }
}
