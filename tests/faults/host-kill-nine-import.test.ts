import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ImportProgress } from '#contract/imports.ts';
import type { HostProcess } from '#tests/support/start-host.ts';
import { killAgainAndAgain, killsTimeoutMs } from '#tests/support/kill-nine.ts';

/** More than a host of this test has time for. */
const ROWS = 20_000;

test(
  'kill -9 in the middle of an import: all that was acknowledged is there',
  { timeout: killsTimeoutMs },
  async () => {
    const traffic = { args: ['--no-simulate'], receipts: [1, 40], beside: importing } as const;
    const { kills, acknowledged, beside } = await killAgainAndAgain(traffic);
    console.log(`import: ${kills} kills, ${acknowledged} receipts and ${beside} imported rows, none lost`);
  },
);

/** Begins an import; afterwards tells how many rows it had said to be accepted, each of them synced. */
async function importing(host: HostProcess, dataFolder: string, round: number): Promise<() => number> {
  const path = join(dataFolder, `import-${round}.csv`);
  await writeFile(path, fileOf(round));
  const client = await host.connect();
  let last: ImportProgress | undefined;
  const hasBegun = new Promise<void>((resolve) => {
    const apply = (items: readonly ImportProgress[]) => {
      last = items.at(-1) ?? last;
      if (last !== undefined && last.accepted > 0) resolve();
    };
    client.watch('imports.watch', {}, { reset: () => {}, apply, failed: () => {} });
  });
  void client.call('import.run', { path });
  await hasBegun;
  return () => {
    expect(last?.state, 'the kill came in the middle of the import').toBe('running');
    return last?.accepted ?? 0;
  };
}

function fileOf(round: number): string {
  const rows = Array.from(
    { length: ROWS },
    (_, row) => `${round}-${row},2026-11-23 08:00:00,暴露垃圾,路边有垃圾,116.65,40.13`,
  );
  return ['id,createdAt,category,description,lon,lat', ...rows, ''].join('\n');
}
