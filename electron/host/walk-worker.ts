import { parentPort, workerData } from 'node:worker_threads';
import { required } from '#domain/base/assert-never.ts';
import { walkCases } from './cases/case-walk.ts';
import { projectedBy } from './cases/projection-feed.ts';
import { WINDOWS_IN_FLIGHT, type FromWalk, type ToWalk, type WalkStart } from './cases/walk-messages.ts';
import { systemClock } from './clock/system-clock.ts';
import { HealthRegister } from './health/health-register.ts';
import { readLocalJournal } from './journal/local/read-local-journal.ts';
import { pinoLog } from './log/pino-log.ts';
import type { EntryEvents } from './ports/journal.ts';
import { packCases } from './projection/packed-cases.ts';

/**
 * Walks a stretch of the journal of a running host and makes rows of the cases it comes past. What is wrong with the
 * journal is left to the host, which walks there itself and tells of it.
 */
const port = required(parentPort, 'the walk runs as a worker');
const { dataFolder, from, to, resident } = workerData as WalkStart;
const isResident = new Set(resident);
const asked = new Map<number, (sequences: readonly number[] | null) => void>();
let lastId = 0;
let windows = WINDOWS_IN_FLIGHT;
let onMore: (() => void) | null = null;

port.on('message', (message: ToWalk) => {
  if (message.type === 'more') {
    windows += 1;
    onMore?.();
    return;
  }
  asked.get(message.id)?.(message.sequences);
  asked.delete(message.id);
});

try {
  await walk();
  post({ type: 'done' });
} catch (cause) {
  // Only the name: a message may quote what somebody wrote into a case.
  post({ type: 'failed', reason: cause instanceof Error ? cause.name : 'unknown' });
}
port.close();

async function walk(): Promise<void> {
  const journal = await readLocalJournal({
    ...{ folder: dataFolder, health: new HealthRegister(systemClock), log: pinoLog('silent') },
  });
  const projected = projectedBy(() => []);
  const notWhole = (): never => {
    throw new Error('the journal cannot be read whole');
  };
  const walked = walkCases(others(journal.readEvents(from, notWhole)), {
    ...{ journal, resident: () => undefined, stored, onMissing: notWhole },
  });
  for await (const { past, sequence } of walked) {
    while (windows === 0) await new Promise<void>((resolve) => (onMore = resolve));
    windows -= 1;
    const packs = packCases(past.map(projected));
    post(
      { type: 'window', packs, sequence },
      packs.map(({ bytes }) => bytes),
    );
  }
  await journal.close();
}

/** Entries up to the last, without what changes cases that the host hands over itself. */
async function* others(batches: AsyncIterable<readonly EntryEvents[]>) {
  for await (const batch of batches) {
    const isPast = (batch.at(-1)?.sequence ?? 0) > to;
    const upTo = isPast ? batch.filter(({ sequence }) => sequence <= to) : batch;
    yield isResident.size === 0 ? upTo : upTo.map(withoutResident);
    if (isPast) return;
  }
}

function withoutResident(entry: EntryEvents): EntryEvents {
  // A loop, and no closure for each of some ten million entries.
  for (const { caseId } of entry.events) {
    if (isResident.has(caseId))
      return { ...entry, events: entry.events.filter((event) => !isResident.has(event.caseId)) };
  }
  return entry;
}

function stored(caseId: string): Promise<readonly number[] | null> {
  lastId += 1;
  const id = lastId;
  post({ type: 'ask_stored', id, caseId });
  return new Promise((resolve) => asked.set(id, resolve));
}

function post(message: FromWalk, handedOver: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, handedOver);
}
