import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CaseState } from '#domain/case/state.ts';
import { DispatchRecord, type DispatchRecordDump } from '#domain/dispatch/dispatch-record.ts';
import type { AreaIndex } from '#domain/grid/district.ts';
import { factsOfCase } from '#domain/same-cause/facts.ts';
import { EarlyWarnings, type EarlyWarningsDump } from '#domain/warnings/early-warnings.ts';
import { CaseMemory } from './cases/case-memory.ts';
import { CaseNumbers } from './cases/case-numbers.ts';
import { foldJournal, tellMissing, type Folded } from './cases/fold-journal.ts';
import { ProjectionFeed } from './cases/projection-feed.ts';
import { Receipts } from './command/receipts.ts';
import { ResumeKeeper } from './history/open-resume.ts';
import { ReporterRefs, type Revealed } from './people/reporter-refs.ts';
import type { Clock } from './ports/clock.ts';
import type { HealthFacts } from './ports/health.ts';
import type { BareEntry, Entry, Journal } from './ports/journal.ts';
import type { Log } from './ports/log.ts';
import type { People, RecordedRefs } from './ports/people.ts';
import { ProjectionUnavailable, type Projection } from './ports/projection.ts';
import { CaseNeighbors } from './same-cause/same-cause.ts';

/** Ended cases that are in memory after a start: who acts on a case that has just ended finds it at once. */
const ENDED_AT_START = 2_000;

/** Open cases that the search for duplicates takes in at a time. */
const PAGE = 500;

export interface MemoryOptions {
  readonly dataFolder: string;
  readonly journal: Journal;
  readonly projection: Projection;
  readonly people: People;
  readonly areas: () => Pick<AreaIndex, 'path'>;
  /** The bundled walk-worker.ts. */
  readonly walkWorkerFile: string;
  /** Codes of the units that manage a case's place, district first. */
  readonly unitsOver: (state: CaseState) => readonly string[];
  readonly clock: Clock;
  readonly health: HealthFacts;
  readonly log: Log;
}

/** All that is folded out of the journal and lies in memory. */
export interface Memory {
  readonly cases: CaseMemory;
  readonly numbers: CaseNumbers;
  readonly receipts: Receipts;
  readonly dispatchRecord: DispatchRecord;
  readonly warnings: EarlyWarnings;
  readonly reporters: ReporterRefs;
  readonly sameCause: CaseNeighbors;
  readonly rows: ProjectionFeed;
  /** Time of the last entry, 0 for an empty journal. */
  readonly lastRecordedAt: number;
  /** To be told of each entry that is recorded from now on. */
  recorded(entry: Entry): void;
  /** Takes in what the archive has, once it can be asked; never rejects. */
  begin(): void;
  /** Leaves a point behind from which the next start goes on. */
  close(): Promise<void>;
}

interface Dumps {
  readonly numbers: ReturnType<CaseNumbers['dump']>;
  readonly dispatchRecord: DispatchRecordDump;
  readonly warnings: EarlyWarningsDump;
  readonly reveals: readonly Revealed[];
}

/**
 * Folds the journal into memory, from where the last resume point is. After that the desk can be worked at; what needs the
 * archive comes after {@link Memory.begin}.
 */
export async function openMemory(options: MemoryOptions): Promise<Memory> {
  const { dataFolder, journal, projection, people, unitsOver, clock, health, log } = options;
  const numbers = new CaseNumbers();
  const cases = new CaseMemory(journal, {
    mayHave: (id) => numbers.wasGiven(id),
    sequencesOf: (id) => projection.sequencesOf(id),
  });
  const rows = new ProjectionFeed({
    dataFolder,
    journal,
    cases,
    areas: options.areas,
    walkWorkerFile: options.walkWorkerFile,
    log,
  });
  const receipts = new Receipts();
  const dispatchRecord = new DispatchRecord();
  const warnings = new EarlyWarnings();
  const sameCause = new CaseNeighbors({ clock });
  const resume = new ResumeKeeper({ folder: join(dataFolder, 'resume'), journal, log });

  const known = await resume.read();
  const begin = known?.sequence ?? 0;
  const reporters = new ReporterRefs(Math.min(begin, people.settledUpTo() ?? begin));
  if (known !== null) {
    // Plain data of this very program: the checksum says that it is as it was written, the versions that it is meant alike.
    const dumps = known.dumps as unknown as Dumps;
    cases.restore(known.sequence, known.total, known.cases);
    receipts.restore(known);
    numbers.restore(dumps.numbers);
    dispatchRecord.restore(dumps.dispatchRecord);
    warnings.restore(dumps.warnings);
    reporters.restore(dumps.reveals);
  }
  const note = (state: CaseState) => {
    if (dispatchRecord.isWanted(state)) dispatchRecord.note(state, unitsOver(state));
    // By management, not by the net: dispatch and scoring use the managing township (domain.md §1, 10).
    if (warnings.isWanted(state)) warnings.note(state, unitsOver(state)[1] ?? null);
  };
  // Behind a point nothing is left to tell, unless the store was put back from an older backup.
  for await (const entry of named(journal, people.settledUpTo(), begin)) reporters.note(entry);
  const from = begin + 1;
  const head = journal.head().sequence;
  const onProgress = (sequence: number) => log.info('folding the journal', { sequence, head });
  const folded = await foldJournal({ journal, cases, numbers, from, onProgress }, (entry, state) => {
    receipts.note(entry);
    reporters.note(entry);
    if (state !== undefined) note(state);
  });
  tellMissing(folded, health);
  log.info('journal folded', { from, to: cases.sequence(), aside: cases.aside });
  // What a crash left between store and journal; where the journal can't be read to its end, nobody knows what is meant.
  if (journal.readOnlyReason() === null) await tellPeople(reporters, (named) => people.keepOnly(named));

  sameCause.follow(cases);
  cases.onChanged((changes, sequence) => {
    for (const { state } of changes) note(state);
    const states = new Map(changes.map(({ state }) => [state.id, state]));
    projection.apply(
      [...states.values()].map((state) => rows.rowOf(state)),
      sequence,
    );
  });

  const take = () => {
    const { open, ended } = cases.kept(ENDED_AT_START);
    const dumps: Dumps = {
      numbers: numbers.dump(),
      dispatchRecord: dispatchRecord.dump(clock.now()),
      warnings: warnings.dump(),
      reveals: reporters.reveals(clock.now()),
    };
    const { total } = cases.counts();
    return { sequence: cases.sequence(), total, cases: [...ended, ...open], dumps: { ...dumps }, ...receipts.dump() };
  };
  const leave = resume.follow(cases, take, async () => {
    const told = await tellPeople(reporters, (named) => people.settle(named));
    if (!told.ok) throw new Error(told.error);
  });
  const end = new AbortController();
  let filling: Promise<void> = Promise.resolve();
  const memory = { cases, numbers, receipts, dispatchRecord, warnings, reporters, sameCause, rows };
  return {
    ...memory,
    lastRecordedAt: Math.max(folded.lastRecordedAt, known?.recordedAt ?? 0),
    recorded: (entry) => reporters.note(entry),
    begin: () => {
      projection.markComplete(cases.sequence());
      filling = takeInArchive(options, memory, folded, end.signal);
    },
    close: async () => {
      end.abort();
      await filling;
      await leave();
    },
  };
}

/** Entries behind the one that the side store was told of last, up to and with another. */
async function* named(journal: Journal, settled: number | null, upTo: number): AsyncGenerator<BareEntry, void> {
  if (settled === null || settled >= upTo) return;
  for await (const batch of journal.readAround(settled + 1, () => undefined)) {
    for (const entry of batch) {
      if (entry.sequence > upTo) return;
      yield entry;
    }
  }
}

/** Brings the side store to what entries say that were folded since it was last told; what it can't do it is told again. */
async function tellPeople(reporters: ReporterRefs, tell: (named: RecordedRefs) => ReturnType<People['settle']>) {
  const named = reporters.take();
  try {
    const told = await tell(named);
    if (!told.ok) reporters.giveBack(named);
    return told;
  } catch (cause) {
    reporters.giveBack(named);
    throw cause;
  }
}

/** What is not needed for work on open cases: cases of the archive that changed at the end, and old ones for duplicates. */
async function takeInArchive(
  { projection, health, log }: MemoryOptions,
  { cases, sameCause }: Pick<Memory, 'cases' | 'sameCause'>,
  folded: Folded,
  signal: AbortSignal,
): Promise<void> {
  const pause = async () => {
    await setImmediate();
    signal.throwIfAborted();
  };
  try {
    await sameCause.fill(pagesOf(cases.openStates()), pause);
    for (;;) {
      await becomesReady(projection, signal);
      try {
        const missing = await cases.bringBack();
        if (missing.size > 0) tellMissing({ ...folded, cutOff: new Set([...folded.cutOff, ...missing]) }, health);
        await sameCause.fill(projection.endedSince(sameCause.oldest()), pause);
        return sameCause.filled();
      } catch (cause) {
        if (!(cause instanceof ProjectionUnavailable)) throw cause;
      }
    }
  } catch (cause) {
    if (signal.aborted) return;
    log.error('archive not taken in', { reason: cause instanceof Error ? cause.name : 'unknown' });
  }
}

function* pagesOf(states: readonly CaseState[]) {
  for (let at = 0; at < states.length; at += PAGE) yield states.slice(at, at + PAGE).map(factsOfCase);
}

/** @throws the signal's reason when it is aborted first */
function becomesReady(projection: Projection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      if (!signal.aborted && projection.status().state !== 'ready') return;
      stop();
      signal.removeEventListener('abort', settle);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const stop = projection.onStatus(settle);
    signal.addEventListener('abort', settle);
    settle();
  });
}
