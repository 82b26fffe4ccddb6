import { setImmediate } from 'node:timers/promises';
import { required } from '#domain/base/assert-never.ts';
import type { Instant } from '#domain/base/instant.ts';
import { evolve } from '#domain/case/evolve.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { Cases, KeptCase } from '#host/ports/cases.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';
import { ResumeFiles, type CommandsMark } from './resume-files.ts';
import { decodeResume, encodeResume, wordsOf } from './resume-point.ts';
import { FOLD_VERSION } from './snapshot.ts';

/** Two days of a district, and less than a second of folding at the next start after a crash. */
const RESUME_EVERY_ENTRIES = 50_000;

const NO_COMMANDS: CommandsMark = { bytes: 0, crc: 0 };

/** Everything the host knows right after one entry, so that a start needs only the entries behind it. */
export interface Known {
  readonly sequence: number;
  /** Cases that had been reported until then. */
  readonly total: number;
  readonly cases: readonly KeptCase[];
  /** JSON of whatever was folded out of every entry, by a name; it must not change any more. */
  readonly dumps: Readonly<Record<string, unknown>>;
  /** Words of fingerprints: of commands that began a case, since the last time; and of steps, all that are kept. */
  readonly beginnings: Uint32Array;
  readonly steps: Uint32Array;
}

/** What was known, with the time of the entry it was known after. */
export interface Resumed extends Known {
  readonly recordedAt: Instant;
}

export interface ResumeOptions {
  /** `DATA/resume`. Deleting it costs time, nothing else. */
  readonly folder: string;
  readonly journal: Pick<Journal, 'id' | 'head' | 'readEach' | 'readOnlyReason'>;
  readonly log: Log;
  readonly everyEntries?: number;
  /** Of `evolve`; the program's own unless a test has another. */
  readonly foldVersion?: number;
}

/** Cases that are folded anew at a time. */
const SLICE_CASES = 500;

/**
 * Where a start begins to fold.
 *
 * 1. A point is taken in one go, written in slices, and put in place whole: no command waits for it.
 * 2. It counts only in the journal that has its last entry, and if the program reads its dumps. Anything else is removed, and the
 *    point before it, or the whole journal, is taken. Where `evolve` makes other states now, its cases are folded anew out of
 *    their own entries: an update of the program costs no walk through the archive.
 * 3. Of a damaged journal none is written: what is folded of it is not all.
 */
export class ResumeKeeper {
  readonly #options: ResumeOptions;
  readonly #files: ResumeFiles;
  readonly #every: number;
  #mark = NO_COMMANDS;
  #writtenAt = 0;
  #isWriting = false;
  #writing: Promise<void> = Promise.resolve();
  /** Beginnings that are not in the file yet. */
  #pending: Uint32Array[] = [];

  constructor(options: ResumeOptions) {
    this.#options = options;
    this.#files = new ResumeFiles(options.folder);
    this.#every = options.everyEntries ?? RESUME_EVERY_ENTRIES;
  }

  /** The last point that can be used, with all beginnings; null when everything must be folded. */
  async read(): Promise<Resumed | null> {
    const { log, journal } = this.#options;
    for (const sequence of await this.#files.list()) {
      const known = await this.#readPoint(sequence);
      if (typeof known !== 'string') return known;
      // What can't be read now may be read when the disk is well again.
      if (known === 'unreadable') log.warn('resume point unreadable', { sequence });
      else {
        log.warn('resume point removed', { sequence, reason: known });
        if (journal.readOnlyReason() === null) await this.#files.remove(sequence);
      }
    }
    return null;
  }

  /**
   * Takes a point from now and then on, and at the end. `take` is called after a change is folded everywhere; `before`
   * brings to the disk what a start from the point takes for granted.
   */
  follow(
    cases: Pick<Cases, 'sequence' | 'onChanged'>,
    take: () => Known,
    before: () => Promise<void>,
  ): () => Promise<void> {
    const stop = cases.onChanged((_changes, sequence) => {
      if (this.#isWriting || sequence < this.#writtenAt + this.#every) return;
      // When every other listener has folded the change, too.
      queueMicrotask(() => void this.#write(take(), before));
    });
    return async () => {
      stop();
      await this.#writing;
      if (cases.sequence() > this.#writtenAt) await this.#write(take(), before);
    };
  }

  #write(known: Known, before: () => Promise<void>): Promise<void> {
    this.#pending.push(known.beginnings);
    if (this.#isWriting || this.#options.journal.readOnlyReason() !== null) return this.#writing;
    this.#isWriting = true;
    this.#writtenAt = known.sequence;
    this.#writing = this.#writePoint(known, before)
      .catch((cause: unknown) => {
        const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
        this.#options.log.warn('resume point not written', { sequence: known.sequence, reason });
      })
      .finally(() => (this.#isWriting = false));
    return this.#writing;
  }

  async #writePoint({ sequence, total, cases, dumps, steps }: Known, before: () => Promise<void>): Promise<void> {
    const { journal, log } = this.#options;
    const [entry] = await journal.readEach([sequence]);
    const { hash } = required(entry, 'the journal has what was folded');
    await before();
    for (let words = this.#pending[0]; words !== undefined; words = this.#pending[0]) {
      const added = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
      this.#mark = await this.#files.addCommands(this.#mark, added);
      this.#pending.shift();
    }
    const { foldVersion = FOLD_VERSION } = this.#options;
    const head = { foldVersion, journalId: journal.id, sequence, hash, total, commands: this.#mark };
    const bytes = await encodeResume({ head, cases, dumps, steps }, () => setImmediate());
    await this.#files.write(sequence, bytes);
    log.debug('resume point written', { sequence, bytes: bytes.length });
  }

  async #readPoint(sequence: number): Promise<Resumed | string> {
    const { journal } = this.#options;
    if (sequence > journal.head().sequence) return 'other_journal';
    try {
      const resume = await decodeResume(await this.#files.read(sequence), journal.id, () => setImmediate());
      if (typeof resume === 'string') return resume;
      const { head, cases, dumps, steps } = resume;
      const [entry] = await journal.readEach([sequence]);
      if (entry?.hash !== head.hash || head.sequence !== sequence) return 'other_journal';
      const commands = await this.#files.readCommands(head.commands);
      if (commands === null) return 'damaged';
      const states = head.foldVersion === (this.#options.foldVersion ?? FOLD_VERSION) ? cases : await this.#anew(cases);
      this.#mark = head.commands;
      this.#writtenAt = sequence;
      const { total } = head;
      const beginnings = wordsOf(commands);
      return { sequence, recordedAt: entry.at, total, cases: states, dumps, steps, beginnings };
    } catch {
      return 'unreadable';
    }
  }

  async #anew(cases: readonly KeptCase[]): Promise<readonly KeptCase[]> {
    const { journal, log } = this.#options;
    const folded: KeptCase[] = [];
    for (let at = 0; at < cases.length; at += SLICE_CASES) {
      const slice = cases.slice(at, at + SLICE_CASES);
      const sequences = new Set(slice.flatMap((kept) => kept.sequences));
      const states = new Map<string, CaseState>();
      const wanted = new Set(slice.map(({ state }) => state.id));
      for (const { events } of await journal.readEach([...sequences].sort((a, b) => a - b))) {
        for (const event of events) {
          if (wanted.has(event.caseId)) states.set(event.caseId, evolve(states.get(event.caseId), event));
        }
      }
      for (const { state, sequences } of slice) {
        folded.push({ state: required(states.get(state.id), 'a kept case has entries'), sequences });
      }
    }
    log.info('cases of the resume point folded anew', { cases: folded.length });
    return folded;
  }
}
