import { hasTurn } from '#domain/case/fold.ts';
import { isOrderOpen } from '#domain/case/guards.ts';
import { shares } from './chances.ts';
import { called } from './roads.ts';
import type { Offer, Step, Turn } from './scene.ts';
import { handlerId, unitActor } from './staff.ts';
import { sideWords } from './step-words.ts';

/** Share of the steps of a case with open orders that one of the co-units takes, before the lead has finished. */
const SIDE_BY_SIDE = 0.6;

/** A co-unit takes, comes to or answers its order 子单, or the lead waives it: while the lead works. */
export const orderStep: Offer = (turn) => (turn.random.chance(SIDE_BY_SIDE) ? openOrderStep(turn) : null);

/** The same, now that the lead has finished and waits for the answers. */
export const openOrderStep: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  const order = found.side.orders.find((one) => isOrderOpen(one) && one.state !== 'waiting' && !hasTurn(one));
  if (order === undefined || unit === null) return null;
  const orderId = order.id;
  const own = unitActor(order.unit);
  if (order.via === 'whistle' && order.arrivedAt === null) return turn.field(own, { type: 'arrive', ...on, orderId });
  if (order.state === 'sent') {
    if (order.via === 'dispatch' && random.chance(shares.waived)) {
      const reason = random.pick(sideWords.orderWaived);
      return turn.field(unitActor(unit), { type: 'waive_order', ...on, orderId, reason });
    }
    return turn.field(own, { type: 'accept_order', ...on, orderId, handlerId: handlerId(order.unit, random) });
  }
  return turn.field(own, { type: 'answer_order', ...on, orderId, words: random.pick(sideWords.orderAnswered) });
};

/** 吹哨: the unit calls one or two others to the place. */
export const whistleStep: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  const isCalling = turn.is(found.record === 'case' ? 'whistled' : 'ticketWhistled');
  const hasCalled = found.side.mode === 'relay' || found.side.orders.some(({ via }) => via === 'whistle');
  if (unit === null || hasCalled || !isCalling) return null;
  const first = called(turn);
  const second = random.chance(0.3) ? called(turn) : null;
  const units = [...new Set([first, second])].filter((code) => code !== null);
  if (units.length === 0) return null;
  const orders = units.map((code) => ({ unit: code, personId: null, role: 'co' }) as const);
  return turn.field(unitActor(unit), { type: 'whistle', ...on, orders, reason: random.pick(sideWords.whistled) });
};

/** 接续办件: the next unit goes on. */
export function handOver(turn: Turn, words: readonly string[]): Step | null {
  const { found, on, random, unit } = turn;
  if (unit === null || found.side.mode !== 'relay') return null;
  if (!found.side.orders.some(({ state }) => state === 'waiting')) return null;
  return turn.field(unitActor(unit), { type: 'hand_over', ...on, words: random.pick(words) });
}
