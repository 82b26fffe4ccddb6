import { isHandlingOverdue } from '#domain/case/deadline.ts';
import { lastHandlingUnit } from '#domain/case/decision.ts';
import { DAY_MS } from '#domain/base/instant.ts';
import { shares } from './chances.ts';
import { MOST_RETURNS } from './dispatch-steps.ts';
import { handOver } from './order-steps.ts';
import type { Offer, Turn } from './scene.ts';
import { collectorActor, collectorId, deskActor, handlerActor, reviewer, unitActor } from './staff.ts';
import { sideWords, stepWords } from './step-words.ts';

const MOST_REWORKS = 2;

/** Appeals come within days; the window is a week. */
const APPEALS_WITHIN_MS = 5 * DAY_MS;

/** The handler does it, or gives it back to the unit (row 10). */
export const handleStep: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  if (unit === null || found.handlerId === null) return null;
  const actor = handlerActor(found.handlerId, unit);
  const reasonCode = turn.reasonCode('return', 'R99', 'R06');
  if (found.returnCount < MOST_RETURNS && reasonCode !== null && random.chance(shares.givenBack)) {
    return turn.field(actor, { type: 'return', ...on, reasonCode, reason: random.pick(stepWords.givenBack) });
  }
  const photos = turn.photos('before', 'after');
  return turn.field(actor, { type: 'handle', ...on, result: random.pick(stepWords.handled), photos });
};

/** The unit rejects the result (row 12), hands over to the next one, or feeds back. */
export const resultStep: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  if (unit === null) return null;
  const reasonCode = turn.reasonCode('return', 'R99');
  if (found.returnCount < MOST_RETURNS && reasonCode !== null && random.chance(shares.resultRejected)) {
    const reason = random.pick(stepWords.resultRejected);
    return turn.field(unitActor(unit), { type: 'return', ...on, reasonCode, reason });
  }
  const next = handOver(turn, stepWords.handedOver);
  if (next !== null) return next;
  return turn.field(unitActor(unit), { type: 'feed_back', ...on, opinion: random.pick(stepWords.fedBack) });
};

/** 返工 by the dispatcher, 核查 by the acceptor; after 无法核查 sometimes 结案 as it is. */
export const requestCheckStep: Offer = (turn) => {
  const { found, on, random } = turn;
  if (found.holder?.post === 'DISPATCHER') {
    const reason = random.pick(stepWords.reworked);
    return turn.desk(deskActor('DISPATCHER', random), { type: 'rework', ...on, reason });
  }
  const acceptor = deskActor('ACCEPTOR', random);
  const isUnable = found.lastCheck === 'unable' && found.lastAction === 'check';
  if (isUnable && random.chance(0.4)) return turn.desk(acceptor, { type: 'close', ...on, condition: closing(turn) });
  const collector = collectorId(turn.grid, random, [found.handlerId, found.reporterId]);
  return turn.desk(acceptor, { type: 'request_check', ...on, collectorId: collector });
};

export const checkStep: Offer = (turn) => {
  const { found, on, random } = turn;
  if (found.collectorId === null) return null;
  const actor = collectorActor(found.collectorId, turn.grid);
  const failShare = found.reworkCount === 0 ? shares.checkFailed : shares.checkFailedAgain;
  if (found.reworkCount < MOST_REWORKS && random.chance(failShare)) {
    const opinion = random.pick(stepWords.checkFailed);
    return turn.field(actor, { type: 'check', ...on, result: 'failed', opinion, photos: turn.photos('near') });
  }
  const isUnable = found.lastCheck === null && random.chance(shares.checkUnable);
  const words = isUnable ? stepWords.checkUnable : stepWords.checkPassed;
  return turn.field(actor, {
    type: 'check',
    ...on,
    result: isUnable ? 'unable' : 'passed',
    opinion: random.pick(words),
    photos: turn.photos(isUnable ? 'far' : 'after'),
  });
};

/** 结案, or 结案不通过 (row 18). */
export const closeStep: Offer = (turn) => {
  const { found, on, random } = turn;
  const acceptor = deskActor('ACCEPTOR', random);
  if (found.reworkCount < MOST_REWORKS && random.chance(shares.closeFailed)) {
    return turn.desk(acceptor, { type: 'fail_close', ...on, reason: random.pick(stepWords.closeFailed) });
  }
  return turn.desk(acceptor, { type: 'close', ...on, condition: closing(turn) });
};

/** 超时申诉 of an overdue closing, 剔除申诉 of a ticket whose caller was not content; then two reviews. */
export const appealStep: Offer = (turn) => {
  const { found, on, random, now } = turn;
  const { appeal, ticket } = found.side;
  if (appeal?.result === 'pending') {
    const isGranted = random.chance(shares.granted);
    const opinion = random.pick(isGranted ? sideWords.appealGranted : sideWords.appealRefused);
    const actor = reviewer(appeal.reviews.length, random);
    return turn.desk(actor, { type: 'review_appeal', ...on, isGranted, opinion });
  }
  const unit = lastHandlingUnit(found);
  if (appeal !== null || unit === null || found.closedAt === null || now - found.closedAt > APPEALS_WITHIN_MS) {
    return null;
  }
  if (isHandlingOverdue(found, now) && turn.is('appealed')) {
    const reason = random.pick(sideWords.appealed);
    return turn.field(unitActor(unit), { type: 'appeal', ...on, kind: 'overdue', reason });
  }
  if (ticket === null || ticket.solved === 'solved' || !turn.is('excluded')) return null;
  const reason = random.pick(sideWords.excluded);
  return turn.field(unitActor(unit), { type: 'appeal', ...on, kind: 'exclude', reason });
};

/** 结案条件 of the condition that it was filed under. */
function closing({ found, scene, day, random }: Turn): string {
  const asked = { record: 'case', clock: 'handle', classRef: found.classRef, timeClass: null, day } as const;
  const rows = scene.tables.conditionsFor(asked);
  const words = rows.find(({ condition }) => condition === found.condition)?.closeCondition ?? '';
  return words === '' ? random.pick(stepWords.closed) : words;
}
