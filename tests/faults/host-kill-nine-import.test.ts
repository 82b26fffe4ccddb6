import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainCaseFile } from '#tests/builders/plain-case-file.ts';
import { killAgainAndAgain, killsTimeoutMs } from '#tests/support/kill-nine.ts';
import type { HostProcess } from '#tests/support/start-host.ts';
import { startImport } from '#tests/support/start-import.ts';

/** More than a host of this test has time for. */
const ROWS = 12_000;

/** An import records what it has read of the file together, by size: longer rows leave more moments for a kill. */
const longWords = '路边有垃圾'.repeat(40);

test(
  'kill -9 in the middle of an import: all that was acknowledged is there',
  { timeout: killsTimeoutMs },
  async () => {
    const traffic = { args: ['--no-simulate'], receipts: [1, 40], killsPerFolder: 5, beside: importing } as const;
    const { kills, acknowledged, beside } = await killAgainAndAgain(traffic);
    console.log(`import: ${kills} kills, ${acknowledged} receipts and ${beside} imported rows, none lost`);
  },
);

/** Begins an import; afterwards tells how many rows it had said to be accepted, each of them synced. */
async function importing(host: HostProcess, dataFolder: string, round: number): Promise<() => number> {
  const path = join(dataFolder, `import-${round}.csv`);
  await writeFile(path, plainCaseFile(ROWS, `round-${round}`, longWords));
  const { progress } = await startImport(host, path);
  return () => {
    expect(progress().state, 'the kill came in the middle of the import').toBe('running');
    return progress().accepted;
  };
}
