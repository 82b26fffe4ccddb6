import { Random } from '#domain/base/random.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { nextStep, type Step } from '#domain/simulation/case-steps.ts';
import type { SimulatedCity } from '#domain/simulation/city.ts';
import { Heap } from '#domain/simulation/heap.ts';
import { seedOf } from '#domain/simulation/seed-of.ts';
import { paceFor, stepWait } from '#domain/simulation/step-waits.ts';

export interface PlannedStep {
  readonly caseId: string;
  readonly version: number;
  readonly step: Step;
}

export interface DemoCasesOptions {
  readonly city: SimulatedCity;
  readonly seed: number;
  readonly speed: number;
}

/** After a pause of the program, what should have been done long ago is done within this time, one after another. */
const CATCH_UP_MS = 120_000;

/**
 * The open demo cases and when the simulated staff acts on each. A case on which a person has acted belongs to the desk's
 * people from then on: the simulator leaves 立案, 派遣, 核查, 返工 and 结案 to them; units and collectors still do theirs.
 */
export class DemoCases {
  readonly #options: DemoCasesOptions;
  readonly #open = new Map<string, CaseState>();
  readonly #takenOver = new Set<string>();
  readonly #agenda = new Heap<PlannedStep>();

  constructor(options: DemoCasesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#open.size;
  }

  takeOver(caseId: string): void {
    this.#takenOver.add(caseId);
  }

  /** Takes note of a case as it is now, and forgets it once it is closed. */
  note(found: CaseState): void {
    if (isOpen(found.state)) {
      this.#open.set(found.id, found);
      return;
    }
    this.#open.delete(found.id);
    this.#takenOver.delete(found.id);
  }

  /** Plans the next step. `now` is the host's time, `elapsedMs` the simulator's own. */
  plan(caseId: string, now: number, elapsedMs: number): void {
    const found = this.#open.get(caseId);
    if (found === undefined) return;
    const { city, seed, speed } = this.#options;
    const step = nextStep(city, found, seed);
    if (step === null || (step.side === 'desk' && this.#takenOver.has(caseId))) return;
    const wait = stepWait(found, step, { seed, speed, pace: paceFor(this.#open.size) });
    const left = found.stateSince + wait - now;
    const catchUp = () => new Random(seedOf(seed, 'catch up', caseId)).next() * Math.min(wait, CATCH_UP_MS);
    this.#agenda.push(elapsedMs + (left > 0 ? left : catchUp()), { caseId, version: found.version, step });
  }

  planAll(now: number, elapsedMs: number): void {
    for (const caseId of this.#open.keys()) this.plan(caseId, now, elapsedMs);
  }

  /** When the next step is due, in the simulator's own time. */
  nextDueMs(): number | undefined {
    return this.#agenda.firstKey();
  }

  /** The next step that is due by then, taken off the agenda; null when there is none. */
  takeDue(elapsedMs: number): PlannedStep | null {
    for (;;) {
      const due = this.#agenda.firstKey();
      if (due === undefined || due > elapsedMs) return null;
      const planned = this.#agenda.pop();
      if (planned === undefined) return null;
      const found = this.#open.get(planned.caseId);
      const isCurrent = found?.version === planned.version;
      const isLeft = planned.step.side === 'desk' && this.#takenOver.has(planned.caseId);
      if (isCurrent && !isLeft) return planned;
    }
  }
}
