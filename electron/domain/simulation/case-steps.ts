import type { Actor } from '#domain/access/roles.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseAction } from '#domain/case/transitions.ts';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { SimulatedCity } from './city.ts';
import { seedOf } from './seed-of.ts';
import { collectorActor, collectorId, deskActor, handlerActor, handlerId, unitActor } from './staff.ts';
import { stepWords } from './step-words.ts';

/**
 * What the simulated staff does next with a case. `side` says whose post acts: the district desk, or units and collectors
 * in the field.
 */
export interface Step {
  readonly action: CaseAction;
  readonly side: 'desk' | 'field';
  readonly actor: Actor;
  readonly body: CaseCommandBody;
}

/** Shares of live-and-storage.md §6; those of returns inside a unit and of unable checks are our judgement. */
const shares = {
  wrongUnit: 0.06,
  toCommunity: 0.75,
  toGrid: 0.5,
  givenBack: 0.02,
  resultRejected: 0.03,
  checkFailed: 0.05,
  checkFailedAgain: 0.2,
  checkUnable: 0.01,
} as const;
const MOST_RETURNS = 3;
const MOST_REWORKS = 2;

/**
 * The next step of a case, or null when it is closed or nobody in the simulated city would know what to do. It depends on
 * seed, case and version alone, so a simulator that starts again goes on as if it had not stopped.
 */
export function nextStep(city: SimulatedCity, found: CaseState, seed: number): Step | null {
  const random = new Random(seedOf(seed, 'step', found.id, found.version));
  const on = { caseId: found.id, expectedVersion: found.version };
  const acceptor = () => deskActor('ACCEPTOR', random);
  const dispatcher = () => deskActor('DISPATCHER', random);
  switch (found.state) {
    case 'reported':
    case 'pending_register':
      return desk(acceptor(), { type: 'register', ...on, condition: random.pick(stepWords.registered) });
    case 'pending_dispatch':
      return dispatchStep(city, found, random);
    case 'returned':
      return found.returnedTo === 'ACCEPTOR'
        ? desk(acceptor(), { type: 'register', ...on, condition: random.pick(stepWords.registered) })
        : dispatchStep(city, found, random);
    case 'pending_handle':
      return unitStep(city, found, random);
    case 'handling':
      return handlerStep(found, random);
    case 'handle_finished':
      return resultStep(found, random);
    case 'pending_check':
      if (found.holder?.post === 'DISPATCHER') {
        return desk(dispatcher(), { type: 'rework', ...on, reason: random.pick(stepWords.reworked) });
      }
      return desk(acceptor(), { type: 'request_check', ...on, collectorId: collectorId(gridOf(city, found), random) });
    case 'checking':
      return checkStep(city, found, random);
    case 'pending_close':
      return desk(acceptor(), { type: 'close', ...on, condition: random.pick(stepWords.closed) });
    default:
      return null;
  }
}

/** To the unit whose area it is, now and then to a wrong one. */
function dispatchStep(city: SimulatedCity, found: CaseState, random: Random): Step | null {
  const chain = receivingChain(city, found);
  const right = chain[0];
  if (right === undefined) return null;
  const neighbours = city.areas.children(city.areas.area(right)?.parent ?? '').filter(({ code }) => code !== right);
  const isWrong = found.returnCount === 0 && neighbours.length > 0 && random.chance(shares.wrongUnit);
  const unit = isWrong ? random.pick(neighbours).code : right;
  const body = { type: 'dispatch', caseId: found.id, expectedVersion: found.version, unit } as const;
  return desk(deskActor('DISPATCHER', random), { ...body, opinion: random.pick(stepWords.dispatched) });
}

/** The unit that holds the case sends it back, sends it down its chain, or takes it. */
function unitStep(city: SimulatedCity, found: CaseState, random: Random): Step | null {
  const unit = found.holder?.unit;
  if (unit === null || unit === undefined) return null;
  const on = { caseId: found.id, expectedVersion: found.version };
  const chain = receivingChain(city, found);
  const place = chain.indexOf(unit);
  if (place < 0 && chain.length > 0 && found.returnCount < MOST_RETURNS) {
    return field(unitActor(unit), { type: 'return', ...on, reasonCode: 'R03', reason: random.pick(stepWords.notOurs) });
  }
  const below = place < 0 ? undefined : chain[place + 1];
  const share = place === 0 ? shares.toCommunity : shares.toGrid;
  if (below !== undefined && found.reworkCount === 0 && random.chance(share)) {
    const opinion = random.pick(stepWords.subDispatched);
    return field(unitActor(unit), { type: 'sub_dispatch', ...on, unit: below, opinion });
  }
  return field(unitActor(unit), { type: 'accept', ...on, handlerId: handlerId(unit, random) });
}

function handlerStep(found: CaseState, random: Random): Step | null {
  const unit = found.holder?.unit;
  if (unit === null || unit === undefined || found.handlerId === null) return null;
  const actor = handlerActor(found.handlerId, unit);
  const on = { caseId: found.id, expectedVersion: found.version };
  if (found.returnCount < MOST_RETURNS && random.chance(shares.givenBack)) {
    return field(actor, { type: 'return', ...on, reasonCode: 'R06', reason: random.pick(stepWords.givenBack) });
  }
  return field(actor, { type: 'handle', ...on, result: random.pick(stepWords.handled) });
}

function resultStep(found: CaseState, random: Random): Step | null {
  const unit = found.holder?.unit;
  if (unit === null || unit === undefined) return null;
  const on = { caseId: found.id, expectedVersion: found.version };
  if (found.returnCount < MOST_RETURNS && random.chance(shares.resultRejected)) {
    return field(unitActor(unit), {
      type: 'return',
      ...on,
      reasonCode: 'R07',
      reason: random.pick(stepWords.resultRejected),
    });
  }
  return field(unitActor(unit), { type: 'feed_back', ...on, opinion: random.pick(stepWords.fedBack) });
}

function checkStep(city: SimulatedCity, found: CaseState, random: Random): Step | null {
  if (found.collectorId === null) return null;
  const actor = collectorActor(found.collectorId, gridOf(city, found));
  const on = { caseId: found.id, expectedVersion: found.version };
  const failShare = found.reworkCount === 0 ? shares.checkFailed : shares.checkFailedAgain;
  if (found.reworkCount < MOST_REWORKS && random.chance(failShare)) {
    return field(actor, { type: 'check', ...on, result: 'failed', opinion: random.pick(stepWords.checkFailed) });
  }
  const isUnable = found.lastCheck === null && random.chance(shares.checkUnable);
  const result = isUnable ? 'unable' : 'passed';
  const words = isUnable ? stepWords.checkUnable : stepWords.checkPassed;
  return field(actor, { type: 'check', ...on, result, opinion: random.pick(words) });
}

/**
 * Units that can get an order for the place, coarsest first. Where the grid is not of this district any more, the units
 * of one of its cells, always the same.
 */
function receivingChain(city: SimulatedCity, found: CaseState): readonly string[] {
  const chain = city.units.chainFor(gridOf(city, found));
  return chain.filter((unit) => unit.parent !== null).map((unit) => unit.code);
}

function gridOf(city: SimulatedCity, found: CaseState): string {
  const { gridCode } = found.place;
  if (gridCode !== null && city.areas.area(gridCode) !== undefined) return gridCode;
  return new Random(seedOf('grid', found.id)).pick(city.cells).code;
}

function desk(actor: Actor, body: CaseCommandBody): Step {
  return { action: body.type, side: 'desk', actor, body };
}

function field(actor: Actor, body: CaseCommandBody): Step {
  return { action: body.type, side: 'field', actor, body };
}
