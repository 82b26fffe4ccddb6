import type { JournalFile } from './journal-files.ts';
import { findRecord, foundAt, wholeRecords, type Found } from './record-walk.ts';
import { brokenRecord, ENTRY_KIND, looksLikeRecord, MAX_RECORD_BYTES } from './record.ts';

/** Bytes that are read to find a record near a place: some dozens of entries. */
const PROBE_BYTES = 32 * 1024;

export interface Place {
  readonly offset: number;
  readonly bytes: number;
}

export interface Search {
  readonly file: JournalFile;
  /** An entry that lies before the one wanted, or is it. */
  readonly from: { readonly offset: number; readonly sequence: number };
  /** Where the records end. */
  readonly end: number;
}

/**
 * Where an entry lies in a segment that has no index: sequences ascend, so a few looks in between find it. Null when it is not
 * found so: there is none, or the segment is damaged there.
 */
export async function findPlace({ file, from, end }: Search, sequence: number): Promise<Place | null> {
  let low = from;
  let high = end;
  let highSequence: number | null = null;
  for (let tries = 0; high - low.offset > 2 * PROBE_BYTES; tries += 1) {
    const guess = guessBetween(low, { offset: high, sequence: tries % 2 === 0 ? highSequence : null }, sequence);
    const found = await recordNear(file, guess, high, end);
    if (found !== null && found.kind === ENTRY_KIND && found.sequence === sequence) return found;
    // A stop has the sequence of the entry before it.
    if (found !== null && found.sequence < sequence) low = found;
    else {
      high = guess;
      highSequence = found?.sequence ?? highSequence;
    }
  }
  // An entry that begins before `high` may be a long one; almost none is.
  for (const reach of [PROBE_BYTES, MAX_RECORD_BYTES]) {
    for await (const found of wholeRecords(file, low.offset, Math.min(end, high + reach))) {
      if (found.kind === ENTRY_KIND && found.sequence === sequence) return found;
      if (found.sequence > sequence) break;
    }
  }
  return null;
}

/** By the share of entries where it is known, else in the middle; a little before, since the next record behind it counts. */
function guessBetween(
  low: Search['from'],
  high: { readonly offset: number; readonly sequence: number | null },
  sequence: number,
): number {
  const span = high.offset - low.offset;
  const share = high.sequence === null ? 0.5 : (sequence - low.sequence) / (high.sequence - low.sequence);
  const guess = low.offset + Math.floor(span * share) - PROBE_BYTES / 4;
  return Math.min(Math.max(guess, low.offset + 1), high.offset - 1);
}

/** The first whole record that begins in `from` … `to`; records may reach up to `end`. */
async function recordNear(file: JournalFile, from: number, to: number, end: number): Promise<Found | null> {
  const buffer = Buffer.allocUnsafe(Math.min(PROBE_BYTES, end - from));
  const got = await file.read(buffer, from);
  for (let at = 0; at < got && from + at < to; at += 1) {
    if (looksLikeRecord(buffer, at) && brokenRecord(buffer, at, got) === null) return foundAt(buffer, at, from);
  }
  if (from + got >= to) return null;
  const found = await findRecord(file, from, end);
  return found !== null && found.offset < to ? found : null;
}
