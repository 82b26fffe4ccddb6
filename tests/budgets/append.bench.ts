import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { fdatasyncSync, openSync, closeSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { required } from '#domain/base/assert-never.ts';
import { BatchEncoder } from '#host/journal/local/batch-encoder.ts';
import type { Commands } from '#host/ports/commands.ts';
import type { Journal, NewEntry } from '#host/ports/journal.ts';
import { aReport, desk } from '#tests/builders/cases.ts';
import { someEntries } from '#tests/builders/entries.ts';
import { openJournal } from '#tests/support/open-journal.ts';
import { openQueue } from '#tests/support/open-queue.ts';
import { batchesOf } from './long-journal.ts';

/** Where the bench writes: the checkout's own disk, since a temporary folder may lie in memory. */
const benchFolder = resolve('node_modules/.cache');
const RUN_MS = 1_500;
/** The most that the journal writes with one sync. */
const GROUP_ENTRIES = 1_000;

/**
 * `perSecondAt1`, `At16`, `At256`: acknowledged commands a second with that many in flight, and their ratios to
 * `bareFsyncPerSecond`: a loop of one write and one fdatasync per record, with the bytes of such entries, the same
 * asynchronous calls and the same disk. `bareBlockingPerSecond` is that loop with blocking calls. `journalPerSecond`
 * appends 256 reports at a time without a queue, each batch after the one before; `groupPerSecond` is the group commit itself:
 * batches of 1,000 entries, the largest it takes, of cases on their whole way, the next encoded while one is synced. Encoding is measured alone, reading and verifying on what was written.
 */
export async function run(): Promise<Record<string, number>> {
  await mkdir(benchFolder, { recursive: true });
  const folder = await mkdtemp(join(benchFolder, 'append-'));
  try {
    const bareFsyncPerSecond = await measureBare(join(folder, 'bare'));
    const bareBlockingPerSecond = measureBareBlocking(join(folder, 'bare-blocking'));
    const figures: Record<string, number> = { bareFsyncPerSecond, bareBlockingPerSecond };
    for (const inFlight of [1, 16, 256]) {
      const { queue, journal } = await openQueue(join(folder, `queue-${inFlight}`));
      const perSecond = await measureAppend(submitTo(queue), inFlight, Math.min(150_000, inFlight * 3_000));
      figures[`perSecondAt${inFlight}`] = perSecond;
      figures[`ratioAt${inFlight}`] = perSecond / bareFsyncPerSecond;
      await journal.close();
    }
    const { journal } = await openJournal(join(folder, 'journal'));
    figures['journalPerSecond'] = await measureJournal(journal);
    figures['groupPerSecond'] = await measureGroups(journal);
    figures['encodePerSecond'] = measureEncode();
    Object.assign(figures, await measureReading(journal));
    await journal.close();
    return figures;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Submissions a second when `inFlight` callers each wait for their own before the next; `submit` resolves when its
 * submission is durable and gets a number from 0 to `total` - 1, each once.
 */
export async function measureAppend(
  submit: (serial: number) => Promise<void>,
  inFlight: number,
  total: number,
): Promise<number> {
  let next = 0;
  const caller = async () => {
    while (next < total) {
      const serial = next;
      next += 1;
      await submit(serial);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, caller));
  return Math.round(total / ((performance.now() - start) / 1_000));
}

/** Entries of reports, as those that the queue makes. */
const samples: readonly NewEntry[] = someEntries(10_000).filter(({ events }) => events[0]?.type === 'case.reported.v2');

/** Reports through the command queue: decided, recorded, synced, folded. */
function submitTo(queue: Commands): (serial: number) => Promise<void> {
  return async (serial) => {
    const answer = await queue.submit({ id: `append-${serial}`, actor: desk, body: aReport() });
    if (!answer.ok) throw new Error(`a report was refused: ${answer.error.code}`);
  };
}

/** Entries a second straight into the journal, 256 at a time. */
async function measureJournal(journal: Journal): Promise<number> {
  const batch = samples.slice(0, 256);
  const from = journal.head().sequence;
  const start = performance.now();
  while (performance.now() - start < RUN_MS) {
    const appended = await journal.append(batch, journal.head().sequence);
    if (!appended.ok) throw new Error(appended.error);
  }
  return Math.round((journal.head().sequence - from) / ((performance.now() - start) / 1_000));
}

/** Entries a second in whole batches, one on the disk while the next is encoded: as the command queue does under load. */
async function measureGroups(journal: Journal): Promise<number> {
  const entries = [...batchesOf({ cases: 20_000, open: 500 })].flat();
  const groups = Array.from({ length: Math.floor(entries.length / GROUP_ENTRIES) }, (_, index) =>
    entries.slice(index * GROUP_ENTRIES, (index + 1) * GROUP_ENTRIES),
  );
  const from = journal.head().sequence;
  let planned = from;
  const flights: ReturnType<Journal['append']>[] = [];
  const land = async () => {
    const appended = await flights.shift();
    if (appended?.ok === false) throw new Error(appended.error);
  };
  const start = performance.now();
  for (let turn = 0; performance.now() - start < RUN_MS; turn += 1) {
    flights.push(journal.append(required(groups[turn % groups.length], 'a group'), planned));
    planned += GROUP_ENTRIES;
    if (flights.length > 1) await land();
  }
  while (flights.length > 0) await land();
  return Math.round((journal.head().sequence - from) / ((performance.now() - start) / 1_000));
}

function records(): readonly Buffer[] {
  const encoder = new BatchEncoder();
  return samples.map((entry) => {
    const encoded = encoder.encode([entry], { sequence: 0, hash: '0'.repeat(64) });
    if (encoded === 'too_large') throw new Error('a sample is too large');
    return Buffer.from(required(encoded.batches[0], 'one batch').bytes);
  });
}

async function measureBare(path: string): Promise<number> {
  const bytes = records();
  const file = await open(path, 'w');
  let count = 0;
  let position = 0;
  const start = performance.now();
  while (performance.now() - start < RUN_MS) {
    const record = required(bytes[count % bytes.length], 'a record');
    await file.write(record, 0, record.length, position);
    await file.datasync();
    position += record.length;
    count += 1;
  }
  const perSecond = Math.round(count / ((performance.now() - start) / 1_000));
  await file.close();
  return perSecond;
}

function measureBareBlocking(path: string): number {
  const bytes = records();
  const file = openSync(path, 'w');
  let count = 0;
  const start = performance.now();
  while (performance.now() - start < RUN_MS) {
    writeSync(file, required(bytes[count % bytes.length], 'a record'));
    fdatasyncSync(file);
    count += 1;
  }
  const perSecond = Math.round(count / ((performance.now() - start) / 1_000));
  closeSync(file);
  return perSecond;
}

function measureEncode(): number {
  const encoder = new BatchEncoder();
  let count = 0;
  const start = performance.now();
  while (performance.now() - start < RUN_MS) {
    encoder.encode(samples, { sequence: count, hash: '0'.repeat(64) });
    count += samples.length;
  }
  return Math.round(count / ((performance.now() - start) / 1_000));
}

async function measureReading(journal: Journal): Promise<Record<string, number>> {
  let start = performance.now();
  let count = 0;
  for await (const entry of journal.read(1)) count += entry.sequence > 0 ? 1 : 0;
  const readPerSecond = Math.round(count / ((performance.now() - start) / 1_000));
  start = performance.now();
  const report = await journal.verify();
  if (!report.ok) throw new Error(`the bench journal is damaged: ${report.problems[0]?.reason}`);
  return { readPerSecond, verifyPerSecond: Math.round(report.entries / ((performance.now() - start) / 1_000)) };
}
