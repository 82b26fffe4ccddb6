import type { JournalProblem, JournalReport } from '#contract/health.ts';
import type { Head } from '#host/ports/journal.ts';
import type { Anchor } from '#host/ports/verification.ts';
import type { JournalFiles } from './journal-files.ts';
import { mostNamedId } from './open-segments.ts';
import { SEGMENT_HEAD_BYTES } from './segment-head.ts';
import { isPacked, openSegment } from './segment-files.ts';
import { listSegments, type SegmentFile } from './segments.ts';
import { checkSegment, MAX_PROBLEMS, missing } from './verify-segment.ts';

export interface VerifyRequest {
  readonly files: JournalFiles;
  readonly folder: string;
  /** Null: the one that most segments name. */
  readonly journalId: string | null;
  /** Where the journal ends; null: where its last segment does. */
  readonly head: Head | null;
  /** The segment being written to, and where its acknowledged records end; null when nothing is written. */
  readonly active: { readonly name: string; readonly end: number } | null;
  readonly anchors?: readonly Anchor[];
  /** Told of each entry that is whole and in its place, with its JSON, whose bytes are reused afterwards. */
  readonly onEntry?: (head: Head, body: Buffer) => void;
}

/** Walks every segment from the disk: heads, checksums, sequences, links, hashes. Goes on behind a problem. Writes nothing. */
export async function verifySegments(request: VerifyRequest): Promise<JournalReport> {
  const found = (await listSegments(request.files, request.folder)).filter((file) => !isBehind(file, request));
  const verification = new Verification(request, found);
  for (const [index, file] of found.entries()) await verification.segment(file, found[index + 1]);
  return verification.report();
}

/** The sequence that comes next and the hash before it; null: not known. */
interface Position {
  readonly sequence: number;
  readonly prev: string | null;
  /** The last problem, if nothing whole was found behind it: the entries up to the next that is found are its. */
  readonly openEnd: JournalProblem | null;
  /** Whether the segment before says of itself that it is whole. */
  readonly isProvenWhole: boolean;
}

class Verification {
  readonly #request: VerifyRequest;
  readonly #journalId: string;
  readonly #found: readonly SegmentFile[];
  readonly #problems: JournalProblem[] = [];
  readonly #anchors: readonly Anchor[];
  #nextAnchor = 0;
  #position: Position;
  #entries = 0;
  #last: Head;

  constructor(request: VerifyRequest, found: readonly SegmentFile[]) {
    this.#request = request;
    this.#found = found;
    this.#journalId = request.journalId ?? mostNamedId(found);
    this.#position = { sequence: 1, prev: this.#journalId, openEnd: null, isProvenWhole: false };
    this.#last = { sequence: 0, hash: this.#journalId };
    this.#anchors = [...(request.anchors ?? [])].sort((a, b) => a.sequence - b.sequence);
    this.#checkAnchors(this.#last);
  }

  async segment(file: SegmentFile, next: SegmentFile | undefined): Promise<void> {
    const { head } = file;
    const problem = this.#headProblem(file);
    if (problem !== null) this.#problems.push(problem);
    const follows = problem === null ? this.#position.prev : null;
    const nextSequence = next?.firstSequence ?? file.firstSequence;
    if (problem?.kind === 'foreign') {
      const openEnd = this.#closeEnd(problem, next);
      this.#position = { sequence: nextSequence, prev: null, openEnd, isProvenWhole: false };
      return;
    }
    const isMisplaced = typeof head !== 'string' && head.firstSequence !== file.firstSequence;
    const start = {
      sequence: typeof head === 'string' ? file.firstSequence : head.firstSequence,
      prev: typeof head === 'string' ? follows : head.prev,
    };
    const end = await this.#walk(file, start);
    if (isMisplaced) this.#position = { sequence: nextSequence, prev: null, openEnd: null, isProvenWhole: false };
    else this.#position = { ...end, isProvenWhole: isPacked(file) && typeof head !== 'string' };
  }

  report(): JournalReport {
    const { head } = this.#request;
    const { sequence, prev, openEnd } = this.#position;
    const end = { segment: this.#found.at(-1)?.name ?? '', offset: 0 };
    if (head !== null && sequence - 1 < head.sequence) {
      if (openEnd !== null) this.#extend(openEnd, head.sequence);
      else {
        const reason = missing(sequence, head.sequence);
        this.#problems.push({ ...end, kind: 'cut', sequence, through: head.sequence, reason });
      }
    } else if (head !== null && this.#problems.length === 0 && prev !== head.hash) {
      const reason = 'the last hash is not that of the head';
      this.#problems.push({ ...end, kind: 'changed', sequence: head.sequence, through: head.sequence, reason });
    }
    for (const anchor of this.#anchors.slice(this.#nextAnchor)) {
      if (anchor.sequence < sequence || this.#problems.some(({ kind }) => kind === 'cut')) continue;
      const reason = `${missing(sequence, anchor.sequence)}: ${anchor.from} knows them`;
      this.#problems.push({ ...end, kind: 'cut', sequence, through: anchor.sequence, reason });
    }
    return {
      ok: this.#problems.length === 0,
      journalId: this.#journalId,
      entries: this.#entries,
      segments: this.#found.length,
      packed: this.#found.filter((file) => isPacked(file)).length,
      sequence: this.#last.sequence,
      head: this.#last.hash,
      problems: this.#problems.slice(0, MAX_PROBLEMS),
    };
  }

  async #walk(file: SegmentFile, start: { readonly sequence: number; readonly prev: string | null }) {
    const { files, active } = this.#request;
    const opened = await openSegment(files, { path: file.path, index: null });
    try {
      const end = active?.name === file.name ? active.end : await opened.size();
      const offset = Math.min(SEGMENT_HEAD_BYTES, end);
      return await checkSegment({
        ...{ name: file.name, file: opened, end, problems: this.#problems },
        start: { offset, ...start },
        visit: (head, body) => this.#visit(head, body),
      });
    } finally {
      await opened.close();
    }
  }

  #visit(head: Head, body: Buffer): void {
    this.#entries += 1;
    this.#last = head;
    const anchor = this.#anchors[this.#nextAnchor];
    if (anchor !== undefined && anchor.sequence <= head.sequence) this.#checkAnchors(head);
    this.#request.onEntry?.(head, body);
  }

  #checkAnchors(head: Head): void {
    for (let anchor = this.#anchors[this.#nextAnchor]; anchor !== undefined; anchor = this.#anchors[this.#nextAnchor]) {
      if (anchor.sequence > head.sequence) return;
      this.#nextAnchor += 1;
      if (anchor.sequence < head.sequence || anchor.hash === head.hash) continue;
      const { sequence, from } = anchor;
      const reason = `entry ${sequence} is not the one that ${from} knows`;
      this.#problems.push({ kind: 'changed', segment: '', offset: 0, sequence, through: sequence, reason });
    }
  }

  #headProblem({ name, firstSequence, head }: SegmentFile): JournalProblem | null {
    const at = { segment: name, offset: 0, sequence: firstSequence, through: null };
    const expected = this.#position;
    if (typeof head === 'string') {
      return { ...at, kind: head.endsWith('incomplete') ? 'cut' : 'changed', reason: head };
    }
    if (head.journalId !== this.#journalId) {
      return { ...at, kind: 'foreign', reason: 'this file belongs to another journal' };
    }
    if (head.firstSequence !== firstSequence) {
      const reason = `this file holds the entries from ${head.firstSequence} on, its name says otherwise`;
      return { ...at, kind: 'swapped', reason };
    }
    if (firstSequence > expected.sequence) return this.#gapBefore(name, firstSequence);
    if (firstSequence < expected.sequence || (expected.prev !== null && expected.prev !== head.prev)) {
      const kind = firstSequence < expected.sequence ? 'doubled' : 'changed';
      return { ...at, kind, reason: 'the segment does not follow the one before it' };
    }
    return null;
  }

  /** Entries between the last that was found and the first of this file. */
  #gapBefore(segment: string, firstSequence: number): JournalProblem | null {
    const { sequence, openEnd, isProvenWhole } = this.#position;
    if (openEnd !== null) {
      this.#extend(openEnd, firstSequence - 1);
      return null;
    }
    const kind = isProvenWhole || sequence === 1 ? 'missing_segment' : 'missing';
    const reason = missing(sequence, firstSequence - 1);
    return { kind, segment, offset: 0, sequence, through: firstSequence - 1, reason };
  }

  /** A foreign file stands for the entries up to the next one's. */
  #closeEnd(problem: JournalProblem, next: SegmentFile | undefined): JournalProblem | null {
    if (next === undefined) return problem;
    this.#extend(problem, next.firstSequence - 1);
    return null;
  }

  #extend(problem: JournalProblem, through: number): void {
    const index = this.#problems.findIndex(
      (one) => one.segment === problem.segment && one.offset === problem.offset && one.sequence === problem.sequence,
    );
    const known = this.#problems[index];
    if (known !== undefined) this.#problems[index] = { ...known, through };
  }
}

/** A segment begun since the request is not part of it. */
function isBehind(file: SegmentFile, { active }: VerifyRequest): boolean {
  return active !== null && file.name.slice(0, 12) > active.name.slice(0, 12);
}
