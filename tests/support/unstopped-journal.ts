import { cp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { required } from '#domain/base/assert-never.ts';
import type { Entry } from '#host/ports/journal.ts';
import { aNewEntry } from '#tests/builders/entries.ts';
import { openJournal } from './open-journal.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface UnstoppedJournal {
  /** A data folder as a killed host leaves it: without the mark of a clean stop. */
  readonly folder: string;
  readonly entries: readonly Entry[];
  /** The last segment, its length, and where each of its records ends. */
  readonly segment: string;
  readonly size: number;
  readonly recordEnds: readonly number[];
}

/** A journal of batches with so many entries each. Small entries have no events. */
export async function unstoppedJournal(
  batches: readonly number[],
  { isSmall = false, segmentBytes = 1_000_000 } = {},
): Promise<UnstoppedJournal> {
  const running = await temporaryFolder();
  const folder = await temporaryFolder();
  const { journal } = await openJournal(running, { segmentBytes });
  const entries: Entry[] = [];
  for (const count of batches) {
    const batch = Array.from({ length: count }, (_, index) =>
      aNewEntry(entries.length + index + 1, isSmall ? { events: [], tables: {} } : {}),
    );
    const appended = await journal.append(batch, entries.length);
    entries.push(...required(appended.ok ? appended.value : null, 'the append is accepted'));
  }
  await cp(running, folder, { recursive: true });
  await journal.close();
  const names = (await readdir(join(folder, 'journal'))).filter((name) => name.endsWith('.seg')).sort();
  const segment = required(names.at(-1), 'a segment');
  const bytes = await readFile(join(folder, 'journal', segment));
  return { folder, entries, segment, size: bytes.length, recordEnds: endsOf(bytes) };
}

/** Where each record of a whole segment ends: a head of 120 bytes, then records that begin with their length. */
export function endsOf(bytes: Buffer): readonly number[] {
  const ends: number[] = [];
  for (let at = 120; at < bytes.length;) {
    at += bytes.readUInt32LE(at) + 4;
    ends.push(at);
  }
  return ends;
}
