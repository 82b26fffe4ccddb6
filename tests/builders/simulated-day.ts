import { MINUTE_MS, instant, plus, type Instant } from '#domain/base/instant.ts';
import type { CaseCommand } from '#domain/case/commands.ts';
import { decide } from '#domain/case/decide.ts';
import type { DecideContext } from '#domain/case/decision.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { caseRules } from '#domain/reference/case-rules.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { nextStep } from '#domain/simulation/case-steps.ts';
import { Heap } from '#domain/simulation/heap.ts';
import { lastActAt } from '#domain/simulation/last-act.ts';
import { ReportStream, type ReportStreamOptions } from '#domain/simulation/report-stream.ts';
import { incidentOf, reportCommand } from '#domain/simulation/reports.ts';
import type { Scene } from '#domain/simulation/scene.ts';
import { paceFor, stepWait } from '#domain/simulation/step-waits.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import { aContext } from './cases.ts';
import { someDemoPhotos } from './photos.ts';
import { aStream, cityTables } from './city.ts';

/** Tuesday 2026-11-24, 07:30 in Beijing. */
const dayStart = instant(Date.UTC(2026, 10, 23, 23, 30));

export interface Picture {
  readonly open: number;
  readonly dueSoon: number;
  readonly overdue: number;
}

export interface SimulatedDayOptions {
  readonly ratePerHour: number;
  readonly speed: number;
  readonly tables?: ReferenceTables;
  /** Another city than the small one, with its own reports and rules. */
  readonly stream?: Omit<ReportStreamOptions, 'ratePerHour' | 'from'>;
  readonly locate?: DecideContext['locate'];
}

/** Lets the simulated city run through decide and evolve in virtual time, without a host. */
export class SimulatedDay {
  readonly states = new Map<string, CaseState>();
  readonly events: CaseEvent[] = [];
  readonly refusals: string[] = [];
  readonly pictures: Picture[] = [];
  /** Actions that were taken, by name, and with the record before it. */
  readonly actions = new Set<string>();
  readonly recordActions = new Set<string>();
  commands = 0;
  #open = 0;
  readonly #scene: Scene;
  readonly #seen = new Set<string>();
  readonly #incidents = new Map<string, string[]>();
  readonly #agenda = new Heap<{ readonly caseId: string; readonly version: number }>();
  readonly #context: DecideContext;
  readonly #stream: ReportStream;

  constructor({ ratePerHour, speed, tables = cityTables(), stream, locate }: SimulatedDayOptions) {
    const from = stream ?? aStream(42, tables);
    const originalOf = (found: CaseState) => this.#originalOf(found);
    this.#scene = { city: from.city, tables, photos: someDemoPhotos, seed: from.seed, speed, originalOf };
    this.#stream = new ReportStream({ ...from, ratePerHour, from: dayStart });
    const base = aContext(dayStart, caseRules(tables));
    this.#context = { ...base, units: tables.units, locate: locate ?? base.locate };
  }

  /** Reports and steps for so many minutes of the host; then only steps, until nobody has anything to do. */
  play(minutes: number): void {
    const end = plus(dayStart, minutes * MINUTE_MS);
    for (let now = dayStart; now < end; now = plus(now, 500)) {
      const simulated = plus(dayStart, (now - dayStart) * this.#scene.speed);
      for (let report = this.#stream.takeDue(simulated); report !== null; report = this.#stream.takeDue(simulated)) {
        if (this.#seen.has(report.key)) continue;
        this.#seen.add(report.key);
        this.#submit(reportCommand(report, `report-${report.key}`, now, 0, someDemoPhotos), now);
      }
      this.#stepsUntil(now);
      if ((now - dayStart) % (5 * MINUTE_MS) === 0) this.pictures.push(this.#pictureAt(now));
    }
    this.#stepsUntil(Number.POSITIVE_INFINITY);
  }

  #stepsUntil(now: number): void {
    for (let key = this.#agenda.firstKey(); key !== undefined && key <= now; key = this.#agenda.firstKey()) {
      const planned = this.#agenda.pop();
      const found = this.states.get(planned?.caseId ?? '');
      if (found === undefined || found.version !== planned?.version) continue;
      const at = instant(Math.ceil(key));
      if (found.state === 'suspended') {
        const timers = { id: 'timers', roles: ['SYSTEM'], unit: null } as const;
        this.#submit({ id: 'resume', actor: timers, body: { type: 'resume', caseId: found.id } }, at);
        continue;
      }
      const step = nextStep(this.#scene, found, at);
      if (step !== null) this.#submit({ id: 'step', actor: step.actor, body: step.body }, at);
    }
  }

  #submit(command: CaseCommand, now: Instant): void {
    this.commands += 1;
    const decided = decide({ caseById: (id) => this.states.get(id) }, command, { ...this.#context, now });
    if (!decided.ok) {
      const state = 'caseId' in command.body ? this.states.get(command.body.caseId)?.state : '';
      this.refusals.push(
        `${command.body.type} in ${state}: ${decided.error.code} ${JSON.stringify(decided.error.detail)}`,
      );
      return;
    }
    const { type } = command.body;
    this.actions.add(type);
    for (const event of decided.value) {
      const before = this.states.get(event.caseId);
      const after = evolve(before, event);
      this.#open += Number(isOpen(after.state)) - Number(before !== undefined && isOpen(before.state));
      this.states.set(event.caseId, after);
      this.recordActions.add(`${after.record} ${type}`);
      this.events.push(event);
      if (before === undefined) this.#noteIncident(after);
      this.#plan(after, now);
    }
  }

  #plan(found: CaseState, now: Instant): void {
    const planned = { caseId: found.id, version: found.version };
    if (found.state === 'suspended') return this.#agenda.push(found.side.suspension?.until ?? now, planned);
    const step = nextStep(this.#scene, found, now);
    if (step === null) return;
    const { seed, speed } = this.#scene;
    const at = lastActAt(found) + stepWait(found, step, { seed, speed, pace: paceFor(this.#open) });
    this.#agenda.push(Math.max(now, at), planned);
  }

  #noteIncident(found: CaseState): void {
    const incident = incidentOf(found.extra) ?? '';
    this.#incidents.set(incident, [...(this.#incidents.get(incident) ?? []), found.id]);
  }

  #originalOf(found: CaseState): CaseState | null {
    const before = this.#incidents.get(incidentOf(found.extra) ?? '') ?? [];
    for (const id of before) {
      const other = this.states.get(id);
      if (id === found.id) return null;
      if (other !== undefined && isOpen(other.state) && other.record === found.record) return other;
    }
    return null;
  }

  #pictureAt(now: Instant): Picture {
    const open = [...this.states.values()].filter((found) => isOpen(found.state));
    const levels = open.map((found) => {
      const clockStartedAt = found.clockStartedAt ?? found.stateSince;
      return attentionLevel({ ...found, clockStartedAt, openSupervisions: 0, isUrgent: false }, now);
    });
    const count = (level: number) => levels.filter((found) => found === level).length;
    return { open: open.length, dueSoon: count(3), overdue: count(2) };
  }
}
