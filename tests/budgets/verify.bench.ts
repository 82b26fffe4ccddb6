import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { diskFiles } from '#host/journal/local/journal-files.ts';
import { packSegment } from '#host/journal/local/pack-segment.ts';
import { listSegments } from '#host/journal/local/segments.ts';
import { verifySegments } from '#host/journal/local/verify.ts';
import { someEntries } from '#tests/builders/entries.ts';
import { openJournal } from '#tests/support/open-journal.ts';

const benchFolder = resolve('node_modules/.cache');
const ENTRIES = 300_000;
const BATCH = 1_000;
const SEGMENT_BYTES = 32 * 1024 * 1024;

/**
 * `entriesPerSecond`: a journal of 300,000 entries walked from the disk with checksums, sequences and hash chain, all
 * segments plain; `packedEntriesPerSecond`: the same with all closed segments packed. `packedShare`: bytes of a packed
 * segment to those of the plain one; `packMegabytesPerSecond`: packing with its two checks.
 */
export async function run(): Promise<Record<string, number>> {
  await mkdir(benchFolder, { recursive: true });
  const folder = await mkdtemp(join(benchFolder, 'verify-'));
  try {
    const { journal } = await openJournal(folder, { segmentBytes: SEGMENT_BYTES });
    for (let from = 0; from < ENTRIES; from += BATCH) {
      const appended = await journal.append(someEntries(BATCH, from + 1), from);
      if (!appended.ok) throw new Error(`the bench journal refused: ${appended.error}`);
    }
    await journal.close();
    const place = join(folder, 'journal');
    await walk(place);
    const entriesPerSecond = await walk(place);
    const packing = await packAll(place);
    return { entriesPerSecond, packedEntriesPerSecond: await walk(place), ...packing };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function walk(folder: string): Promise<number> {
  const start = performance.now();
  const report = await verifySegments({ files: diskFiles, folder, journalId: null, head: null, active: null });
  if (!report.ok) throw new Error(`the bench journal is damaged: ${report.problems[0]?.reason}`);
  return Math.round(report.entries / ((performance.now() - start) / 1_000));
}

async function packAll(folder: string) {
  const found = await listSegments(diskFiles, folder);
  let plain = 0;
  let packed = 0;
  const start = performance.now();
  for (const [index, { name, path, head }] of found.entries()) {
    const next = found[index + 1]?.head;
    if (typeof head === 'string' || typeof next !== 'object') continue;
    plain += (await stat(path)).size;
    const done = await packSegment({
      ...{ files: diskFiles, folder, segment: { name, path, head, offsets: null, index: null } },
      last: { sequence: next.firstSequence - 1, hash: next.prev },
      mayGoOn: () => Promise.resolve(true),
    });
    if (done.kind !== 'packed') throw new Error(`a segment was not packed: ${done.kind}`);
    packed += done.bytes;
  }
  const seconds = (performance.now() - start) / 1_000;
  return { packedShare: packed / plain, packMegabytesPerSecond: plain / 1_000_000 / seconds };
}
