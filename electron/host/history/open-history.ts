import { setImmediate } from 'node:timers/promises';
import { required } from '#domain/base/assert-never.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { HindsightPicture, History, Learnt, PastPicture, Until } from '#host/ports/history.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';
import { Hindsight } from './hindsight.ts';
import { PastCases } from './past-cases.ts';
import { RecordedTimes } from './recorded-times.ts';
import { decodeSnapshot, encodeSnapshot, type Snapshot } from './snapshot.ts';
import { SnapshotFiles, type SnapshotFile } from './snapshot-files.ts';

/** A district writes about 24,000 entries a day: a snapshot a day, and a quarter of a second from it to any moment. */
const SNAPSHOT_EVERY_ENTRIES = 20_000;

/** The host's own snapshots lie a little more than {@link SNAPSHOT_EVERY_ENTRIES} apart; a wider gap is filled. */
const WIDE_GAP = 1.5;

export interface HistoryOptions {
  /** `DATA/snapshots`. Deleting it costs time, nothing else. */
  readonly folder: string;
  readonly journal: Pick<Journal, 'id' | 'head' | 'read' | 'readEvents' | 'readEach'>;
  readonly cases: Pick<Cases, 'counts' | 'openStates' | 'sequence' | 'sequencesOf' | 'onChanged' | 'folded'>;
  readonly log: Log;
  readonly everyEntries?: number;
}

/** Keeps snapshots of what is open while the host works, and makes pictures of the past from them. */
export function openHistory(options: HistoryOptions): History {
  return new SnapshotHistory(options);
}

/**
 * 1. A snapshot is taken in one go out of states that never change, and written in slices: no command waits for it.
 * 2. Where none was written (an older folder, a full disk), the walk to a picture writes those it comes past.
 * 3. A snapshot that is damaged or of another make is removed; the one before it is as good, only farther.
 * 4. One picture at a time. The last one is kept: going on from it costs only the entries between.
 */
class SnapshotHistory implements History {
  readonly #options: HistoryOptions;
  readonly #files: SnapshotFiles;
  readonly #every: number;
  readonly #stop: () => void;
  #lastTaken: Promise<number>;
  #nextAt = 0;
  #isWriting = false;
  #writing: Promise<void> = Promise.resolve();
  #waiting: Promise<unknown> = Promise.resolve();
  #last: PastCases | null = null;
  readonly #hindsight: Hindsight;
  readonly #times: RecordedTimes;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#files = new SnapshotFiles(options.folder);
    this.#every = options.everyEntries ?? SNAPSHOT_EVERY_ENTRIES;
    const { journal, cases } = options;
    this.#hindsight = new Hindsight({ journal, folded: (id, sequence) => cases.folded(id, sequence) });
    this.#times = new RecordedTimes(journal);
    this.#lastTaken = this.#listed().then((files) => files.at(-1)?.sequence ?? 0);
    this.#stop = options.cases.onChanged((_changes, sequence) => this.#takeIfDue(sequence));
  }

  pictureAt(until: Until): Promise<PastPicture> {
    return this.#inTurn(() => this.#make(until));
  }

  hindsightAt(until: Until): Promise<HindsightPicture> {
    return this.#inTurn(async () => {
      const then = await this.#make(until);
      // Before the first entry there is a moment only if one was named.
      const time = 'time' in until ? until.time : then.recordedAt;
      return this.#hindsight.pictureOf(then, time);
    });
  }

  learnSince(until: Until): Promise<Learnt> {
    return this.#inTurn(async () => this.#hindsight.learn((await this.#make(until)).sequence));
  }

  sequencesBefore(times: readonly Instant[], tolerance: number): Promise<readonly number[]> {
    return this.#inTurn(() => this.#times.sequencesBefore(times, tolerance));
  }

  #inTurn<Made>(make: () => Promise<Made>): Promise<Made> {
    const made = this.#waiting.then(make);
    this.#waiting = made.catch(() => {});
    return made;
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#writing;
    await this.#waiting;
  }

  #takeIfDue(sequence: number): void {
    if (this.#isWriting || sequence < this.#nextAt) return;
    const { cases, journal } = this.#options;
    const { total } = cases.counts();
    const open = cases.openStates().map((state) => ({
      state,
      sequence: required(cases.sequencesOf(state.id).at(-1), 'a folded case has an entry'),
    }));
    this.#isWriting = true;
    this.#writing = this.#lastTaken
      .then(async (last) => {
        this.#nextAt = last + this.#every;
        if (sequence < this.#nextAt) return;
        this.#nextAt = sequence + this.#every;
        this.#lastTaken = Promise.resolve(sequence);
        const [entry] = await journal.readEach([sequence]);
        const { hash, at } = required(entry, 'the journal has what was folded');
        await this.#write({ journalId: journal.id, sequence, hash, recordedAt: at, total, open });
      })
      .catch((cause: unknown) => this.#notWritten(sequence, cause))
      .finally(() => (this.#isWriting = false));
  }

  async #make(until: Until): Promise<PastPicture> {
    const { journal, cases } = this.#options;
    const past = await this.#startFor(until);
    this.#last = null;
    let kept = past.sequence;
    const to = 'sequence' in until ? until.sequence : undefined;
    for await (const entry of journal.read(past.sequence + 1, to)) {
      if ('time' in until && entry.at > until.time) break;
      const loaded = new Map<string, CaseState>();
      for (const id of past.missing(entry)) {
        const state = await cases.folded(id, entry.sequence - 1);
        if (state !== undefined) loaded.set(id, state);
      }
      past.apply(entry, loaded);
      if (entry.sequence < kept + this.#every * WIDE_GAP) continue;
      kept = entry.sequence;
      past.forgetEnded();
      await this.#write(past.snapshot()).catch((cause: unknown) => this.#notWritten(entry.sequence, cause));
    }
    this.#last = past;
    return past.picture();
  }

  /** The nearest start before: the last picture, a snapshot, or the beginning. */
  async #startFor(until: Until): Promise<PastCases> {
    const last = this.#last;
    const isBefore = ({ sequence, recordedAt }: { readonly sequence: number; readonly recordedAt: number | null }) =>
      'sequence' in until ? sequence <= until.sequence : (recordedAt ?? -Infinity) <= until.time;
    const files = (await this.#listed()).filter(isBefore);
    for (const file of files.toReversed()) {
      if (last !== null && isBefore(last) && last.sequence >= file.sequence) return last;
      const snapshot = await this.#read(file);
      if (snapshot !== null) return new PastCases(this.#options.journal.id, snapshot);
    }
    return last !== null && isBefore(last) ? last : new PastCases(this.#options.journal.id, null);
  }

  async #read(file: SnapshotFile): Promise<Snapshot | null> {
    const { journal, log } = this.#options;
    const bytes = await this.#files.read(file);
    const snapshot = await decodeSnapshot(bytes, journal.id, () => setImmediate());
    const problem = typeof snapshot === 'string' ? snapshot : await this.#misfit(snapshot);
    if (problem === null && typeof snapshot !== 'string') return snapshot;
    log.warn('snapshot removed', { name: file.name, reason: problem });
    await this.#files.remove(file);
    return null;
  }

  /** A snapshot may be of entries that a restored journal does not have. */
  async #misfit({ sequence, hash }: Snapshot): Promise<'other_journal' | null> {
    try {
      const [entry] = await this.#options.journal.readEach([sequence]);
      return entry?.hash === hash ? null : 'other_journal';
    } catch (cause) {
      if (cause instanceof RangeError) return 'other_journal';
      throw cause;
    }
  }

  async #write(snapshot: Snapshot): Promise<void> {
    const bytes = await encodeSnapshot(snapshot, () => setImmediate());
    await this.#files.write(snapshot, bytes);
    this.#options.log.debug('snapshot written', { sequence: snapshot.sequence, bytes: bytes.length });
  }

  #notWritten(sequence: number, cause: unknown): void {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    this.#options.log.warn('snapshot not written', { sequence, reason });
  }

  async #listed(): Promise<readonly SnapshotFile[]> {
    try {
      return await this.#files.list();
    } catch (cause) {
      this.#notWritten(0, cause);
      return [];
    }
  }
}
