import type { Actor } from '#domain/access/roles.ts';
import type { EndorsementStep } from '#domain/case/side.ts';
import type { EndorsementRow } from '#domain/reference/rows.ts';
import { shares } from './chances.ts';
import type { Offer, Step, Turn } from './scene.ts';
import { deskActor, townshipDesk, unitActor } from './staff.ts';
import { sideWords } from './step-words.ts';

/** 逐级批示 begins, or begins anew after it was sent back. */
export const startEndorsement: Offer = (turn) => {
  const { found, on, scene, day, random, unit } = turn;
  const { endorsement } = found.side;
  const isSentBack = endorsement?.steps.some(({ state }) => state === 'sent_back') === true;
  if (endorsement !== null && !isSentBack) return null;
  const isTicket = found.record === 'ticket';
  const wants = isTicket ? turn.is('ticketEndorsed') : found.source === 'leader' || turn.is('caseEndorsed');
  if (!wants && !isSentBack) return null;
  const rows = scene.tables.endorsementChain(unit ?? '', found.side.ticket?.timeClass ?? '', day);
  if (rows.length === 0) return null;
  const steps = rows.map(({ post, deadlineMinutes }) => {
    const personId = unit === null ? null : (holderOf(turn, unit, post, null) ?? null);
    return { post, personId, limitMinutes: deadlineMinutes };
  });
  const body = { type: 'start_endorsement', ...on, steps } as const;
  return unit === null ? turn.desk(deskActor('DISPATCHER', random), body) : turn.field(townshipDesk(unit), body);
};

/** The current step is endorsed, sent back, passed on 转办 or skipped 跳过. */
export const endorse: Offer = (turn) => {
  const current = turn.found.side.endorsement?.steps.find(({ state }) => state === 'current');
  if (current === undefined) return null;
  const { found, on, random } = turn;
  const unit = found.record === 'case' ? null : found.side.firstReceiver;
  if (unit !== null && current.personId === null && !isWithin(turn, unit)) return null;
  const actor = endorserOf(turn, current, unit);
  const say = (body: Step['body'], by: Actor) => (unit === null ? turn.desk(by, body) : turn.field(by, body));
  const draw = random.next();
  if (draw < shares.skipped && (unit === null || isWithin(turn, unit))) {
    const skipper = unit === null ? deskActor('DISPATCHER', random) : townshipDesk(unit);
    return say({ type: 'skip_endorsement', ...on, reason: random.pick(sideWords.skipped) }, skipper);
  }
  if (draw < shares.skipped + shares.delegated && current.delegatedBy.length === 0) {
    const deputy = holderOf(turn, unit ?? '', current.post, actor.id) ?? `${current.post}-${unit ?? 'desk'}-deputy`;
    const reason = random.pick(sideWords.delegated);
    return say({ type: 'delegate_endorsement', ...on, personId: deputy, reason }, actor);
  }
  const isBack = draw > 1 - shares.sentBack && found.side.endorsement?.mayDispatchFirst === false;
  return say(
    {
      type: 'endorse',
      ...on,
      decision: isBack ? 'send_back' : 'agree',
      opinion: random.pick(isBack ? sideWords.endorsedBack : sideWords.endorsed),
    },
    actor,
  );
};

function endorserOf({ random }: Turn, { post, personId }: EndorsementStep, unit: string | null): Actor {
  const isLeader = post === 'leader';
  if (unit === null) {
    const seat = deskActor(isLeader ? 'LEADER' : 'SHIFT_LEADER', random);
    return personId === null ? seat : { ...seat, id: personId };
  }
  const id = personId ?? `${post}-${unit}`;
  return isLeader ? { ...unitActor(unit), id, roles: ['LEADER'] } : { ...townshipDesk(unit), id };
}

function holderOf({ scene, day }: Turn, unit: string, post: string, not: string | null) {
  const holders = scene.tables.people.holders(unit, post as EndorsementRow['post'], day);
  return holders.find(({ id }) => id !== not)?.id;
}

function isWithin({ scene, found }: Turn, unit: string): boolean {
  const holder = found.holder?.unit ?? null;
  return holder === unit || (holder !== null && scene.tables.units.isBelow(holder, unit));
}
