import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from '#contract/schema.ts';
import { instant, type Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { PastCase } from '#host/ports/history.ts';

/**
 * Goes up when `evolve` makes other states of the same events: snapshots with another one are passed over, and made anew
 * out of the journal when they are needed.
 */
export const FOLD_VERSION = 1;

/** What every snapshot says of itself. `recordedAt`: epoch milliseconds of the entry `sequence`. */
const SnapshotHead = z.strictObject({
  format: z.literal('grid-command snapshot 1'),
  foldVersion: z.int(),
  journalId: z.string(),
  sequence: z.int().min(1),
  hash: z.string(),
  recordedAt: z.int(),
  total: z.int().min(0),
  open: z.int().min(0),
});

/** All open cases right after one entry. */
export interface Snapshot {
  readonly journalId: string;
  readonly sequence: number;
  /** Hash of that entry: a snapshot counts only in a journal that has it. */
  readonly hash: string;
  readonly recordedAt: Instant;
  /** Cases that had been reported until then, open or ended. */
  readonly total: number;
  readonly open: readonly PastCase[];
}

export type SnapshotProblem = 'damaged' | 'other_fold' | 'other_journal';

/** So many cases are written or read at a time; between two slices the host does other work. */
const SLICE_CASES = 250;

const compress = promisify(gzip);
const expand = promisify(gunzip);

/**
 * One line of JSON for the head, one for each open case, and one with the SHA-256 of all before it; compressed. The
 * states are plain data, and are taken as they are.
 */
export async function encodeSnapshot({ open, ...head }: Snapshot, pause: () => Promise<void>): Promise<Uint8Array> {
  const lines = [
    JSON.stringify({
      ...{ format: 'grid-command snapshot 1', foldVersion: FOLD_VERSION },
      ...head,
      open: open.length,
    } satisfies z.infer<typeof SnapshotHead>),
  ];
  for (let at = 0; at < open.length; at += SLICE_CASES) {
    for (const { sequence, state } of open.slice(at, at + SLICE_CASES)) lines.push(JSON.stringify([sequence, state]));
    await pause();
  }
  const text = `${lines.join('\n')}\n`;
  return compress(Buffer.from(`${text}${sumOf(text)}\n`, 'utf8'));
}

/** The snapshot, if it is whole and of this journal. */
export async function decodeSnapshot(
  bytes: Uint8Array,
  journalId: string,
  pause: () => Promise<void>,
): Promise<Snapshot | SnapshotProblem> {
  let lines: readonly string[];
  try {
    const text = (await expand(bytes)).toString('utf8');
    const sumAt = text.lastIndexOf('\n', text.length - 2) + 1;
    if (sumOf(text.slice(0, sumAt)) !== text.slice(sumAt).trimEnd()) return 'damaged';
    lines = text.slice(0, sumAt).trimEnd().split('\n');
  } catch {
    return 'damaged';
  }
  const head = SnapshotHead.safeParse(JSON.parse(lines[0] ?? 'null'));
  if (!head.success) return 'damaged';
  if (head.data.foldVersion !== FOLD_VERSION) return 'other_fold';
  if (head.data.journalId !== journalId) return 'other_journal';
  const open: PastCase[] = [];
  for (let at = 1; at < lines.length; at += SLICE_CASES) {
    for (const line of lines.slice(at, at + SLICE_CASES)) {
      const [sequence, state] = JSON.parse(line) as [number, CaseState];
      open.push({ sequence, state });
    }
    await pause();
  }
  const { sequence, hash, recordedAt, total } = head.data;
  return { journalId, sequence, hash, recordedAt: instant(recordedAt), total, open };
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
