import type { JournalProblem } from '#contract/health.ts';
import type { Head } from '#host/ports/journal.ts';
import type { JournalFile } from './journal-files.ts';
import { PackedFile } from './packed-file.ts';
import { findRecord, RecordWalk, wholeRecords, type Found, type Problem, type WalkStart } from './record-walk.ts';
import { bodyOf, ENTRY_KIND, hashOf, sequenceOf, STOP_KIND } from './record.ts';

/** Problems after which a report says no more: the journal is beyond counting. */
export const MAX_PROBLEMS = 100;

export interface SegmentCheck {
  readonly name: string;
  readonly file: JournalFile;
  readonly start: WalkStart;
  /** Bytes of the plain contents that are looked at. */
  readonly end: number;
  /** Gets what is found. */
  readonly problems: JournalProblem[];
  /** Told of each entry that is whole and in its place, with its JSON, whose bytes are reused afterwards. */
  readonly visit: (head: Head, body: Buffer) => void;
}

/** Where the walk ended. `prev` null: not known. `openEnd`: the last problem, if nothing whole was found behind it. */
export interface SegmentEnd {
  readonly sequence: number;
  readonly prev: string | null;
  readonly openEnd: JournalProblem | null;
}

/** Walks a segment, names what is wrong and goes on behind it. */
export async function checkSegment(check: SegmentCheck): Promise<SegmentEnd> {
  const checking = new Checking(check);
  const end = await checking.run();
  if (check.file instanceof PackedFile) explainPacked(check, check.file);
  return end;
}

class Checking {
  readonly #check: SegmentCheck;
  readonly #walk: RecordWalk;
  /** Reported as out of order; they come further on and are then passed over. */
  readonly #awaited = new Set<number>();
  #ahead: ReadonlySet<number> | null = null;

  constructor(check: SegmentCheck) {
    this.#check = check;
    this.#walk = new RecordWalk(check.file, check.start, check.end, true);
  }

  async run(): Promise<SegmentEnd> {
    const { problems, file, end, visit } = this.#check;
    const walk = this.#walk;
    const seen = (buffer: Buffer, at: number) =>
      visit({ sequence: sequenceOf(buffer, at), hash: hashOf(buffer, at) }, bodyOf(buffer, at));
    for (;;) {
      while (await walk.next(seen));
      const { problem } = walk;
      if (problem === null) return { sequence: walk.sequence, prev: walk.prev, openEnd: null };
      const isEnough = problem.kind === 'unreadable' || problems.length >= MAX_PROBLEMS;
      const found = isEnough ? null : await findRecord(file, problem.offset, end);
      const next = found === null ? null : await this.#step(problem, found);
      if (next === null) return { sequence: walk.sequence, prev: null, openEnd: this.#reportEnd(problem) };
      walk.resume(next);
    }
  }

  #reportEnd(problem: Problem): JournalProblem {
    if (problem.kind === 'unreadable') return this.#report('unreadable', problem, null, problem.reason);
    const isCut = problem.reason === 'record is incomplete';
    return this.#report(isCut ? 'cut' : 'changed', problem, null, problem.reason);
  }

  /** Reports the problem before the whole record `found`, and says where to go on. */
  async #step(problem: Problem, found: Found): Promise<WalkStart | null> {
    const { sequence: expected } = problem;
    const behind = found.offset + found.bytes;
    const isHere = found.offset === problem.offset;
    if (found.kind === STOP_KIND) {
      if (!isHere || found.sequence >= expected) {
        const through = Math.max(found.sequence, expected - 1);
        const kind = isHere ? 'missing' : 'changed';
        this.#report(kind, problem, through, isHere ? missing(expected, through) : problem.reason);
      } else this.#report('changed', problem, expected - 1, problem.reason);
      return { offset: behind, sequence: Math.max(expected, found.sequence + 1), prev: null };
    }
    if (!isHere) {
      this.#report('changed', problem, Math.max(expected - 1, found.sequence - 1), problem.reason);
      return { offset: found.offset, sequence: Math.max(expected, found.sequence), prev: null };
    }
    if (found.kind !== ENTRY_KIND || found.sequence === expected) {
      this.#report('changed', problem, expected, problem.reason);
      return { offset: behind, sequence: expected + 1, prev: found.hash };
    }
    if (found.sequence < expected) {
      if (!this.#awaited.delete(found.sequence)) {
        this.#report('doubled', { ...problem, sequence: found.sequence }, found.sequence, problem.reason);
      }
      return { offset: behind, sequence: expected, prev: this.#walk.prev };
    }
    await this.#reportSkipped(problem, found.sequence);
    return { offset: found.offset, sequence: found.sequence, prev: null };
  }

  /** `found` stands where the expected entry belongs: those between come later, or are gone. */
  async #reportSkipped(problem: Problem, found: number): Promise<void> {
    this.#ahead ??= await this.#sequencesFrom(problem.offset);
    const later = [...this.#ahead].filter((one) => one >= problem.sequence && one < found);
    for (const one of later) this.#awaited.add(one);
    const last = Math.max(...later);
    if (later.length > 0) this.#report('swapped', problem, last, problem.reason);
    if (later.length === found - problem.sequence) return;
    const gone = firstGap(problem.sequence, found, this.#awaited);
    this.#report('missing', { ...problem, sequence: gone }, found - 1, missing(gone, found - 1));
  }

  async #sequencesFrom(offset: number): Promise<ReadonlySet<number>> {
    const sequences = new Set<number>();
    for await (const { kind, sequence } of wholeRecords(this.#check.file, offset, this.#check.end)) {
      if (kind === ENTRY_KIND) sequences.add(sequence);
    }
    return sequences;
  }

  #report(
    kind: JournalProblem['kind'],
    { offset, sequence }: Pick<Problem, 'offset' | 'sequence'>,
    through: number | null,
    reason: string,
  ): JournalProblem {
    const problem = { kind, segment: this.#check.name, offset, sequence, through, reason };
    this.#check.problems.push(problem);
    return problem;
  }
}

/** In the words of every part of the journal. */
export function missing(from: number, to: number): string {
  return `entries ${from} to ${to} are missing`;
}

function firstGap(from: number, to: number, there: ReadonlySet<number>): number {
  for (let one = from; one < to; one += 1) if (!there.has(one)) return one;
  return from;
}

/** Bad bytes of a packed file cost what lies in their block: says so, also where no entry was lost. */
function explainPacked({ name, problems }: SegmentCheck, file: PackedFile): void {
  for (const { at, from, to, reason } of file.faults()) {
    const where = `${reason} (compressed file, byte ${at})`;
    const index = problems.findIndex(
      (one) => one.segment === name && one.kind !== 'foreign' && one.offset < to && from <= one.offset + MAX_DISTANCE,
    );
    const known = problems[index];
    if (known === undefined)
      problems.push({ kind: 'changed', segment: name, offset: from, sequence: null, through: null, reason: where });
    else problems[index] = { ...known, reason: where };
  }
}

/** A record that ends in a bad block begins at most so far before it. */
const MAX_DISTANCE = 1024 * 1024 + 64;
