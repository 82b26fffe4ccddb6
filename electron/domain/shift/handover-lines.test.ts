import { describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, plus } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { aCase, aReport } from '#tests/builders/cases.ts';
import { someAct, someAction, someActor } from '#tests/builders/random-acts.ts';
import { aTicket, World } from '#tests/builders/world.ts';
import { caseBefore, handoverLines, LISTED, RISK_MS, type Before, type HandoverFacts } from './handover-lines.ts';

const found = aCase(2);
const now = found.stateSince;

function told(given: Partial<HandoverFacts>) {
  return handoverLines({ now, before: null, open: [], ended: [], total: 0, alarms: [], facts: [], ...given });
}

function pictureOf(states: readonly CaseState[], at = now): Before {
  return { at, total: states.length, open: new Map(states.map((state) => [state.id, caseBefore(state)])) };
}

const dueIn = (id: string, ms: number): CaseState => ({ ...found, id, dueAt: plus(now, ms) });

test('at risk is what falls due from now on within four hours, the earliest first; what is past due is told apart', () => {
  const open = [
    dueIn('later', RISK_MS + 1),
    dueIn('end', RISK_MS),
    dueIn('soon', MINUTE_MS),
    dueIn('now', 0),
    dueIn('past', -1),
    { ...found, id: 'none', dueAt: null },
  ];
  const { lines, counts } = told({ open });
  expect(lines.map(({ kind, caseId }) => `${kind} ${caseId}`)).toEqual([
    ...['risk now', 'risk soon', 'risk end', 'overdue past'],
  ]);
  expect(counts).toMatchObject({ risk: 3, overdue: 1 });
});

test('the key of a line stays the same when what was at risk is past due', () => {
  const open = [dueIn('1', HOUR_MS)];
  const [before] = told({ open }).lines;
  const [after] = told({ open, now: plus(now, 2 * HOUR_MS) }).lines;
  expect([before?.kind, after?.kind]).toEqual(['risk', 'overdue']);
  expect(after?.key).toBe(before?.key);
});

test('since the handover before: new, ended, raised; what came and went in between is counted', () => {
  const escalated = { ...found, id: 'raised', side: { ...found.side, escalationCount: 1 } };
  const before = pictureOf([
    { ...found, id: 'stays' },
    { ...found, id: 'ends' },
    { ...found, id: 'raised' },
  ]);
  const { lines, counts } = told({
    before,
    open: [{ ...found, id: 'stays' }, escalated, { ...found, id: 'new' }],
    // Three then, one of now is new, and one came and went.
    total: 5,
  });
  const changes = lines.filter(({ kind }) => ['escalated', 'opened', 'ended'].includes(kind));
  expect(changes.map(({ kind, caseId }) => `${kind} ${caseId}`)).toEqual([
    'escalated raised',
    'opened new',
    'ended ends',
  ]);
  expect(counts).toMatchObject({ opened: 2, ended: 2 });
});

test('all that is at risk and newly past due is listed, however much; of what was handed over already the first', () => {
  const many = LISTED + 50;
  const before = pictureOf([], plus(now, -HOUR_MS));
  const open = [-2 * HOUR_MS, -MINUTE_MS, MINUTE_MS].flatMap((ms, kind) =>
    Array.from({ length: many }, (_, index) => dueIn(`${kind}-${index}`, ms)),
  );
  const { lines, counts } = told({ open, before });
  const listed = (kind: string, isNew?: boolean) =>
    lines.filter((line) => line.kind === kind && (isNew === undefined || line.isNew === isNew)).length;
  expect(listed('risk')).toBe(many);
  expect(listed('overdue', true)).toBe(many);
  expect(listed('overdue', false)).toBeLessThan(many);
  expect(counts).toMatchObject({ risk: many, overdue: 2 * many });
});

test('wishes that wait and 督办 without an answer, also the appeal of an ended case; what was decided is not told', () => {
  const at = plus(now, -HOUR_MS);
  const wish = { at, by: 'desk-1', reason: '等供货' };
  const supervision = {
    id: 's1',
    kind: 'leader',
    level: 2,
    party: 'p',
    reason: 'r',
    at,
    by: 'l',
    answerBy: null,
  } as const;
  const side = {
    ...found.side,
    extensionRequest: { ...wish, waitsFor: 'DISPATCHER' as const },
    suspensionRequest: { ...wish, until: now },
    supervisions: [
      { ...supervision, answer: null },
      { ...supervision, id: 's2', answer: { at, by: 'x', words: '已答复' } },
    ],
  };
  const appeal = { ...wish, kind: 'overdue' as const, reviews: [], result: 'pending' as const };
  const ended = [
    { ...found, id: 'appealed', side: { ...found.side, appeal } },
    { ...found, id: 'decided', side: { ...found.side, appeal: { ...appeal, result: 'granted' as const } } },
  ];
  const { lines } = told({ open: [{ ...found, id: 'open', dueAt: null, side }], ended });
  expect(lines.map(({ key }) => key)).toEqual([
    ...['approval:open:extension', 'approval:open:suspension', 'approval:appealed:appeal', 'supervision:open:s1'],
  ]);
  expect(JSON.stringify(lines)).not.toContain('等供货');
});

describe.each([1, 2, 3])('against a list made by force, seed %i', (seed) => {
  test('no deadline of any open case within four hours is missing, and nothing else is at risk', () => {
    const random = new Random(seed);
    const world = new World();
    for (let step = 0; step < 1_500; step += 1) {
      world.wait(random.integer(0, 4));
      if (step % 15 === 0) {
        world.begin(random.chance(0.5) ? aReport() : aTicket({ external: { feed: 'f', id: `${step}` } }));
      }
      const state = world.state(random.pick([...world.states.keys()].slice(-30)));
      const action = someAction(state, random);
      if (action === 'report' || action === 'receive') continue;
      world.code(someAct(action, state, world, random), someActor(state, action, random), state.id);
    }
    const open = [...world.states.values()].filter(({ state }) => isOpen(state));
    const byForce = (from: number, to: number) =>
      open.flatMap(({ id, dueAt, side: { ticket, endorsement, suspension } }) => {
        const all = [dueAt, suspension === null ? null : suspension.until];
        if (ticket !== null && ticket.firstContactAt === null) all.push(ticket.contactDueAt);
        for (const step of endorsement?.steps ?? []) if (step.state === 'current') all.push(step.dueAt);
        return all.flatMap((at) => (at !== null && at >= from && at <= to ? [`${id} ${at}`] : []));
      });
    let risks = 0;
    const due = open.flatMap(({ dueAt, side }) => [dueAt, side.ticket?.contactDueAt, side.suspension?.until]);
    const moments = due.flatMap((at) => (at == null ? [] : plus(at, -random.integer(-30, 270) * MINUTE_MS)));
    for (const at of [world.now, ...moments]) {
      const { lines } = told({ open, now: at });
      const of = (kind: string) =>
        lines.filter((line) => line.kind === kind).map((line) => `${line.caseId} ${line.at}`);
      const expected = byForce(at, at + RISK_MS);
      risks += expected.length;
      expect(of('risk').toSorted()).toEqual(expected.toSorted());
      // At the first handover all is counted, and the first ones listed.
      expect(of('overdue')).toEqual(of('overdue').filter((line) => byForce(-Infinity, at - 1).includes(line)));
      expect(told({ open, now: at }).counts.overdue).toBe(byForce(-Infinity, at - 1).length);
    }
    expect(risks).toBeGreaterThan(20);
  });
});
