import { expect, test } from 'vitest';
import { aContext } from '#tests/builders/cases.ts';
import { aCity, simulatedClassTable } from '#tests/builders/city.ts';
import { MINUTE_MS, instant, plus, type Instant } from '#domain/base/instant.ts';
import type { CaseCommand } from '#domain/case/commands.ts';
import { decide } from '#domain/case/decide.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import { nextStep } from './case-steps.ts';
import { ClassMix } from './class-mix.ts';
import { Heap } from './heap.ts';
import { ReportStream } from './report-stream.ts';
import { reportCommand } from './reports.ts';
import { paceFor, stepWait } from './step-waits.ts';

/** Tuesday 2026-11-24, 07:30 in Beijing. */
const start = instant(Date.UTC(2026, 10, 23, 23, 30));
const SEED = 42;

interface Picture {
  readonly open: number;
  readonly dueSoon: number;
  readonly overdue: number;
}

/** Lets the simulated city run through decide and evolve in virtual time, without a host. */
class Run {
  readonly states = new Map<string, CaseState>();
  readonly events: CaseEvent[] = [];
  readonly refusals: string[] = [];
  readonly pictures: Picture[] = [];
  commands = 0;
  #open = 0;
  readonly #city = aCity(SEED);
  readonly #agenda = new Heap<{ readonly caseId: string; readonly version: number }>();
  readonly #context = aContext();
  readonly #stream: ReportStream;
  readonly #speed: number;

  constructor({ ratePerHour, speed }: { readonly ratePerHour: number; readonly speed: number }) {
    const classes = new ClassMix(simulatedClassTable());
    this.#speed = speed;
    this.#stream = new ReportStream({ city: this.#city, classes, seed: SEED, ratePerHour, from: start });
  }

  /** Reports and steps for so many minutes of the host; then only steps, until everything is closed. */
  play(minutes: number): void {
    const end = plus(start, minutes * MINUTE_MS);
    for (let now = start; now < end; now = plus(now, 500)) {
      const simulated = plus(start, (now - start) * this.#speed);
      for (let report = this.#stream.takeDue(simulated); report !== null; report = this.#stream.takeDue(simulated)) {
        this.#submit(reportCommand(report, `report-${report.key}`, now), now);
      }
      this.#stepsUntil(now);
      if ((now - start) % (5 * MINUTE_MS) === 0) this.pictures.push(this.#pictureAt(now));
    }
    this.#stepsUntil(Number.POSITIVE_INFINITY);
  }

  #stepsUntil(now: number): void {
    for (let key = this.#agenda.firstKey(); key !== undefined && key <= now; key = this.#agenda.firstKey()) {
      const planned = this.#agenda.pop();
      const found = this.states.get(planned?.caseId ?? '');
      if (found === undefined || found.version !== planned?.version) continue;
      const step = nextStep(this.#city, found, SEED);
      if (step !== null) this.#submit({ id: 'step', actor: step.actor, body: step.body }, instant(key));
    }
  }

  #submit(command: CaseCommand, now: Instant): void {
    this.commands += 1;
    const decided = decide({ caseById: (id) => this.states.get(id) }, command, { ...this.#context, now });
    if (!decided.ok) {
      this.refusals.push(`${command.body.type}: ${decided.error.code}`);
      return;
    }
    for (const event of decided.value) {
      const before = this.states.get(event.caseId);
      const after = evolve(before, event);
      this.#open += Number(isOpen(after.state)) - Number(before !== undefined && isOpen(before.state));
      this.states.set(event.caseId, after);
      this.events.push(event);
      const step = nextStep(this.#city, after, SEED);
      if (step === null) continue;
      const wait = stepWait(after, step, { seed: SEED, speed: this.#speed, pace: paceFor(this.#open) });
      this.#agenda.push(now + wait, { caseId: after.id, version: after.version });
    }
  }

  #pictureAt(now: Instant): Picture {
    const open = [...this.states.values()].filter((found) => isOpen(found.state));
    const levels = open.map((found) =>
      attentionLevel(
        {
          ...found,
          clockStartedAt: found.clockStartedAt ?? found.stateSince,
          openSupervisions: 0,
          isUrgent: false,
        },
        now,
      ),
    );
    const count = (level: number) => levels.filter((found) => found === level).length;
    return { open: open.length, dueSoon: count(3), overdue: count(2) };
  }
}

const day = new Run({ ratePerHour: 125, speed: 20 });
day.play(72);
const states = [...day.states.values()];

test('a simulated day sends some 30,000 commands, and decide accepts each of them', () => {
  expect(day.commands).toBeGreaterThan(20_000);
  expect(day.refusals).toEqual([]);
});

test('every case comes to its end, and every case is marked as 演示数据', () => {
  expect(states.filter(({ state }) => state !== 'closed')).toEqual([]);
  expect(states.every(({ isDemo }) => isDemo)).toBe(true);
});

test('every action of the lifecycle occurs', () => {
  expect([...new Set(day.events.map(({ type }) => type))].sort()).toEqual([
    'case.accepted.v1',
    'case.check_requested.v1',
    'case.checked.v1',
    'case.closed.v1',
    'case.dispatched.v2',
    'case.fed_back.v1',
    'case.handled.v1',
    'case.registered.v1',
    'case.reported.v1',
    'case.returned.v2',
    'case.reworked.v2',
    'case.sub_dispatched.v2',
  ]);
});

test('5 % rework, 6 % to a wrong unit, 8 to 11 entries a case (live-and-storage.md §6)', () => {
  const reworked = states.filter(({ reworkCount }) => reworkCount > 0).length / states.length;
  const wrong = day.events.filter((event) => event.type === 'case.returned.v2' && event.to === 'returned').length;
  expect(Math.abs(reworked - 0.05)).toBeLessThan(0.015);
  expect(Math.abs(wrong / states.length - 0.06)).toBeLessThan(0.015);
  expect(day.events.length / states.length).toBeGreaterThan(8);
  expect(day.events.length / states.length).toBeLessThan(11);
});

test('finder and handler are never the same, and actors are pseudonymous posts', () => {
  const pattern = /^(?:acceptor|dispatcher)-\d+$|^dept-\w+$|^(?:handler|collector)-\w+-\d+$|^machine-reports$/;
  expect([...new Set(day.events.map(({ by }) => by.id))].filter((id) => !pattern.test(id))).toEqual([]);
  expect(states.filter(({ reporterId, handlerId }) => reporterId !== null && reporterId === handlerId)).toEqual([]);
});

test('at the usual speed the desk shows a few per cent overdue and due soon, and open cases do not pile up', () => {
  const settled = day.pictures.slice(6);
  const mean = (of: (picture: Picture) => number) =>
    settled.reduce((sum, picture) => sum + of(picture), 0) / settled.length;
  expect(Math.max(...day.pictures.map(({ open }) => open))).toBeLessThan(1_000);
  const overdue = mean(({ overdue: count, open }) => count / open);
  const dueSoon = mean(({ dueSoon: count, open }) => count / open);
  expect(overdue).toBeGreaterThan(0.01);
  expect(overdue).toBeLessThan(0.1);
  expect(dueSoon).toBeGreaterThan(0.01);
  expect(dueSoon).toBeLessThan(0.1);
});

test('at the speed of real life a few per cent of handling is late, by its own length', () => {
  const real = new Run({ ratePerHour: 20, speed: 1 });
  real.play(3 * 24 * 60);
  const late = [...real.states.values()].filter(
    ({ handleFinishedAt, handleClock }) => (handleFinishedAt ?? 0) > (handleClock?.dueAt ?? 0),
  );
  expect(real.refusals).toEqual([]);
  expect(late.length / real.states.size).toBeGreaterThan(0.01);
  expect(late.length / real.states.size).toBeLessThan(0.15);
});

test('fifty reports a second: the units keep up', () => {
  const flood = new Run({ ratePerHour: 180_000, speed: 1 });
  flood.play(4);
  expect(flood.refusals).toEqual([]);
  expect(flood.states.size).toBeGreaterThan(10_000);
  expect(Math.max(...flood.pictures.map(({ open }) => open))).toBeLessThan(10_000);
});
