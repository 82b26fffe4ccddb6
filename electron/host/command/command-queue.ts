import type { WireError } from '#contract/errors.ts';
import { required } from '#domain/base/assert-never.ts';
import { instant, type Instant } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { CaseCommand } from '#domain/case/commands.ts';
import { casesNamedBy } from '#domain/case/commands.ts';
import { decide } from '#domain/case/decide.ts';
import type { DecideContext } from '#domain/case/decision.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { CaseChanged } from '#host/ports/cases.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Commands, Recorded } from '#host/ports/commands.ts';
import type { AppendFailure, Entry, Journal, NewEntry } from '#host/ports/journal.ts';
import type { Receipts } from './receipts.ts';

/** What the queue folds into; see host/cases. */
export interface FoldedCases {
  resident(id: string): CaseState | undefined;
  has(id: string): boolean;
  load(id: string): Promise<CaseState | undefined>;
  sequence(): number;
  apply(entry: Entry, decided: readonly CaseState[]): readonly CaseChanged[];
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
}

type Outcome = Result<Recorded, WireError>;

interface Waiting {
  readonly command: CaseCommand;
  readonly settle: (outcome: Outcome) => void;
}

interface Decided {
  readonly waiting: Waiting;
  readonly entry: NewEntry;
  /** States of the entry's cases after it. */
  readonly states: readonly CaseState[];
}

/** A batch of the journal (live-and-storage.md §1.2). */
const BATCH_COMMANDS = 1_000;

/** More than this many waiting commands are answered `busy`. */
const WAITING_LIMIT = 20_000;

/**
 * The single writer. What waits is decided in order on a tentative state and shares one write and one sync; if that
 * fails, the tentative state is dropped and nobody has heard of it. Receipts go out after the sync (architecture.md §7, 3).
 */
export class CommandQueue implements Commands {
  readonly #options: CommandQueueOptions;
  #waiting: Waiting[] = [];
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
    if (this.#waiting.length >= WAITING_LIMIT) return Promise.resolve(refuse('busy'));
    return new Promise((settle) => {
      this.#waiting.push({ command, settle });
      this.#start();
    });
  }

  async wouldAccept(command: CaseCommand): Promise<Result<'new' | 'repeat', WireError>> {
    if (this.#options.receipts.has(command.id)) return ok('repeat');
    await this.#loadCaseOf(command);
    const decided = decide({ caseById: (id) => this.#options.cases.resident(id) }, command, {
      ...this.#options.reference(),
      newCaseId: () => 'dry-run',
      now: this.#now(),
    });
    return decided.ok ? ok('new') : decided;
  }

  drained(): Promise<void> {
    if (!this.#isRunning) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Takes nothing more; resolves when what waits is recorded or refused. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.drained();
  }

  #start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    // A microtask later, so that commands submitted together share the first batch too.
    queueMicrotask(() => void this.#run());
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_COMMANDS);
      try {
        await this.#process(batch);
      } catch (cause) {
        const error = new Error('a batch of commands failed', { cause });
        for (const { settle } of batch) settle(refuse('internal'));
        this.#isRunning = false;
        this.#waiting.splice(0).forEach(({ settle }) => settle(refuse('internal')));
        throw error;
      }
    }
    this.#isRunning = false;
    this.#idle.splice(0).forEach((resolve) => resolve());
  }

  async #process(batch: readonly Waiting[]): Promise<void> {
    const { journal, cases } = this.#options;
    for (const { command } of batch) if (this.#mustLoad(command)) await this.#loadCaseOf(command);

    const tentative = new Map<string, CaseState>();
    const decided: Decided[] = [];
    const later: (() => void)[] = [];
    const ids = new Set<string>();
    const now = this.#now();
    const context = { ...this.#options.reference(), now };
    const tables = this.#options.tables();
    const world = { caseById: (id: string) => tentative.get(id) ?? this.#loaded.get(id) ?? cases.resident(id) };

    for (const waiting of batch) {
      const { command, settle } = waiting;
      const first = this.#options.receipts.repeat(command.id);
      if (first !== undefined) {
        later.push(() => settle(ok(first)));
        continue;
      }
      if (ids.has(command.id)) {
        later.push(() => settle(this.#repeated(command.id)));
        continue;
      }
      const result = decide(world, command, context);
      if (!result.ok) {
        later.push(() => settle(result));
        continue;
      }
      ids.add(command.id);
      const states = statesAfter(result.value, world.caseById);
      for (const state of states) tentative.set(state.id, state);
      const entry = {
        at: now,
        commandId: command.id,
        actor: command.actor.id,
        events: result.value,
        tables,
      };
      decided.push({ waiting, entry, states });
    }
    this.#loaded.clear();

    if (decided.length > 0) {
      const appended = await journal.append(
        decided.map(({ entry }) => entry),
        journal.head().sequence,
      );
      if (!appended.ok) {
        for (const { settle } of batch) settle(refuse(codeOf[appended.error]));
        return;
      }
      this.#lastRecordedAt = now;
      this.#fold(decided, appended.value);
    }
    for (const settle of later) settle();
  }

  #fold(decided: readonly Decided[], entries: readonly Entry[]): void {
    const changes: CaseChanged[] = [];
    const receipts: Recorded[] = [];
    for (const [index, { states }] of decided.entries()) {
      const entry = required(entries[index], 'the journal returns one entry for each it was given');
      const changed = this.#options.cases.apply(entry, states);
      changes.push(...changed);
      const state = required(changed.at(-1), 'an entry changes a case').state;
      receipts.push(this.#options.receipts.record(entry, state.state));
    }
    this.#options.cases.publish(changes);
    for (const [index, { waiting }] of decided.entries()) {
      waiting.settle(ok(required(receipts[index], 'every entry has a receipt')));
    }
  }

  #repeated(commandId: string): Outcome {
    const first = this.#options.receipts.repeat(commandId);
    return first === undefined ? refuse('internal') : ok(first);
  }

  /** Old closed cases that the batch being decided asks about. */
  readonly #loaded = new Map<string, CaseState>();

  #mustLoad({ body }: CaseCommand): boolean {
    return casesNamedBy(body).some((id) => this.#isElsewhere(id));
  }

  #isElsewhere(id: string): boolean {
    const { cases } = this.#options;
    return cases.resident(id) === undefined && cases.has(id);
  }

  async #loadCaseOf({ body }: CaseCommand): Promise<void> {
    for (const id of casesNamedBy(body)) {
      if (!this.#isElsewhere(id)) continue;
      const state = await this.#options.cases.load(id);
      if (state !== undefined) this.#loaded.set(state.id, state);
    }
  }

  /** Held at the last entry if the machine's clock goes back (live-and-storage.md JN11). */
  #now(): Instant {
    return instant(Math.max(this.#options.clock.now(), this.#lastRecordedAt));
  }
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
