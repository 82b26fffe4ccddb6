import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { districtFile } from '#tests/builders/district-file.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { CommandHistory, noFaults } from './command-history.ts';
import { openJournal } from './open-journal.ts';
import { readAll } from './read-all.ts';
import { reportTogether, type Receipt } from './reporting-clients.ts';
import { addToSoak, emptyTally, type SoakTally } from './soak-tally.ts';
import { runVerify, startHost, type HostProcess } from './start-host.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Traffic {
  readonly args: readonly string[];
  /** A kill comes after so many receipts, drawn between the two. */
  readonly receipts: readonly [number, number];
  /** Kills before a new data folder is taken, so that starts do not grow with the number of kills. */
  readonly killsPerFolder: number;
  /** What goes on while clients report: begins it, and tells after the kill how much of it was acknowledged. */
  readonly beside: (host: HostProcess, dataFolder: string, round: number) => Promise<() => number>;
  /** Looks at a data folder when its last host has stopped. */
  readonly afterwards?: (dataFolder: string, receipts: readonly Receipt[]) => Promise<void>;
}

export interface Killed {
  readonly kills: number;
  /** Receipts that clients got over the wire. */
  readonly acknowledged: number;
  /** What `beside` told, in all. */
  readonly beside: number;
}

/** With a number of kills of one's own, each start is also verified from outside, while the host runs. */
const isSoak = process.env['KILLS'] !== undefined;

/** A third of the kills asked for, 100 or `KILLS`. Import, simulator and backups have one third each. */
const killsOfOneKind = Math.ceil(Number(process.env['KILLS'] ?? 100) / 3);

/** A start and its checks take about two seconds on two cores that nobody else uses, and a multiple beside others. */
export const killsTimeoutMs = 120_000 + killsOfOneKind * 30_000;

/** FT2 (live-and-storage.md §1.5) through the real wire: what any client got a receipt for is there after kill -9. */
export async function killAgainAndAgain(traffic: Traffic): Promise<Killed> {
  let sum: Killed = { kills: 0, acknowledged: 0, beside: 0 };
  while (sum.kills < killsOfOneKind) {
    const count = Math.min(traffic.killsPerFolder, killsOfOneKind - sum.kills);
    const tally = emptyTally();
    const killing = killsOnOneFolder(sum.kills, count, traffic, tally);
    const { acknowledged, beside } = await killing.finally(() => addToSoak(tally));
    sum = {
      kills: sum.kills + count,
      acknowledged: sum.acknowledged + acknowledged,
      beside: sum.beside + beside,
    };
  }
  return sum;
}

/** Kills hosts on one data folder, one after the other; each start proves what the kill before it left. */
async function killsOnOneFolder(
  first: number,
  count: number,
  traffic: Traffic,
  tally: SoakTally,
): Promise<Omit<Killed, 'kills'>> {
  const dataFolder = await temporaryFolder();
  const district = join(dataFolder, 'district.geojson');
  await writeFile(district, districtFile());
  const acknowledged = new Map<string, Receipt>();
  const history = new CommandHistory();
  let beside = 0;
  for (let round = first; round < first + count; round += 1) {
    const host = await startHost({ dataFolder, args: ['--district', district, ...traffic.args] });
    await Promise.all([
      expectStillThere(host, [...acknowledged.values()].slice(-100)),
      isSoak ? expectVerified(dataFolder, tally) : undefined,
    ]);
    const told = await traffic.beside(host, dataFolder, round);
    const enough = acknowledged.size + new Random(1_000 + round).integer(...traffic.receipts);
    const onReceipt = (receipt: Receipt) => {
      acknowledged.set(receipt.commandId, receipt);
      if (acknowledged.size >= enough) void host.kill();
    };
    await reportTogether(host, { name: `kill-${round}`, history, onReceipt });
    expect(await host.ended).toMatchObject({ signal: 'SIGKILL' });
    tally.kills += 1;
    expect(acknowledged.size).toBeGreaterThanOrEqual(enough);
    beside += told();
  }

  const last = await startHost({ dataFolder, args: ['--district', district, '--no-simulate'] });
  await expectStillThere(last, []);
  await last.stop();
  const { journal } = await openJournal(dataFolder);
  const entries = await readAll(journal);
  await journal.close();
  const { lost, doubled, ...faults } = history.faults(entries);
  tally.acknowledged += acknowledged.size;
  tally.lost += lost.length;
  tally.doubled += doubled.length;
  expect({ lost, doubled, ...faults }).toEqual(noFaults);
  expect(entries.length - acknowledged.size).toBeGreaterThanOrEqual(beside);
  await expectVerified(dataFolder, tally);
  await traffic.afterwards?.(dataFolder, [...acknowledged.values()]);
  return { acknowledged: acknowledged.size, beside };
}

async function expectVerified(dataFolder: string, tally: SoakTally): Promise<void> {
  tally.verified += 1;
  expect(await runVerify([dataFolder]), 'npm run verify').toMatchObject({ exitCode: 0 });
}

/** The journal is sound, and a command that was acknowledged before gets its first receipt again. */
async function expectStillThere(host: HostProcess, receipts: readonly Receipt[]): Promise<void> {
  expect(await host.call('journal.verify', {})).toMatchObject({ ok: true, value: { ok: true, problems: [] } });
  const again = await Promise.all(
    receipts.map(({ commandId }) => host.call('case.report', { ...aReportInput(), commandId })),
  );
  expect(again).toEqual(receipts.map((receipt) => ({ ok: true, value: receipt })));
}
