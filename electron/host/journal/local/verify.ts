import type { JournalReport } from '#contract/health.ts';
import type { Head } from '#host/ports/journal.ts';
import type { JournalFiles } from './journal-files.ts';
import { findRecord, RecordWalk } from './record-walk.ts';
import { ENTRY_KIND } from './record.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import { listSegments, type SegmentFile } from './segments.ts';

export interface VerifyRequest {
  readonly files: JournalFiles;
  readonly folder: string;
  readonly journalId: string;
  readonly head: Head;
  /** The segment being written to, and where its acknowledged records end; null when nothing is written. */
  readonly active: { readonly name: string; readonly end: number } | null;
}

type ReportProblem = JournalReport['problems'][number];

/** Problems after which a report says no more: the journal is beyond counting. */
const MAX_PROBLEMS = 100;

/** Walks every segment from the disk: heads, checksums, sequences, links, hashes. Goes on behind a problem. */
export async function verifySegments(request: VerifyRequest): Promise<JournalReport> {
  const problems: ReportProblem[] = [];
  let position: Position = { sequence: 1, prev: request.journalId };
  let entries = 0;
  const found = (await listSegments(request.files, request.folder)).filter((file) => !isBehind(file, request));
  for (const file of found) {
    problems.push(...headProblems(file, position, request.journalId));
    const walked = await verifySegment(file, request, problems);
    entries += walked.entries;
    position = walked.position;
  }
  if (position.sequence - 1 < request.head.sequence) {
    const reason = `entries ${position.sequence} to ${request.head.sequence} are missing`;
    problems.push({ segment: found.at(-1)?.name ?? '', offset: 0, sequence: position.sequence, reason });
  } else if (problems.length === 0 && position.prev !== request.head.hash) {
    problems.push({
      segment: found.at(-1)?.name ?? '',
      offset: 0,
      sequence: request.head.sequence,
      reason: 'the last hash is not that of the head',
    });
  }
  return {
    ok: problems.length === 0,
    journalId: request.journalId,
    entries,
    segments: found.length,
    head: position.prev ?? '',
    problems: problems.slice(0, MAX_PROBLEMS),
  };
}

/** The sequence that comes next and the hash before it; null: not known. */
interface Position {
  readonly sequence: number;
  readonly prev: string | null;
}

/** A segment begun since the request is not part of it. */
function isBehind(file: SegmentFile, { active }: VerifyRequest): boolean {
  return active !== null && file.name > active.name;
}

function headProblems(
  { name, firstSequence, head }: SegmentFile,
  expected: Position,
  journalId: string,
): readonly ReportProblem[] {
  const at = { segment: name, offset: 0, sequence: firstSequence };
  if (typeof head === 'string') return [{ ...at, reason: head }];
  if (head.journalId !== journalId) return [{ ...at, reason: 'this file belongs to another journal' }];
  if (head.firstSequence !== firstSequence) {
    return [{ ...at, reason: `this file holds the entries from ${head.firstSequence} on, its name says otherwise` }];
  }
  if (firstSequence > expected.sequence) {
    return [
      {
        ...at,
        sequence: expected.sequence,
        reason: `entries ${expected.sequence} to ${firstSequence - 1} are missing`,
      },
    ];
  }
  if (firstSequence < expected.sequence || (expected.prev !== null && expected.prev !== head.prev)) {
    return [{ ...at, reason: 'the segment does not follow the one before it' }];
  }
  return [];
}

async function verifySegment(
  file: SegmentFile,
  { files, active }: VerifyRequest,
  problems: ReportProblem[],
): Promise<{ readonly entries: number; readonly position: Position }> {
  const opened = await files.open(file.path, 'read');
  try {
    const end = active?.name === file.name ? active.end : await opened.size();
    const prev = typeof file.head === 'string' ? null : file.head.prev;
    const sequence = typeof file.head === 'string' ? file.firstSequence : file.head.firstSequence;
    const walk = new RecordWalk(opened, { offset: Math.min(SEGMENT_HEAD_BYTES, end), sequence, prev }, end, true);
    let entries = 0;
    for (;;) {
      while (await walk.next(() => void (entries += 1)));
      const { problem } = walk;
      if (problem === null) break;
      problems.push({ segment: file.name, offset: problem.offset, sequence: problem.sequence, reason: problem.reason });
      const isEnough = problem.kind === 'unreadable' || problems.length >= MAX_PROBLEMS;
      const next = isEnough ? null : await findRecord(opened, problem.offset, end);
      if (next === null) break;
      const isStuck = next.offset === problem.offset && next.sequence === problem.sequence;
      const after = { offset: next.offset + next.bytes, sequence: next.sequence + 1, prev: next.hash };
      const there = {
        offset: next.offset,
        sequence: next.kind === ENTRY_KIND ? next.sequence : next.sequence + 1,
        prev: null,
      };
      walk.resume(isStuck ? after : there);
    }
    return { entries, position: { sequence: walk.sequence, prev: walk.prev } };
  } finally {
    await opened.close();
  }
}
