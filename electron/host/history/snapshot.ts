import { z } from '#contract/schema.ts';
import { instant, type Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { PastCase } from '#host/ports/history.ts';
import { decodeLines, encodeLines } from './checked-lines.ts';

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

/** A line for the head, and one for each open case. The states are plain data, and are taken as they are. */
export function encodeSnapshot(snapshot: Snapshot, pause: () => Promise<void>): Promise<Uint8Array> {
  return encodeLines(linesOf(snapshot), pause);
}

/** The snapshot, if it is whole and of this journal. */
export async function decodeSnapshot(
  bytes: Uint8Array,
  journalId: string,
  pause: () => Promise<void>,
): Promise<Snapshot | SnapshotProblem> {
  let first: unknown = null;
  const open: PastCase[] = [];
  const each = (value: unknown, line: number) => {
    if (line === 0) first = value;
    else {
      const [sequence, state] = value as [number, CaseState];
      open.push({ sequence, state });
    }
  };
  if (!(await decodeLines(bytes, each, pause))) return 'damaged';
  const head = SnapshotHead.safeParse(first);
  if (!head.success) return 'damaged';
  if (head.data.foldVersion !== FOLD_VERSION) return 'other_fold';
  if (head.data.journalId !== journalId) return 'other_journal';
  const { sequence, hash, recordedAt, total } = head.data;
  return { journalId, sequence, hash, recordedAt: instant(recordedAt), total, open };
}

function* linesOf({ open, ...head }: Snapshot): Generator<unknown> {
  yield {
    ...{ format: 'grid-command snapshot 1', foldVersion: FOLD_VERSION },
    ...head,
    open: open.length,
  } satisfies z.infer<typeof SnapshotHead>;
  for (const { sequence, state } of open) yield [sequence, state];
}
