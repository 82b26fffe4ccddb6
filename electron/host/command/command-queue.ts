import type { WireError } from '#contract/errors.ts';
import { required } from '#domain/base/assert-never.ts';
import { instant, type Instant } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import { casesNamedBy, type CaseCommand } from '#domain/case/commands.ts';
import { decide } from '#domain/case/decide.ts';
import type { DecideContext } from '#domain/case/decision.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { CaseChanged } from '#host/ports/cases.ts';
import { ProjectionUnavailable } from '#host/ports/projection.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Commands, Recorded } from '#host/ports/commands.ts';
import type { AppendFailure, Entry, Journal, NewEntry } from '#host/ports/journal.ts';
import type { Receipts } from './receipts.ts';

/** What the queue folds into; see host/cases. */
export interface FoldedCases {
  resident(id: string): CaseState | undefined;
  /** Not in memory, but perhaps in the archive. */
  mayBeElsewhere(id: string): boolean;
  /** Brings a case into memory. @throws ProjectionUnavailable */
  load(id: string): Promise<CaseState | undefined>;
  /** A case as it was after an entry. @throws ProjectionUnavailable */
  folded(id: string, sequence: number): Promise<CaseState | undefined>;
  sequence(): number;
  apply(entry: Entry, decided: readonly CaseState[]): readonly CaseState[];
  publish(changes: readonly CaseChanged[]): void;
}

export interface CommandQueueOptions {
  readonly journal: Journal;
  readonly cases: FoldedCases;
  readonly receipts: Receipts;
  readonly clock: Clock;
  /** Everything `decide` needs but the time, with the tables in force; asked once per batch. */
  readonly reference: () => Omit<DecideContext, 'now'>;
  /** Versions of the tables behind `reference`, named in every entry: one object until a table changes. */
  readonly tables: () => Readonly<Record<string, string>>;
  /** Recorded time of the journal's last entry, 0 for an empty journal. */
  readonly lastRecordedAt: number;
  /** Told of every entry, after it is recorded and before anybody else hears of it. */
  readonly onRecorded?: (entry: Entry) => void;
}

type Outcome = Result<Recorded, WireError>;

interface Waiting {
  readonly command: CaseCommand;
  readonly settle: (outcome: Outcome) => void;
}

/** What is decided and recorded together, on the way to the disk. */
interface Flight {
  readonly commands: readonly Waiting[];
  /** Recorded time of its entries. */
  readonly now: Instant;
  /** The journal's last sequence once it is recorded. */
  readonly end: number;
  /** Commands that were accepted, in order, with what the journal gets and the states of the entry's cases after it. */
  readonly accepted: readonly Waiting[];
  readonly entries: readonly NewEntry[];
  readonly states: readonly (readonly CaseState[])[];
  /** Answers that rest on what is decided here and before, and go out when that is durable. */
  readonly later: readonly (() => void)[];
  readonly appended: Promise<Result<readonly Entry[], AppendFailure>>;
  /** Latest states of its cases. */
  readonly tentative: ReadonlyMap<string, CaseState>;
  /** Ids of the commands accepted. */
  readonly ids: ReadonlySet<string>;
}

/** A batch of the journal (live-and-storage.md §1.2). */
const BATCH_COMMANDS = 1_000;

/**
 * From twice so many waiting commands on, half of them go on their way first, so that the others are decided and encoded
 * while these are synced. Fewer share one sync: splitting them would cost more than it gains.
 */
const HALF_COMMANDS = 64;

/** While a flight is under way, so many commands are decided before the host sees to other things. */
const COMMANDS_A_TURN = 32;

/** More than this many waiting commands are answered `busy`. */
const WAITING_LIMIT = 20_000;

/**
 * The single writer. What waits is decided in order on a tentative state and shares one write and one sync
 * (architecture.md §7, 3).
 * 1. At most two flights are under way: one that is synced, and one decided on the state after it.
 * 2. A flight is folded, heard of and answered after its sync, and after all before it. That goes for its refusals too.
 * 3. A command that names a case of the archive, or that may have been recorded long ago, waits aside until both are looked up;
 *    others go ahead of it.
 * 4. When a flight fails, its commands are refused, and its tentative state is dropped with all that was decided on it: the
 *    commands of the flight behind it wait again, before all others, and are decided anew.
 */
export class CommandQueue implements Commands {
  readonly #options: CommandQueueOptions;
  #waiting: Waiting[] = [];
  /** Commands whose cases or receipts are to be looked up, and how many of them are on their way. */
  #aside: Waiting[] = [];
  #asideCount = 0;
  /** Oldest first. */
  #flights: Flight[] = [];
  #isRunning = false;
  #isClosed = false;
  #lastRecordedAt: number;
  readonly #idle: (() => void)[] = [];

  constructor(options: CommandQueueOptions) {
    this.#options = options;
    this.#lastRecordedAt = options.lastRecordedAt;
  }

  submit(command: CaseCommand): Promise<Outcome> {
    if (this.#isClosed) return Promise.resolve(refused({ code: 'unavailable', detail: { part: 'host' } }));
    if (this.#waiting.length + this.#asideCount >= WAITING_LIMIT) return Promise.resolve(refuse('busy'));
    return new Promise((settle) => this.#take({ command, settle }));
  }

  async wouldAccept(command: CaseCommand): Promise<Result<'new' | 'repeat', WireError>> {
    const { cases, receipts } = this.#options;
    if (!this.#isAtHand(command)) {
      await this.#lookUp([command]);
      const missing = await this.#loadCasesOf(command);
      if (missing !== null) return refused(missing);
    }
    if (receipts.repeat(command.id) !== undefined) return ok('repeat');
    const world = { caseById: (id: string) => cases.resident(id) };
    const decided = decide(world, command, {
      ...this.#options.reference(),
      newCaseId: () => 'dry-run',
      now: this.#now(),
    });
    return decided.ok ? ok('new') : decided;
  }

  drained(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Takes nothing more; resolves when what waits is recorded or refused. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.drained();
  }

  #isIdle(): boolean {
    return !this.#isRunning && this.#asideCount === 0;
  }

  #tellIfIdle(): void {
    if (this.#isIdle()) this.#idle.splice(0).forEach((resolve) => resolve());
  }

  #take(waiting: Waiting): void {
    if (this.#isAtHand(waiting.command)) {
      this.#waiting.push(waiting);
      this.#start();
      return;
    }
    this.#asideCount += 1;
    this.#aside.push(waiting);
    // What is submitted together is looked up together.
    if (this.#aside.length === 1) queueMicrotask(() => void this.#bringToHand(this.#aside.splice(0)));
  }

  async #bringToHand(all: readonly Waiting[]): Promise<void> {
    const lookedUp = this.#lookUp(all.map(({ command }) => command));
    lookedUp.catch(() => {});
    await Promise.all(
      all.map(async (waiting) => {
        const missing = await lookedUp
          .then(() => this.#loadCasesOf(waiting.command))
          // The journal cannot be read there: it is damaged, and has said so.
          .catch((): WireError => ({ code: 'journal_read_only', detail: {} }));
        this.#asideCount -= 1;
        if (missing !== null) return waiting.settle(refused(missing));
        this.#waiting.push(waiting);
        this.#start();
      }),
    );
    this.#tellIfIdle();
  }

  #start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    // A microtask later, so that commands submitted together share the first batch too.
    queueMicrotask(() => void this.#run());
  }

  async #run(): Promise<void> {
    try {
      await this.#work();
    } catch (cause) {
      const lost = [...this.#flights.splice(0).flatMap(({ commands }) => commands), ...this.#waiting.splice(0)];
      for (const { settle } of lost) settle(refuse('internal'));
      this.#isRunning = false;
      throw new Error('a batch of commands failed', { cause });
    }
  }

  /** Until nothing waits; says so in the same moment, since a command that comes later must start the work anew. */
  async #work(): Promise<void> {
    for (;;) {
      const count = this.#countToLaunch();
      if (count > 0) {
        await this.#launch(this.#waiting.splice(0, count));
        if (this.#countToLaunch() > 0) await turn();
        continue;
      }
      const oldest = this.#flights[0];
      if (oldest === undefined) {
        this.#isRunning = false;
        this.#tellIfIdle();
        return;
      }
      await this.#land(oldest);
      // Those who were answered may submit again while the next flight is synced.
      if (this.#flights.length > 0) await turn();
    }
  }

  /** How many of the waiting commands go on their way now. */
  #countToLaunch(): number {
    const { length } = this.#waiting;
    if (this.#flights.length === 0) return Math.min(BATCH_COMMANDS, length < 2 * HALF_COMMANDS ? length : length >> 1);
    return this.#flights.length === 1 && length >= HALF_COMMANDS ? Math.min(BATCH_COMMANDS, length) : 0;
  }

  async #launch(commands: readonly Waiting[]): Promise<void> {
    try {
      this.#flights.push(await this.#decide(commands));
    } catch (cause) {
      for (const { settle } of commands) settle(refuse('internal'));
      // What is under way was decided without fault.
      for (const flight of [...this.#flights]) await this.#land(flight);
      throw cause;
    }
  }

  async #decide(commands: readonly Waiting[]): Promise<Flight> {
    const { journal, cases, receipts, reference, tables } = this.#options;
    const before = this.#flights.at(-1);
    const now = this.#now();
    const versions = tables();
    const context = { ...reference(), now };
    const tentative = new Map<string, CaseState>();
    const ids = new Set<string>();
    const world = {
      caseById: (id: string) => tentative.get(id) ?? before?.tentative.get(id) ?? cases.resident(id),
    };
    const accepted: Waiting[] = [];
    const entries: NewEntry[] = [];
    const statesOfEntries: (readonly CaseState[])[] = [];
    const later: (() => void)[] = [];

    for (let index = 0; index < commands.length; index += 1) {
      // The disk's answers are heard meanwhile: what was written must be synced at once.
      if (before !== undefined && index % COMMANDS_A_TURN === COMMANDS_A_TURN - 1) await turn();
      const waiting = required(commands[index], 'the index is below the length');
      const { command, settle } = waiting;
      const first = receipts.repeat(command.id);
      if (first !== undefined) {
        later.push(() => settle(ok(first)));
        continue;
      }
      if (ids.has(command.id) || before?.ids.has(command.id) === true) {
        later.push(() => settle(this.#repeated(command.id)));
        continue;
      }
      const result = decide(world, command, context);
      if (!result.ok) {
        later.push(() => settle(result));
        continue;
      }
      const states = statesAfter(result.value, world.caseById);
      for (const state of states) tentative.set(state.id, state);
      ids.add(command.id);
      accepted.push(waiting);
      entries.push({
        at: now,
        commandId: command.id,
        actor: command.recordedBy ?? command.actor.id,
        events: result.value,
        tables: versions,
      });
      statesOfEntries.push(states);
    }

    const expected = before?.end ?? journal.head().sequence;
    const appended = entries.length === 0 ? NOTHING_APPENDED : journal.append(entries, expected);
    // It is waited for when the flight lands, which may be after it failed.
    appended.catch(() => {});
    const end = expected + entries.length;
    return { commands, now, end, accepted, entries, states: statesOfEntries, later, appended, tentative, ids };
  }

  /** Waits for the oldest flight. */
  async #land(flight: Flight): Promise<void> {
    const appended = await flight.appended;
    if (!appended.ok) {
      const { error } = appended;
      const [, ...doomed] = this.#flights.splice(0);
      for (const { settle } of flight.commands) settle(refuse(codeOf[error]));
      await Promise.allSettled(doomed.map((behind) => behind.appended));
      this.#waiting.unshift(...doomed.flatMap(({ commands }) => commands));
      return;
    }
    this.#fold(flight, appended.value);
    this.#flights.shift();
    if (flight.entries.length > 0) this.#lastRecordedAt = flight.now;
    for (const settle of flight.later) settle();
  }

  #fold({ accepted, states }: Flight, entries: readonly Entry[]): void {
    const { cases, receipts, onRecorded } = this.#options;
    const changes: CaseChanged[] = [];
    const recorded: Recorded[] = [];
    for (let index = 0; index < accepted.length; index += 1) {
      const entry = required(entries[index], 'the journal returns one entry for each it was given');
      onRecorded?.(entry);
      const changed = cases.apply(entry, required(states[index], 'every entry was decided'));
      for (const state of changed) changes.push({ sequence: entry.sequence, state });
      recorded.push(receipts.record(entry, required(changed.at(-1), 'an entry changes a case').state));
    }
    if (changes.length > 0) cases.publish(changes);
    for (let index = 0; index < accepted.length; index += 1) {
      accepted[index]?.settle(ok(required(recorded[index], 'every entry has a receipt')));
    }
  }

  #repeated(commandId: string): Outcome {
    const first = this.#options.receipts.repeat(commandId);
    return first === undefined ? refuse('internal') : ok(first);
  }

  #isAtHand({ id, body }: CaseCommand): boolean {
    const { cases, receipts } = this.#options;
    if (casesNamedBy(body).some((caseId) => cases.mayBeElsewhere(caseId))) return false;
    return receipts.repeat(id) !== undefined || receipts.suspects(id).length === 0;
  }

  /** Makes receipts ready that the journal may have. */
  #lookUp(commands: readonly CaseCommand[]): Promise<void> {
    const { cases, journal, receipts } = this.#options;
    const ids = commands.map(({ id }) => id);
    return receipts.lookUp(
      ids,
      (sequences) => journal.readEach(sequences),
      (id, sequence) => cases.folded(id, sequence),
    );
  }

  /** Brings the cases that a command names into memory; says why it can't. */
  async #loadCasesOf({ body }: CaseCommand): Promise<WireError | null> {
    try {
      for (const id of casesNamedBy(body)) await this.#options.cases.load(id);
      return null;
    } catch (cause) {
      if (cause instanceof ProjectionUnavailable) return { code: 'archive_unavailable', detail: {} };
      throw cause;
    }
  }

  /** Held at the last entry if the machine's clock goes back (live-and-storage.md JN11). */
  #now(): Instant {
    return instant(Math.max(this.#options.clock.now(), this.#flights.at(-1)?.now ?? this.#lastRecordedAt));
  }
}

const NOTHING_APPENDED: Flight['appended'] = Promise.resolve(ok([]));

/** Lets what else waits for the host run: answers of the disk, and new commands. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const codeOf = {
  conflict: 'busy',
  full: 'journal_full',
  read_only: 'journal_read_only',
  too_large: 'bad_input',
} as const satisfies Record<AppendFailure, WireError['code']>;

function refuse(code: WireError['code']): Result<never, WireError> {
  return refused({ code, detail: {} });
}
