import { isHandlingOverdue } from '#domain/case/deadline.ts';
import { HOUR_MS, MINUTE_MS, plus } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { shares } from './chances.ts';
import { drawBetween } from './draw.ts';
import type { Offer, Turn } from './scene.ts';
import { seedOf } from './seed-of.ts';
import { deskActor, handlerActor, unitActor } from './staff.ts';
import { sideWords, stepWords } from './step-words.ts';
import { ticketWords } from './ticket-words.ts';

/** A pause 挂账 lasts 2 to 10 hours of the simulated clock, so that a demonstration sees its end. */
const SUSPENDED_HOURS = [2, 10] as const;
const ANSWER_HOURS = 4;

/** 延期: a handler's wish passes the unit, then the desk decides. */
export const decideExtension: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  const request = found.side.extensionRequest;
  if (request === null) return null;
  if (request.waitsFor === 'DEPT') {
    return unit === null ? null : turn.field(unitActor(unit), { type: 'pass_extension', ...on });
  }
  const isGranted = isKind(turn, 'granted extension');
  const words = isGranted ? sideWords.extensionGranted : sideWords.extensionRefused;
  return turn.desk(decider(turn), { type: 'decide_extension', ...on, isGranted, opinion: random.pick(words) });
};

export const requestExtension: Offer = (turn) => {
  const { found, on, random, scene, unit, now, day } = turn;
  const { extensionCount, extensionRequest } = found.side;
  if (unit === null || extensionCount > 0 || extensionRequest !== null || !turn.is('extended')) return null;
  if (found.lastAction === 'decide_extension' || scene.tables.policies.number('max_extensions', day) < 1) return null;
  if (isHandlingOverdue(found, plus(now, MINUTE_MS))) return null;
  const isHandlers = found.record === 'case' && found.state === 'handling' && found.handlerId !== null;
  const actor = isHandlers ? handlerActor(found.handlerId, unit) : unitActor(unit);
  return turn.field(actor, { type: 'request_extension', ...on, reason: random.pick(sideWords.extensionAsked) });
};

/** 挂账: the desk decides; it ends by itself. */
export const decideSuspension: Offer = (turn) => {
  const { found, on, random, now } = turn;
  const request = found.side.suspensionRequest;
  if (request === null) return null;
  const isGranted = request.until > now + MINUTE_MS / 4 && isKind(turn, 'granted suspension');
  const words = isGranted ? sideWords.suspensionGranted : sideWords.suspensionRefused;
  return turn.desk(decider(turn), { type: 'decide_suspension', ...on, isGranted, opinion: random.pick(words) });
};

export const requestSuspension: Offer = (turn) => {
  const { found, on, random, scene, unit, now, day } = turn;
  const { suspensionCount, suspensionRequest } = found.side;
  if (unit === null || suspensionCount > 0 || suspensionRequest !== null || !turn.is('suspended')) return null;
  if (found.lastAction === 'decide_suspension' || scene.tables.policies.number('max_suspensions', day) < 1) return null;
  const hours = drawBetween(random, ...SUSPENDED_HOURS);
  const until = plus(now, MINUTE_MS + (hours * HOUR_MS) / scene.speed);
  const reason = random.pick(sideWords.suspensionAsked);
  return turn.field(unitActor(unit), { type: 'request_suspension', ...on, until, reason });
};

/** 催办, once. */
export const urge: Offer = (turn) => {
  const { found, on, random } = turn;
  if (found.side.urgeCount > 0 || !turn.is('urged')) return null;
  const actor = deskActor(found.record === 'case' ? 'DISPATCHER' : 'HOTLINE_DESK', random);
  return turn.desk(actor, { type: 'urge', ...on, words: random.pick(sideWords.urged) });
};

/** 督办, once, for an answer. */
export const supervise: Offer = (turn) => {
  const { found, on, random, scene, now, day } = turn;
  const parties = scene.tables.supervisingParties(day);
  if (found.side.supervisions.length > 0 || parties.length === 0 || !turn.is('supervised')) return null;
  const kind = isHandlingOverdue(found, now) ? 'timeout' : random.chance(0.5) ? 'leader' : 'key';
  const words = {
    timeout: sideWords.supervisedTimeout,
    leader: sideWords.supervisedLeader,
    key: sideWords.supervisedKey,
  }[kind];
  return turn.desk(deskActor(kind === 'leader' ? 'LEADER' : 'SHIFT_LEADER', random), {
    type: 'supervise',
    ...on,
    kind,
    level: random.pick([1, 2, 2, 3, 3, 3] as const),
    party: random.pick(parties).code,
    reason: random.pick(words),
    answerBy: random.chance(0.8) ? plus(now, (ANSWER_HOURS * HOUR_MS) / scene.speed) : null,
  });
};

export const answerSupervision: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  const open = found.side.supervisions.find(({ answer }) => answer === null);
  if (open === undefined || unit === null) return null;
  const words = random.pick(sideWords.supervisionAnswered);
  return turn.field(unitActor(unit), { type: 'answer_supervision', ...on, supervisionId: open.id, words });
};

/** 提级: a unit that works alone hands it up; of a ticket the hotline's leaders do, into the 疑难台账. */
export const escalate: Offer = (turn) => {
  const { found, on, random, scene, unit } = turn;
  const { escalationCount, orders } = found.side;
  if (unit === null || escalationCount > 0 || orders.length > 0 || !turn.is('escalated')) return null;
  const reason = random.pick(sideWords.escalated);
  const body = { type: 'escalate', ...on, reason, isHardCase: random.chance(0.5) } as const;
  if (found.record === 'case') return turn.field(unitActor(unit), body);
  const above = scene.tables.units.unit(scene.tables.units.unit(unit)?.parent ?? '');
  // A ticket is raised to its township; the district desk has no hands of its own.
  if (above === undefined || above.parent === null) return null;
  return turn.desk(deskActor('LEADER', random), { ...body, isHardCase: true });
};

/** 强制结案, rarely. */
export const forceClose: Offer = (turn) => {
  const { found, on, random } = turn;
  if (!turn.is('forceClosed')) return null;
  const words = found.record === 'case' ? stepWords.forceClosed : ticketWords.forceClosed;
  return turn.desk(deskActor('SHIFT_LEADER', random), { type: 'force_close', ...on, reason: random.pick(words) });
};

function decider({ found, random }: Turn) {
  return deskActor(found.record === 'case' ? 'DISPATCHER' : 'HOTLINE_DESK', random);
}

/** Whether a wish is granted: from seed and case, so that one that was refused stays refused. */
function isKind({ scene, found }: Turn, wish: string): boolean {
  if (scene.wish !== undefined) return true;
  return new Random(seedOf(scene.seed, wish, found.id)).chance(shares.granted);
}
