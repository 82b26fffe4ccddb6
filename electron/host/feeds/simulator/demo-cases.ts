import type { Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { casesNamedBy } from '#domain/case/commands.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { nextStep } from '#domain/simulation/case-steps.ts';
import type { ChanceName } from '#domain/simulation/chances.ts';
import type { SimulatedCity } from '#domain/simulation/city.ts';
import type { DemoPhotos } from '#domain/simulation/demo-photos.ts';
import { Heap } from '#domain/simulation/heap.ts';
import { lastActAt } from '#domain/simulation/last-act.ts';
import { incidentOf } from '#domain/simulation/reports.ts';
import type { Scene } from '#domain/simulation/scene.ts';
import { seedOf } from '#domain/simulation/seed-of.ts';
import { paceFor, stepWait } from '#domain/simulation/step-waits.ts';
import { stepCommand } from './command-ids.ts';
import type { Sent } from './sent.ts';

interface Planned {
  readonly caseId: string;
  readonly version: number;
}

export interface DemoCasesOptions {
  readonly city: SimulatedCity;
  readonly tables: () => ReferenceTables;
  readonly photos: () => DemoPhotos;
  readonly seed: number;
  readonly speed: number;
}

/** After a pause of the program, what should have been done long ago is done within this time, one after another. */
const CATCH_UP_MS = 120_000;

/** Two commands on one case do not go together; the second one waits so long, in the simulator's own time. */
const AGAIN_MS = 100;

/**
 * The demo cases and when the simulated staff acts on each. A case on which a person has acted belongs to the desk's people
 * from then on: the simulator leaves 立案, 派遣, 核查, 返工, 结案 and every decision of the desk to them; units, townships and
 * collectors still do theirs.
 */
export class DemoCases {
  readonly #options: DemoCasesOptions;
  /** Open cases, and ended ones about which something is still to be done. */
  readonly #known = new Map<string, CaseState>();
  readonly #byIncident = new Map<string, Set<string>>();
  readonly #takenOver = new Set<string>();
  readonly #agenda = new Heap<Planned>();
  #open = 0;

  constructor(options: DemoCasesOptions) {
    this.#options = options;
  }

  /** How many are open. */
  get size(): number {
    return this.#open;
  }

  takeOver(caseId: string): void {
    this.#takenOver.add(caseId);
  }

  /** Takes note of a case as it is now. */
  note(found: CaseState): void {
    const before = this.#known.get(found.id);
    this.#open += Number(isOpen(found.state)) - Number(before !== undefined && isOpen(before.state));
    this.#known.set(found.id, found);
    const incident = incidentOf(found.extra);
    if (incident === null) return;
    const several = this.#byIncident.get(incident);
    if (several === undefined) this.#byIncident.set(incident, new Set([found.id]));
    else several.add(found.id);
  }

  /** The case as it was noted last. */
  known(caseId: string): CaseState | undefined {
    return this.#known.get(caseId);
  }

  /** The eyes of the staff; with a wish, that is certain to happen. */
  scene(wish?: ChanceName): Scene {
    const { city, tables, photos, seed, speed } = this.#options;
    const originalOf = (found: CaseState) => this.#originalOf(found);
    return {
      city,
      tables: tables(),
      photos: photos(),
      seed,
      speed,
      originalOf,
      ...(wish === undefined ? {} : { wish }),
    };
  }

  /** Plans the next step, or forgets a case that has ended. `now` is the host's time, `elapsedMs` the simulator's own. */
  plan(caseId: string, now: Instant, elapsedMs: number): void {
    const found = this.#known.get(caseId);
    if (found === undefined) return;
    const { seed, speed } = this.#options;
    const step = nextStep(this.scene(), found, now, this.#takenOver.has(caseId));
    if (step === null) {
      if (!isOpen(found.state)) this.#forget(found);
      return;
    }
    const wait = stepWait(found, step, { seed, speed, pace: paceFor(this.#open) });
    const left = lastActAt(found) + wait - now;
    const catchUp = () => new Random(seedOf(seed, 'catch up', caseId)).next() * Math.min(wait, CATCH_UP_MS);
    this.#agenda.push(elapsedMs + (left > 0 ? left : catchUp()), { caseId, version: found.version });
  }

  planAll(now: Instant, elapsedMs: number): void {
    for (const caseId of [...this.#known.keys()]) this.plan(caseId, now, elapsedMs);
  }

  /** When the next step is due, in the simulator's own time. */
  nextDueMs(): number | undefined {
    return this.#agenda.firstKey();
  }

  /**
   * The next step that is due by then, taken off the agenda; null when there is none. What it says is decided now, since
   * windows may have closed. Cases in `busy` are left for later, and those of the step are added.
   */
  takeDue(elapsedMs: number, now: Instant, busy: Set<string>): Sent | null {
    for (;;) {
      const due = this.#agenda.firstKey();
      if (due === undefined || due > elapsedMs) return null;
      const planned = this.#agenda.pop();
      if (planned === undefined) return null;
      const found = this.#known.get(planned.caseId);
      if (found?.version !== planned.version) continue;
      const step = nextStep(this.scene(), found, now, this.#takenOver.has(planned.caseId));
      if (step === null) continue;
      const named = new Set([planned.caseId, ...casesNamedBy(step.body)]);
      if ([...named].some((id) => busy.has(id))) {
        this.#agenda.push(elapsedMs + AGAIN_MS, planned);
        continue;
      }
      const on = [...named].map((caseId) => ({ caseId, version: this.#known.get(caseId)?.version ?? null }));
      for (const id of named) busy.add(id);
      return stepCommand(step, planned.caseId, planned.version, on);
    }
  }

  #originalOf(found: CaseState): CaseState | null {
    const incident = incidentOf(found.extra);
    const ids = incident === null ? undefined : this.#byIncident.get(incident);
    let first: CaseState | null = null;
    for (const id of ids ?? []) {
      const other = this.#known.get(id);
      if (other === undefined || !isOpen(other.state) || other.record !== found.record) continue;
      if (id === found.id || this.#takenOver.has(id)) continue;
      if (other.version > 1 || isEarlier(other, found))
        first = first === null || isEarlier(other, first) ? other : first;
    }
    return first;
  }

  #forget(found: CaseState): void {
    this.#known.delete(found.id);
    this.#takenOver.delete(found.id);
    const incident = incidentOf(found.extra);
    const several = incident === null ? undefined : this.#byIncident.get(incident);
    if (several === undefined || incident === null) return;
    several.delete(found.id);
    if (several.size === 0) this.#byIncident.delete(incident);
  }
}

function isEarlier(a: CaseState, b: CaseState): boolean {
  return a.reportedAt < b.reportedAt || (a.reportedAt === b.reportedAt && a.id < b.id);
}
