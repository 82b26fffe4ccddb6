import { open, mkdtemp, rm } from 'node:fs/promises';
import { fdatasyncSync, openSync, closeSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { required } from '#domain/base/assert-never.ts';
import { BatchEncoder } from '#host/journal/local/batch-encoder.ts';
import type { Journal, NewEntry } from '#host/ports/journal.ts';
import { someEntries } from '#tests/builders/entries.ts';
import { openJournal } from '#tests/support/open-journal.ts';

/** Where the bench writes: the checkout's own disk, since a temporary folder may lie in memory. */
const benchFolder = resolve(import.meta.dirname, '../../node_modules/.cache');
const RUN_MS = 1_500;

/**
 * Appended entries a second at 1, 16 and 256 in flight, and the ratio to a bare loop of one write and one fdatasync per
 * record with the same bytes on the same disk. `bareFsyncPerSecond` uses the same asynchronous calls as the journal,
 * `bareSyncCallsPerSecond` blocking ones. Encoding and reading back are measured without waiting for the disk.
 */
export async function run(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(benchFolder, 'append-'));
  try {
    const bareFsyncPerSecond = await measureBare(join(folder, 'bare'));
    const bareSyncCallsPerSecond = measureBareSync(join(folder, 'bare-sync'));
    const figures: Record<string, number> = { bareFsyncPerSecond, bareSyncCallsPerSecond };
    for (const inFlight of [1, 16, 256]) {
      const { journal } = await openJournal(join(folder, `journal-${inFlight}`));
      const perSecond = await measureAppend(gatherInto(journal), inFlight, Math.min(200_000, inFlight * 4_000));
      figures[`perSecondAt${inFlight}`] = perSecond;
      figures[`ratioAt${inFlight}`] = perSecond / bareFsyncPerSecond;
      if (inFlight === 256) Object.assign(figures, await measureReading(journal));
      await journal.close();
    }
    return { ...figures, encodePerSecond: measureEncode() };
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

const samples = someEntries(1_000);

function sample(serial: number): NewEntry {
  return required(samples[serial % samples.length], 'a sample for every serial');
}

/** Gathers what comes while an append runs and hands it over together, as the command queue does. */
function gatherInto(journal: Journal): (serial: number) => Promise<void> {
  let waiting: { readonly entry: NewEntry; readonly done: () => void; readonly failed: (error: unknown) => void }[] =
    [];
  let isRunning = false;
  const drain = async () => {
    isRunning = true;
    while (waiting.length > 0) {
      const taken = waiting.splice(0, 1_000);
      const appended = await journal.append(
        taken.map(({ entry }) => entry),
        journal.head().sequence,
      );
      for (const { done, failed } of taken) appended.ok ? done() : failed(new Error(appended.error));
    }
    isRunning = false;
  };
  return (serial) =>
    new Promise((done, failed) => {
      waiting.push({ entry: sample(serial), done, failed });
      if (!isRunning) {
        isRunning = true;
        queueMicrotask(() => void drain());
      }
    });
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

function measureBareSync(path: string): number {
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
