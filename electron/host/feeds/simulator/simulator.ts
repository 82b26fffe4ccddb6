import type { ErrorCode, WireError } from '#contract/errors.ts';
import { required } from '#domain/base/assert-never.ts';
import type { Result } from '#domain/base/result.ts';
import type { CaseCommand } from '#domain/case/commands.ts';
import type { CaseState } from '#domain/case/state.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { buildCity, type SimulatedCity } from '#domain/simulation/city.ts';
import { atHour } from '#domain/simulation/city-time.ts';
import { ClassMix } from '#domain/simulation/class-mix.ts';
import type { DemoPhotos } from '#domain/simulation/demo-photos.ts';
import { ReportStream, type ReportStreamOptions } from '#domain/simulation/report-stream.ts';
import { reportCommand } from '#domain/simulation/reports.ts';
import { townshipsOf } from '#domain/simulation/roads.ts';
import type { CaseChanged, Cases } from '#host/ports/cases.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { Commands, Recorded } from '#host/ports/commands.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';
import type { Simulation } from '#host/ports/simulation.ts';
import { isByProgram, reportId } from './command-ids.ts';
import { DemoCases } from './demo-cases.ts';
import { Hold } from './hold.ts';
import { playPicture } from './play-picture.ts';
import { roadsOf } from './roads-of.ts';
import { RunningClock } from './running-clock.ts';
import type { Sent } from './sent.ts';

/** Shunyi's 3,000 reports a day (domain.md §9), a day in 72 minutes; some 40 hours of it, then it rests. */
export const simulationDefaults = { ratePerHour: 125, speed: 20, restsAfterEntries: 1_000_000 };

export interface SimulatorOptions {
  readonly isOn: boolean;
  readonly seed: number;
  /** Reports per hour of the simulated clock, averaged over its days. */
  readonly ratePerHour: number;
  /** How many times faster than the host's the simulated clock runs. */
  readonly speed: number;
  /** So many journal entries after its start it pauses by itself, until a person resumes it: a forgotten demo fills no disk. */
  readonly restsAfterEntries: number;
  readonly commands: Commands;
  readonly cases: Cases;
  readonly journal: Pick<Journal, 'readEach'>;
  readonly district: LoadedDistrict;
  /** The rule tables in force. */
  readonly tables: () => ReferenceTables;
  /** Puts the demo photos into the store, or says why it can't now. */
  readonly keepPhotos: () => Promise<Result<DemoPhotos, ErrorCode>>;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
  readonly log: Log;
}

export interface Simulator extends Simulation {
  /** Begins, with a picture of a running day if the journal is empty, else with the open demo cases it finds. */
  start(): void;
  /** Resolves when nothing is under way. */
  drained(): Promise<void>;
}

/** Where each run begins on the simulated clock: collectors are setting out, about 1.2 times the mean rate. */
const FROM_HOUR = 7.5;

/** Who dispatches white-listed cases by itself (host/reactors). */
const AUTOMATIC = 'automatic-dispatch';

/** Commands sent together; more wait for the next turn. */
const MOST_TOGETHER = 500;
const SHORTEST_TURN_MS = 50;
const LONGEST_TURN_MS = 500;

export function createSimulator(options: SimulatorOptions): Simulator {
  if (options.isOn) return new RunningSimulator(options);
  const { speed, ratePerHour } = options;
  const rest = { start: () => {}, drained: () => Promise.resolve(), close: () => Promise.resolve() };
  return { state: () => 'off', speed, ratePerHour, setRunning: () => {}, ...rest };
}

/**
 * Drives the simulated city through the same commands that people send (演示数据).
 * 1. It acts on open demo cases alone, and on the version it saw: whoever was faster is right.
 * 2. Its state is in the journal: what it would do next follows from seed, case and version.
 * 3. Turns do not overlap; a turn sends a bounded number of commands and waits for their receipts.
 * 4. While nothing can be recorded its clock stands still; what was refused is sent again.
 */
class RunningSimulator implements Simulator {
  readonly speed: number;
  readonly ratePerHour: number;
  readonly #options: SimulatorOptions;
  readonly #city: SimulatedCity;
  readonly #demo: DemoCases;
  readonly #hold: Hold;
  /** Versions on which commands of ours are under way, by case. */
  readonly #underWay = new Map<string, number | null>();
  /** Refused because of the host; sent again first. */
  #again: Sent[] = [];
  #clock: RunningClock | null = null;
  #reports: ReportStream | null = null;
  #photos: DemoPhotos | null = null;
  #run = 0;
  /** Journal sequence from which the entries until the next rest are counted. */
  #awakeSince = 0;
  #isPaused = false;
  #isClosed = false;
  #isPicturing = false;
  #cancelTurn: () => void = () => {};
  #turn: Promise<void> = Promise.resolve();
  #stopListening: () => void = () => {};

  constructor(options: SimulatorOptions) {
    this.#options = options;
    this.speed = options.speed;
    this.ratePerHour = options.ratePerHour;
    this.#city = buildCity(options.district, roadsOf(options.district.map.context), options.seed);
    const { tables, seed, speed } = options;
    this.#demo = new DemoCases({ city: this.#city, tables, photos: () => this.#demoPhotos(), seed, speed });
    this.#hold = new Hold(options.health);
  }

  state(): 'running' | 'paused' {
    return this.#isPaused ? 'paused' : 'running';
  }

  start(): void {
    if (this.#clock !== null || this.#isClosed) return;
    const { clock, cases } = this.#options;
    const from = atHour(clock.now(), FROM_HOUR);
    this.#clock = new RunningClock(clock, from, this.speed);
    this.#reports = new ReportStream({ ...this.#stream(), from });
    this.#run = cases.sequence();
    this.#awakeSince = this.#run;
    this.#turn = this.#begin();
  }

  setRunning(isRunning: boolean): void {
    this.#isPaused = !isRunning;
    if (this.#clock === null) return;
    if (this.#isPaused) this.#clock.stop();
    else this.#awakeSince = this.#options.cases.sequence();
    if (this.#photos !== null) this.#planTurn(0);
  }

  async drained(): Promise<void> {
    let last: Promise<void> | null = null;
    while (last !== this.#turn) {
      last = this.#turn;
      await last;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTurn();
    await this.drained();
    this.#stopListening();
    this.#hold.end();
  }

  async #begin(): Promise<void> {
    const { cases, clock } = this.#options;
    if (!(await this.#hasPhotos())) return;
    if (this.#isClosed) return;
    this.#stopListening = cases.onChanged((changes) => this.#noticed(changes));
    if (this.#run === 0) {
      this.#isPicturing = true;
      const stream = this.#stream();
      const scene = this.#demo.scene.bind(this.#demo);
      const submit = (sent: Sent) => this.#submit(sent);
      const mayGoOn = () => !this.#isClosed && !this.#isPaused;
      await playPicture({ stream, scene, clock, cases, submit, mayGoOn, run: this.#run });
      this.#isPicturing = false;
    } else {
      await this.#findOpenCases();
    }
    this.#demo.planAll(clock.now(), 0);
    this.#planTurn(0);
  }

  /** The staff's photos are in the store; without them it begins later, when they can be kept. */
  async #hasPhotos(): Promise<boolean> {
    const kept = await this.#options.keepPhotos();
    if (kept.ok) {
      this.#photos = kept.value;
      this.#hold.end();
      return true;
    }
    this.#hold.refused(kept.error);
    this.#clock?.stop();
    this.#cancelTurn = this.#options.scheduler.after(this.#hold.waitMs, () => {
      this.#turn = this.#turn.then(() => (this.#isClosed ? undefined : this.#begin()));
    });
    return false;
  }

  #demoPhotos(): DemoPhotos {
    return required(this.#photos, 'nobody acts before the photos are there');
  }

  /** What is reported: by the tables that are in force when it begins. */
  #stream(): Omit<ReportStreamOptions, 'from'> {
    const { seed, ratePerHour, clock } = this.#options;
    const tables = this.#options.tables();
    const day = dayOf(clock.now());
    const townships = townshipsOf(this.#city, tables, day);
    return { city: this.#city, classes: new ClassMix(tables, day), townships, seed, ratePerHour };
  }

  /** Open demo cases of earlier runs, which of them a person has acted on, and ended ones that may be appealed. */
  async #findOpenCases(): Promise<void> {
    const { cases, journal } = this.#options;
    for (const ended of cases.endedStates()) if (ended.isDemo) this.#demo.note(ended);
    for (const { id, isDemo } of cases.openRows()) {
      const found = isDemo ? await cases.load(id) : undefined;
      if (found === undefined) continue;
      this.#demo.note(found);
      const entries = await journal.readEach(cases.sequencesOf(id));
      if (entries.some(({ commandId }) => !isByProgram(commandId))) this.#demo.takeOver(id);
    }
  }

  #noticed(changes: readonly CaseChanged[]): void {
    const elapsedMs = this.#clock?.elapsedMs() ?? 0;
    for (const { state } of changes) {
      if (!state.isDemo) continue;
      if (!this.#isOurs(state)) this.#demo.takeOver(state.id);
      this.#demo.note(state);
      if (!this.#isPicturing) this.#demo.plan(state.id, this.#options.clock.now(), elapsedMs);
    }
  }

  /** Whether no person acted: it was a report, a command of ours, or a reactor of the host on its timer. */
  #isOurs(state: CaseState): boolean {
    const expected = this.#underWay.get(state.id);
    if (state.version === 1 || expected === null || expected === state.version - 1) return true;
    if (state.lastAction === 'redate') return true;
    const isPauseOver = (this.#demo.known(state.id)?.side.suspension?.until ?? Infinity) <= this.#options.clock.now();
    if (state.lastAction === 'resume') return isPauseOver;
    return state.lastAction === 'dispatch' && state.chain.at(-1)?.sentBy === AUTOMATIC;
  }

  #planTurn(delayMs: number): void {
    this.#cancelTurn();
    if (this.#isClosed || this.#isPaused) return;
    this.#cancelTurn = this.#options.scheduler.after(delayMs, () => {
      this.#turn = this.#turn.then(() => this.#takeTurn());
    });
  }

  async #takeTurn(): Promise<void> {
    if (this.#isClosed || this.#isPaused || this.#clock === null) return;
    const { cases, restsAfterEntries } = this.#options;
    if (cases.sequence() - this.#awakeSince >= restsAfterEntries) return this.setRunning(false);
    if (!this.#hold.isOn) this.#clock.run();
    // One command is enough to learn whether the host can record again.
    const batch = this.#hold.isOn ? this.#again.splice(0, 1) : this.#dueCommands();
    const outcomes = await Promise.all(batch.map((sent) => this.#submit(sent)));
    const notNow = batch.filter((_, index) => isNotNow(outcomes[index]));
    const code = outcomes.map((outcome) => codeOf(outcome)).find((found) => found !== null && Hold.isFor(found));
    this.#again.unshift(...notNow);
    if (code !== undefined && code !== null) {
      this.#clock.stop();
      this.#hold.refused(code);
      return this.#planTurn(this.#hold.waitMs);
    }
    this.#hold.end();
    this.#planTurn(this.#again.length > 0 || batch.length >= MOST_TOGETHER ? 0 : this.#untilNext());
  }

  #dueCommands(): Sent[] {
    const due = this.#again.splice(0, MOST_TOGETHER);
    if (this.#clock === null || this.#reports === null) return due;
    const now = this.#options.clock.now();
    const busy = new Set(due.flatMap(({ on }) => on.map(({ caseId }) => caseId)));
    // Reports leave room for steps, so that a flood of them does not keep cases from being closed.
    while (due.length < MOST_TOGETHER / 2) {
      const report = this.#reports.takeDue(this.#clock.now());
      if (report === null) break;
      const id = reportId(this.#run, report.key);
      due.push({ command: reportCommand(report, id, now, this.#run, this.#demoPhotos()), on: [] });
    }
    while (due.length < MOST_TOGETHER) {
      const step = this.#demo.takeDue(this.#clock.elapsedMs(), now, busy);
      if (step === null) break;
      due.push(step);
    }
    return due;
  }

  async #submit({ command, on }: Sent): Promise<Result<Recorded, WireError>> {
    for (const { caseId, version } of on) this.#underWay.set(caseId, version);
    const outcome = await this.#options.commands.submit(command);
    for (const { caseId } of on) this.#underWay.delete(caseId);
    if (!outcome.ok && !Hold.isFor(outcome.error.code)) this.#refused(command, outcome.error.code, on);
    return outcome;
  }

  /**
   * A person was faster, which is as it should be; of two cases in one command only one may have changed, so the other is
   * planned anew. Anything else is worth a line, and the case is left alone.
   */
  #refused({ id, body }: CaseCommand, code: ErrorCode, on: Sent['on']): void {
    if (code === 'stale') {
      const now = this.#options.clock.now();
      if (on.length > 1) for (const { caseId } of on) this.#demo.plan(caseId, now, this.#clock?.elapsedMs() ?? 0);
      return;
    }
    this.#options.log.warn('a command of the simulator was refused', { command: id, action: body.type, code });
  }

  /** Milliseconds of the host until the next report or step is due, within bounds. */
  #untilNext(): number {
    if (this.#clock === null || this.#reports === null) return LONGEST_TURN_MS;
    const report = (this.#reports.nothingBefore() - this.#clock.now()) / this.speed;
    const step = (this.#demo.nextDueMs() ?? Number.POSITIVE_INFINITY) - this.#clock.elapsedMs();
    return Math.max(SHORTEST_TURN_MS, Math.min(LONGEST_TURN_MS, report, step));
  }
}

function codeOf(outcome: Result<Recorded, WireError> | undefined): ErrorCode | null {
  return outcome === undefined || outcome.ok ? null : outcome.error.code;
}

function isNotNow(outcome: Result<Recorded, WireError> | undefined): boolean {
  const code = codeOf(outcome);
  return code !== null && Hold.isFor(code);
}
