import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { OutputOf } from '#contract/api.ts';
import { Random } from '#domain/base/random.ts';
import { districtFile } from '#tests/builders/district-file.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { openJournal } from './open-journal.ts';
import { readAll } from './read-all.ts';
import { runVerify, startHost, type HostProcess } from './start-host.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type Receipt = OutputOf<'case.report'>;

export interface Traffic {
  readonly args: readonly string[];
  /** A kill comes after so many receipts, drawn between the two. */
  readonly receipts: readonly [number, number];
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

/** Kills before a new data folder is taken, so that starts do not grow with the number of kills. */
const KILLS_PER_FOLDER = 5;
const CLIENTS = 4;
const REPORTS_TOGETHER = 8;

/** With a number of kills of one's own, each start is also verified from outside, while the host runs. */
const isSoak = process.env['KILLS'] !== undefined;

/** A third of the kills asked for, 50 or `KILLS`. Import, simulator and backups have one third each. */
const killsOfOneKind = Math.ceil(Number(process.env['KILLS'] ?? 50) / 3);

/** A start and its checks take about two seconds on two cores that nobody else uses. */
export const killsTimeoutMs = 60_000 + killsOfOneKind * 12_000;

/** FT2 (live-and-storage.md §1.5) through the real wire: what any client got a receipt for is there after kill -9. */
export async function killAgainAndAgain(traffic: Traffic): Promise<Killed> {
  let sum: Killed = { kills: 0, acknowledged: 0, beside: 0 };
  while (sum.kills < killsOfOneKind) {
    const count = Math.min(KILLS_PER_FOLDER, killsOfOneKind - sum.kills);
    const { acknowledged, beside } = await killsOnOneFolder(sum.kills, count, traffic);
    sum = {
      kills: sum.kills + count,
      acknowledged: sum.acknowledged + acknowledged,
      beside: sum.beside + beside,
    };
  }
  return sum;
}

/** Kills hosts on one data folder, one after the other; each start proves what the kill before it left. */
async function killsOnOneFolder(first: number, count: number, traffic: Traffic): Promise<Omit<Killed, 'kills'>> {
  const dataFolder = await temporaryFolder();
  const district = join(dataFolder, 'district.geojson');
  await writeFile(district, districtFile());
  const acknowledged = new Map<string, Receipt>();
  let beside = 0;
  for (let round = first; round < first + count; round += 1) {
    const host = await startHost({ dataFolder, args: ['--district', district, ...traffic.args] });
    await expectStillThere(host, [...acknowledged.values()].slice(-100));
    if (isSoak) expect(await runVerify([dataFolder]), 'npm run verify').toMatchObject({ exitCode: 0 });
    const told = await traffic.beside(host, dataFolder, round);
    const enough = acknowledged.size + new Random(1_000 + round).integer(...traffic.receipts);
    const killWhenEnough = () => {
      if (acknowledged.size >= enough) void host.kill();
    };
    const clients = await Promise.all(Array.from({ length: CLIENTS }, () => host.connect()));
    const reporting = clients.map((client, index) =>
      report(client, `kill-${round}-${index}`, acknowledged, killWhenEnough),
    );
    await Promise.all(reporting);
    expect(await host.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(acknowledged.size).toBeGreaterThanOrEqual(enough);
    beside += told();
  }

  const last = await startHost({ dataFolder, args: ['--district', district, '--no-simulate'] });
  await expectStillThere(last, []);
  await last.stop();
  const { journal } = await openJournal(dataFolder);
  const entries = await readAll(journal);
  await journal.close();
  const sequences = new Map(entries.map(({ commandId, sequence }) => [commandId, sequence]));
  const lost = [...acknowledged.values()].filter(({ commandId, sequence }) => sequences.get(commandId) !== sequence);
  expect(lost).toEqual([]);
  expect(sequences.size, 'at most one entry per command').toBe(entries.length);
  expect(entries.length - acknowledged.size).toBeGreaterThanOrEqual(beside);
  expect(await runVerify([dataFolder]), 'npm run verify').toMatchObject({ exitCode: 0 });
  await traffic.afterwards?.(dataFolder, [...acknowledged.values()]);
  return { acknowledged: acknowledged.size, beside };
}

/** The journal is sound, and a command that was acknowledged before gets its first receipt again. */
async function expectStillThere(host: HostProcess, receipts: readonly Receipt[]): Promise<void> {
  expect(await host.call('journal.verify', {})).toMatchObject({ ok: true, value: { ok: true, problems: [] } });
  const again = await Promise.all(
    receipts.map(({ commandId }) => host.call('case.report', { ...aReportInput(), commandId })),
  );
  expect(again).toEqual(receipts.map((receipt) => ({ ok: true, value: receipt })));
}

/** Reports as fast as receipts come back, several at a time, until the connection ends. */
async function report(
  client: Awaited<ReturnType<HostProcess['connect']>>,
  name: string,
  acknowledged: Map<string, Receipt>,
  onReceipts: () => void,
): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const ids = Array.from({ length: REPORTS_TOGETHER }, (_, index) => `${name}-${turn}-${index}`);
    const outcomes = await Promise.all(
      ids.map((commandId) => client.call('case.report', { ...aReportInput(), commandId })),
    );
    for (const outcome of outcomes) if (outcome.ok) acknowledged.set(outcome.value.commandId, outcome.value);
    const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
    expect(refusals.filter(({ code }) => code !== 'unavailable')).toEqual([]);
    if (refusals.length > 0) return;
    onReceipts();
  }
}
