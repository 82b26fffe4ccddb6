import type { WireError } from '#contract/errors.ts';
import { MINUTE_MS, SECOND_MS, type Instant } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import { AlarmBook, type AlarmChanges } from '#domain/alarms/alarm-book.ts';
import type { AlarmEvent } from '#domain/alarms/alarm-state.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { AlarmOutcome, AlarmRequest, Alarms } from '#host/ports/alarms.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { LineDisk } from '#host/ports/line-disk.ts';
import type { Tables } from '#host/ports/tables.ts';
import { openAlarmLog, type AlarmLog } from './alarm-log.ts';
import type { AlarmRecord } from './alarm-lines.ts';
import { AlarmWatch, nextDayAfter, type AlarmSources } from './alarm-watch.ts';

/** Longest wait of one timer: timers count what passes, and a clock may be set on meanwhile, or the machine sleep. */
const LONGEST_WAIT_MS = MINUTE_MS;
/** What came and went by itself is written together. */
const WRITE_AFTER_MS = SECOND_MS;

export interface AlarmsOptions extends Omit<AlarmSources, 'cases' | 'health' | 'tables'> {
  /** `DATA/alarms` */
  readonly folder: string;
  readonly cases: Pick<Cases, 'openStates' | 'onChanged'>;
  readonly health: HealthFacts;
  readonly tables: Pick<Tables, 'inForce' | 'onChanged'>;
  /** Told when the search tables moved on. */
  readonly onSearch: (listener: () => void) => () => void;
  readonly scheduler: Scheduler;
  readonly disk: LineDisk;
}

export interface OpenedAlarms extends Alarms {
  /** Looks at everything; to be called when the journal is folded. */
  begin(): void;
  /** The clock was set: what was planned for later may be due. */
  planAgain(): void;
  /** Writes down what is not written yet. */
  close(): Promise<void>;
}

/** Alarms from cases, early warnings and health, kept in `folder` (decision 21). */
export async function openAlarms(options: AlarmsOptions): Promise<OpenedAlarms> {
  const { folder, clock, health, disk } = options;
  const { log, picture } = await openAlarmLog({ folder, clock, health, disk });
  const book = new AlarmBook();
  if (picture !== null) book.restore(picture);
  return new AlarmDesk(options, book, log);
}

class AlarmDesk implements OpenedAlarms {
  readonly #options: AlarmsOptions;
  readonly #book: AlarmBook;
  readonly #log: AlarmLog;
  readonly #watch: AlarmWatch;
  readonly #listeners = new Set<(changes: AlarmChanges) => void>();
  readonly #stops: (() => void)[] = [];
  /** Changes that no line holds yet. */
  readonly #unwritten = new Set<number>();
  readonly #unwrittenGone = new Set<number>();
  #cancel: (() => void) | null = null;
  #cancelWrite: (() => void) | null = null;
  #nextDay: Instant;
  /** One line after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: AlarmsOptions, book: AlarmBook, log: AlarmLog) {
    this.#options = options;
    this.#book = book;
    this.#log = log;
    this.#watch = new AlarmWatch(options, book);
    this.#nextDay = nextDayAfter(options.clock.now());
  }

  begin(): void {
    const { cases, health, tables, onSearch } = this.#options;
    const looking = (look: () => void) => () => {
      look();
      this.#settle();
    };
    this.#stops.push(
      cases.onChanged((changes) => looking(() => this.#watch.lookAtCases(changes))()),
      health.onChanged(looking(() => void this.#watch.lookAtHost())),
      tables.onChanged(looking(() => this.#watch.lookAtAll())),
      onSearch(looking(() => void this.#watch.lookAtHost())),
    );
    looking(() => this.#watch.lookAtAll())();
  }

  planAgain(): void {
    this.#plan();
  }

  standing() {
    return this.#book.standing();
  }

  rate() {
    const { rate } = this.#book;
    return { recent: rate.recent(), floodSince: rate.floodSince(), isDense: rate.isDense(), bins: rate.bins() };
  }

  tally() {
    return this.#book.tally.rows();
  }

  onChanged(listener: (changes: AlarmChanges) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  act(request: AlarmRequest): Promise<Result<AlarmOutcome, WireError>> {
    return this.#inTurn(async () => {
      const at = this.#options.clock.now();
      const problem = this.#shelfProblem(request, at);
      if (problem !== null) return refused(problem);
      const event = eventOf(request, at);
      const tried = request.ids.map((id) => ({ id, outcome: this.#book.tryAct(id, event) }));
      const done = tried.flatMap(({ id, outcome }) => (outcome.ok ? [{ id, alarm: outcome.value }] : []));
      const [first] = tried;
      if (done.length === 0) return refused(refusalOf(first?.outcome, request.ids[0] ?? 0));
      const isWritten = await this.#write({
        act: { name: request.act, by: request.by, ids: done.map(({ id }) => id) },
        changed: done.flatMap(({ alarm }) => alarm ?? []),
        gone: done.flatMap(({ id, alarm }) => (alarm === null ? [id] : [])),
      });
      if (!isWritten) return refused({ code: 'unavailable', detail: { part: 'alarms' } });
      // On record: now it counts, whatever the condition did meanwhile.
      for (const { id } of done) this.#book.act(id, event);
      this.#settle();
      const left = tried.flatMap(({ id, outcome }) => (outcome.ok ? [] : [id]));
      return ok({ done: done.map(({ id }) => id), left });
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    this.#cancel?.();
    this.#cancelWrite?.();
    await this.#inTurn(() => this.#writeRest());
  }

  #shelfProblem({ act, until }: AlarmRequest, now: Instant): WireError | null {
    if (act !== 'shelve') return null;
    const longest = this.#options.tables.inForce().policies.number('alarm_shelf_longest', dayOf(now));
    if (until !== undefined && until > now && until <= now + longest * MINUTE_MS) return null;
    return { code: 'shelf_too_long', detail: { minutes: String(longest) } };
  }

  /** Tells who listens, plans what comes next, and sees to it that it is written down. */
  #settle(isRateChanged = false): void {
    const changes = this.#book.takeChanges();
    const hasChanged = changes.changed.length > 0 || changes.gone.length > 0;
    for (const { id } of changes.changed) this.#unwritten.add(id);
    for (const id of changes.gone) {
      this.#unwritten.delete(id);
      this.#unwrittenGone.add(id);
    }
    if (hasChanged || isRateChanged) for (const listener of this.#listeners) listener(changes);
    if (hasChanged && this.#cancelWrite === null && !this.#isClosed) {
      this.#cancelWrite = this.#options.scheduler.after(WRITE_AFTER_MS, () => {
        this.#cancelWrite = null;
        void this.#inTurn(() => this.#writeRest());
      });
    }
    this.#plan();
  }

  #plan(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#isClosed) return;
    const now = this.#options.clock.now();
    const next = Math.min(this.#watch.nextAt() ?? Infinity, this.#book.nextAt() ?? Infinity, this.#nextDay);
    const wait = Math.min(Math.max(0, next - now), LONGEST_WAIT_MS);
    this.#cancel = this.#options.scheduler.after(wait, () => this.#lookAtDue());
  }

  #lookAtDue(): void {
    this.#watch.lookAtDue();
    const now = this.#options.clock.now();
    if (now >= this.#nextDay) {
      this.#watch.lookAtDay();
      this.#nextDay = nextDayAfter(now);
    }
    this.#settle(this.#book.look(now));
  }

  async #writeRest(): Promise<void> {
    if (this.#unwritten.size === 0 && this.#unwrittenGone.size === 0) return;
    await this.#write({ act: null, changed: [], gone: [] });
  }

  /** A line with the act and all that came and went by itself before it. */
  async #write({ act, changed, gone }: Pick<AlarmRecord & { kind: 'changes' }, 'act' | 'changed' | 'gone'>) {
    const own = new Set([...changed.map(({ id }) => id), ...gone]);
    const others = [...this.#unwritten].filter((id) => !own.has(id)).flatMap((id) => this.#book.get(id) ?? []);
    const allGone = [...this.#unwrittenGone, ...gone];
    this.#unwritten.clear();
    this.#unwrittenGone.clear();
    const { tally, rate } = this.#book;
    const today = dayOf(this.#options.clock.now());
    return this.#log.append(
      {
        ...{ kind: 'changes', act, changed: [...others, ...changed], gone: allGone },
        tally: tally.rows().filter(({ day }) => day === today),
        bins: rate.bins().slice(-1),
      },
      () => this.#book.picture(),
    );
  }

  #inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

function eventOf({ act, by, reason = '', until }: AlarmRequest, at: Instant): AlarmEvent {
  if (act === 'shelve') return { type: act, by, at, reason, until: until ?? at };
  return { type: act, by, at };
}

function refusalOf(outcome: ReturnType<AlarmBook['tryAct']> | undefined, id: number): WireError {
  const code = outcome === undefined || outcome.ok ? 'not_found' : outcome.error;
  return { code, detail: { id: String(id) } };
}
