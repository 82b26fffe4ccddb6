import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aReport } from '#tests/builders/cases.ts';
import { caseFaults, stepFaults } from '#tests/builders/case-faults.ts';
import { ledgerFaults } from '#tests/builders/ledger.ts';
import { someAct, someAction, someActor } from '#tests/builders/random-acts.ts';
import { aPhoto, photosNeeded } from '#tests/builders/photos.ts';
import { someLimit, someRules } from '#tests/builders/rules.ts';
import { apartFromSteps, aTicket, timeText, World, type Act } from '#tests/builders/world.ts';
import { anActor } from '#tests/builders/cases.ts';
import type { Actor } from '#domain/access/roles.ts';
import { instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { StoredEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { explainCase } from './explain.ts';
import { isOpen } from './lifecycle.ts';
import type { CaseState } from './state.ts';

const MOST_RECORDS = 8;
const COMMANDS = 100_000;

/** Seconds, an hour, a night, a weekend: the run begins in the week before 国庆 2026. */
const waits = [0, 0, 0.2, 0.2, 0.5, 1, 1, 2, 2, 5, 5, 10, 20, 60, 180, 720, 4_000] as const;

/** One command of a run: everything about it is drawn from `seed`, so that a run without the others still means the same. */
const step = fc.record({ seed: fc.nat({ max: 0xffff_ffff }), wait: fc.constantFrom(...waits) });
const run = fc.record({ resumes: fc.boolean(), steps: fc.array(step, { maxLength: 400, size: 'max' }) });

test(
  'a hundred thousand random commands of random posts on several cases and tickets leave every one of them whole',
  { timeout: 120_000 },
  () => {
    let tried = 0;
    let done = 0;
    fc.assert(
      fc.property(run, ({ resumes, steps }) => {
        const model = new Model(resumes);
        for (const { seed, wait } of steps) model.step(new Random(seed), wait);
        model.end();
        tried += model.tried;
        done += model.world.events.length;
      }),
      { seed: 20261124, numRuns: 620, endOnFailure: false },
    );
    expect(tried).toBeGreaterThanOrEqual(COMMANDS);
    expect(done).toBeGreaterThan(COMMANDS / 4);
  },
);

const someReporter = { ref: 'person-1', isConfidential: true };

/** Plays one run, and throws with the commands of the run when a case is not whole. */
class Model {
  tried = 0;
  readonly world: World;
  readonly #log: string[] = [];
  readonly #beforeMerge = new Map<string, CaseState>();
  #hours = 2;
  readonly #pushing: readonly ('suspended' | 'fed_back')[];

  constructor(resumes: boolean) {
    this.#pushing = resumes ? ['suspended', 'fed_back'] : ['suspended'];
    const rules = someRules({
      policies: {
        reworkDeadline: resumes ? 'resume' : 'keep',
        adminMayForceClose: resumes,
        maxSuspensions: 2,
        ...photosNeeded,
      },
      isUrgent: () => resumes,
      limitFor: (query) => {
        const limit = someLimit(query);
        if (query.record === 'case' && query.clock === 'handle' && query.classRef.code === '0102') {
          return { value: this.#hours, unit: 'work_hour', basis: '0102' };
        }
        return query.clock === 'dispatch' ? { ...limit, value: this.#hours * 10 } : limit;
      },
    });
    this.world = new World(rules, instant(Date.parse('2026-09-28T08:00:00+08:00')));
  }

  step(random: Random, wait: number): void {
    const { world } = this;
    world.wait(wait);
    this.#endPauses();
    if (random.chance(0.01)) this.#hours = random.integer(1, 12);
    if (world.states.size < MOST_RECORDS && (world.states.size < 3 || random.chance(0.05))) this.#begin(random);
    const [one, other] = [random.pick([...world.states.values()]), random.pick([...world.states.values()])];
    const found = isOpen(one.state) || one.side.mergedInto !== null ? one : other;
    const action = someAction(found, random);
    if (action === 'report' || action === 'receive') return;
    const actor = someActor(found, action, random);
    this.#try(someAct(action, found, world, random), actor, found.id);
  }

  end(): void {
    const journal: readonly StoredEvent[] = JSON.parse(JSON.stringify(this.world.events));
    for (const [id, state] of this.world.states) {
      const events = journal.filter(({ caseId }) => caseId === id);
      let folded: CaseState | undefined;
      for (const event of events) folded = evolve(folded, event);
      this.#check(() => expect(folded).toEqual(state));
      const { clocks } = explainCase(events, this.world.context.rules.calendar, this.world.now);
      const faults = clocks.flatMap((clock) => ledgerFaults(clock, this.world.now));
      const handle = clocks.findLast(({ clock }) => clock === 'handle');
      if (handle !== undefined && state.clock === 'handle' && handle.dueAt !== state.dueAt)
        faults.push('another deadline');
      this.#throwIf(id, faults);
    }
  }

  #begin(random: Random): void {
    const { world } = this;
    const classRef = { ...aReport().classRef, code: random.pick(['0101', '0102', '0601']) };
    const source = random.pick(['grid_staff', 'hotline', 'desk'] as const);
    const body = random.chance(0.5)
      ? aReport({
          classRef,
          source,
          reporterId: 'finder-1',
          reportedAt: world.now,
          photos: [aPhoto()],
          reporter: someReporter,
        })
      : aTicket({ timeClass: random.pick(['emergency', 'livelihood']), issuedAt: world.now });
    freezeWhole(world.begin(body));
    this.#log.push(`${timeText(world.now)} ${body.type} → ${world.id}`);
  }

  #endPauses(): void {
    for (const { id, state, side } of this.world.states.values()) {
      if (state !== 'suspended' || side.suspension === null || side.suspension.until > this.world.now) continue;
      const refusal = this.#try({ type: 'resume' }, anActor('SYSTEM'), id);
      this.#throwIf(id, refusal === null ? [] : [`the pause did not end: ${refusal}`]);
    }
  }

  #try(act: Act, actor: Actor, id: string): string | null {
    const { world } = this;
    this.tried += 1;
    const before = new Map(world.states);
    const refusal = world.code(act, actor, id);
    this.#log.push(
      `${timeText(world.now)} ${id} ${actor.roles.join('+')}@${actor.unit} ${JSON.stringify(act)} → ${refusal ?? 'done'}`,
    );
    for (const [changed, after] of world.states) {
      const from = before.get(changed);
      if (from === undefined || from === after) continue;
      if (refusal !== null) this.#throwIf(changed, ['a refusal changed it']);
      freezeWhole(after);
      this.#throwIf(changed, [
        ...caseFaults(after, world.context.rules.calendar, this.#pushing, world.now),
        ...stepFaults(from, after, act.type),
      ]);
      if (from.side.mergedInto === null && after.side.mergedInto !== null) this.#beforeMerge.set(changed, from);
      if (from.side.mergedInto !== null && after.side.mergedInto === null) {
        const was = this.#beforeMerge.get(changed);
        this.#check(() => expect(apartFromSteps(after)).toEqual(was && apartFromSteps(was)));
      }
    }
    if (act.type === 'merge' || act.type === 'unmerge') {
      for (const one of world.states.keys()) this.#throwIf(one, mergeFaults(world, one));
    }
    return refusal;
  }

  #check(assertion: () => void): void {
    try {
      assertion();
    } catch (cause) {
      throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n${this.#log.join('\n')}`, { cause });
    }
  }

  #throwIf(id: string, faults: readonly string[]): void {
    if (faults.length > 0) throw new Error(`${id}: ${faults.join('; ')}\n${this.#log.join('\n')}`);
  }
}

/** A case has the reports of all that were merged into it, directly or through another, and of no other. */
function mergeFaults(world: World, id: string): readonly string[] {
  const leadsHere = (state: CaseState): boolean => {
    const into = state.side.mergedInto?.caseId;
    return into !== undefined && (into === id || leadsHere(world.state(into)));
  };
  const expected = [...world.states.values()].filter(leadsHere).map((state) => state.id);
  const merged = world.state(id).side.merged.map(({ caseId }) => caseId);
  return merged.toSorted().join() === expected.toSorted().join()
    ? []
    : [`merged ${merged.join()} is not ${expected.join()}`];
}

/** A rule that wrote into a case would throw. */
function freezeWhole(value: object): void {
  if (Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freezeWhole(part);
}
