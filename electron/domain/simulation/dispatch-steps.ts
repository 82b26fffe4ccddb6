import { isOrderOpen } from '#domain/case/guards.ts';
import { hasTurn } from '#domain/case/fold.ts';
import { departmentsOf, nextDown, ordersOf, roadOf, someBelow, wrongBelow, wrongUnit, type Road } from './roads.ts';
import type { Offer, Step, Turn } from './scene.ts';
import { deskActor, handlerId, unitActor } from './staff.ts';
import { stepWords } from './step-words.ts';

/** After so many returns nobody sends the case back any more. */
export const MOST_RETURNS = 3;

/** The recall must be recorded inside its window. */
const RECALL_MARGIN_MS = 1_000;

/** 回退受理 (row 7): the dispatcher finds that it is not the district's. */
export const notOursStep: Offer = (turn) => {
  const { found, on, random } = turn;
  if (found.state !== 'pending_dispatch' || found.returnCount > 0 || wasSent(turn) || !turn.is('notOurs')) return null;
  const reasonCode = turn.reasonCode('return', 'R01', 'R05');
  if (reasonCode === null) return null;
  const reason = random.pick(stepWords.notOursDesk);
  return turn.desk(deskActor('DISPATCHER', random), { type: 'return', ...on, reasonCode, reason });
};

/** 派遣: to the unit of the responsibility or its township; now and then to a wrong one. */
export const dispatchStep: Offer = (turn) => {
  const { found, on, random, scene, day } = turn;
  const dispatcher = deskActor('DISPATCHER', random);
  const { redispatchTo, escalationCount } = found.side;
  const opinion = random.pick(stepWords.dispatched);
  if (redispatchTo !== null) return turn.desk(dispatcher, { type: 'dispatch', ...on, unit: redispatchTo, opinion });
  const road = roadOf(turn);
  const [first] = road.units;
  if (first === undefined) return null;
  if (escalationCount > 0) {
    const departments = departmentsOf(scene.tables, day).filter((code) => !isTaken(turn, code));
    const unit = departments.length > 0 ? random.pick(departments) : first;
    return turn.desk(dispatcher, { type: 'dispatch', ...on, unit, opinion });
  }
  const isWrong = found.returnCount === 0 && !wasSent(turn) && (turn.is('wrongUnit') || turn.is('recalled'));
  const wrong = isWrong ? wrongUnit(turn, road) : null;
  if (wrong !== null) return turn.desk(dispatcher, { type: 'dispatch', ...on, unit: wrong, opinion });
  const lead = road.units[road.leadAt] ?? first;
  const unit = turn.is('direct') ? lead : first;
  if (unit !== lead) return turn.desk(dispatcher, { type: 'dispatch', ...on, unit, opinion });
  return turn.desk(dispatcher, { type: 'dispatch', ...on, ...toLead(turn, road, unit, opinion) });
};

/** 撤回 of an order that went to a wrong unit, while the window is open. */
export const recallStep: Offer = (turn) => {
  const { found, on, random, unit, now } = turn;
  const { recall } = found.side;
  if (recall === null || now > recall.until - RECALL_MARGIN_MS || unit === null || !turn.is('recalled')) return null;
  if (recall.before.state !== 'pending_dispatch' || roadOf(turn).units.includes(unit)) return null;
  return turn.desk(deskActor('DISPATCHER', random), { type: 'recall', ...on, reason: random.pick(stepWords.recalled) });
};

/** The unit that holds the case sends it back, sends it down, or takes it. */
export const unitStep: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  if (unit === null) return null;
  const road = roadOf(turn);
  const accept = turn.field(unitActor(unit), { type: 'accept', ...on, handlerId: namedHandler(turn, unit) });
  const isSettled = found.reworkCount > 0 || found.side.escalationCount > 0 || found.side.firstReceiver !== null;
  if (isSettled || found.side.orders.some(hasTurn)) return accept;
  if (!road.units.includes(unit)) return road.units.length === 0 ? accept : (wrongUnitStep(turn, unit) ?? accept);
  const below = nextDown(turn, road, unit);
  if (below === null) return accept;
  const opinion = random.pick(stepWords.subDispatched);
  const isWrong = found.returnCount === 0 && turn.is('wrongVillage');
  const wrong = isWrong ? wrongBelow(turn, below) : null;
  if (wrong !== null) {
    return turn.field(unitActor(unit), { type: 'sub_dispatch', ...on, unit: wrong, opinion });
  }
  const isToLead = road.units.indexOf(below) === road.leadAt;
  const sending = isToLead ? toLead(turn, road, below, opinion) : { unit: below, opinion };
  return turn.field(unitActor(unit), { type: 'sub_dispatch', ...on, ...sending });
};

/** Not ours: one hop back, where sometimes a unit of theirs is asked first. */
function wrongUnitStep(turn: Turn, unit: string): Step | null {
  const { found, on, random } = turn;
  if (found.returnCount >= MOST_RETURNS) return null;
  const isFirst = found.state === 'pending_handle' && found.returnCount === 0;
  const isSentOn = found.chain.filter((hop) => hop.unit !== null && hop.outcome === 'sent_on').length > 0;
  const below = isFirst && !isSentOn && random.chance(0.4) ? someBelow(turn, unit) : null;
  if (below !== null) {
    const opinion = random.pick(stepWords.subDispatched);
    return turn.field(unitActor(unit), { type: 'sub_dispatch', ...on, unit: below, opinion });
  }
  const reasonCode = turn.reasonCode('return', 'R01', 'R02', 'R03');
  if (reasonCode === null) return null;
  const words = found.state === 'returned' ? stepWords.passedBack : stepWords.notOurs;
  return turn.field(unitActor(unit), { type: 'return', ...on, reasonCode, reason: random.pick(words) });
}

/** The order to the lead, with its person 责任到人 and the orders to co-units 联合 or one after another 接续. */
function toLead(turn: Turn, road: Road, unit: string, opinion: string) {
  const personId = road.duty?.person?.id ?? null;
  const hasOrders = turn.found.side.orders.length > 0;
  const orders = hasOrders ? [] : ordersOf(turn, road, unit);
  const isRelay = turn.is('relay');
  if (orders.length === 0 || !(isRelay || turn.is('joint'))) return { unit, personId, opinion };
  const words = isRelay ? stepWords.dispatchedRelay : stepWords.dispatchedJoint;
  return { unit, personId, orders, mode: isRelay ? 'relay' : 'joint', opinion: turn.random.pick(words) } as const;
}

/** Whom the order names, if it is still with that unit, else somebody of the unit. */
export function namedHandler({ found, random }: Turn, unit: string): string {
  const last = found.chain.at(-1);
  const named = last?.unit === unit ? last.personId : null;
  return named !== null && named !== found.reporterId ? named : handlerId(unit, random);
}

/** Whether a unit has had the case before. */
function wasSent({ found }: Turn): boolean {
  return found.chain.some(({ unit }) => unit !== null);
}

function isTaken({ found }: Turn, code: string): boolean {
  return found.side.orders.some((order) => order.unit === code && isOrderOpen(order));
}
