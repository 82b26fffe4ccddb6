import { openStates } from '#domain/case/lifecycle.ts';
import { shares } from './chances.ts';
import type { Offer, Turn } from './scene.ts';
import { collectorActor, collectorId, deskActor } from './staff.ts';
import { stepWords } from './step-words.ts';
import { ticketWords } from './ticket-words.ts';

/** 并案: who takes in a second report of an open matter merges it, at once or never. */
export const mergeStep: Offer = (turn) => {
  const { found, scene, random } = turn;
  if (found.version !== 1 || !turn.is('merged')) return null;
  const original = scene.originalOf(found);
  if (original === null || original.record !== found.record) return null;
  if (original.state === 'suspended' || !openStates.includes(original.state)) return null;
  const reason = random.pick(found.record === 'case' ? stepWords.merged : ticketWords.merged);
  return turn.desk(mergerOf(turn), {
    type: 'merge',
    caseId: original.id,
    expectedVersion: original.version,
    ids: [found.id],
    reason,
  });
};

/** 拆案, now and then. */
export const unmergeStep: Offer = (turn) => {
  const { found, on, random } = turn;
  if (found.side.merged.length === 0 || found.state === 'suspended') return null;
  const wrong = found.side.merged.find(({ caseId }) => turn.is('unmerged', caseId));
  if (wrong === undefined) return null;
  const reason = random.pick(found.record === 'case' ? stepWords.unmerged : ticketWords.unmerged);
  return turn.desk(mergerOf(turn), { type: 'unmerge', ...on, id: wrong.caseId, reason });
};

/** 核实, 不立案, 作废 or 立案 of what was reported or came back to the acceptor. */
export const intakeStep: Offer = (turn) => {
  const { found, on, random } = turn;
  const acceptor = deskActor('ACCEPTOR', random);
  const { verification } = found.side;
  const isNew = found.version === 1;
  if (isNew && found.source !== 'grid_staff' && turn.is('verified')) {
    const collector = collectorId(turn.grid, random, [found.reporterId]);
    return turn.desk(acceptor, { type: 'request_verify', ...on, collectorId: collector });
  }
  const isAbsent = verification?.result === 'absent';
  const isUnable = verification?.result === 'unable' && random.chance(0.35);
  const isNotOurs = found.state === 'returned' && random.chance(0.6);
  if (isNotOurs) return turn.desk(acceptor, { type: 'reject', ...on, reason: random.pick(stepWords.rejectedNotOurs) });
  if ((isNew && turn.is('voided')) || (isAbsent && random.chance(0.2))) {
    return turn.desk(acceptor, { type: 'void', ...on, reason: random.pick(stepWords.voided) });
  }
  if (isAbsent || isUnable || (isNew && turn.is('rejected'))) {
    return turn.desk(acceptor, { type: 'reject', ...on, reason: random.pick(stepWords.rejected) });
  }
  return turn.desk(acceptor, { type: 'register', ...on, condition: conditionOf(turn) });
};

/** What the collector saw: 存在, 不存在 or 无法核实. */
export const verifyStep: Offer = (turn) => {
  const { found, on, random, grid } = turn;
  const collector = found.side.verification?.collectorId;
  if (collector === undefined) return null;
  const seen = random.next();
  const isAbsent = seen < shares.verifiedAbsent;
  const isUnable = !isAbsent && seen < shares.verifiedAbsent + shares.verifiedUnable;
  const words = isAbsent ? stepWords.verifiedAbsent : isUnable ? stepWords.verifiedUnable : stepWords.verified;
  const result = isAbsent ? 'absent' : isUnable ? 'unable' : 'exists';
  const photos = turn.photos(isUnable ? 'far' : 'near');
  const opinion = random.pick(words);
  return turn.field(collectorActor(collector, grid), { type: 'verify', ...on, result, opinion, photos });
};

/** 立案条件: mostly the usual one of the class, which also gives the limit. */
function conditionOf({ found, scene, day, random }: Turn): string {
  const asked = { record: 'case', clock: 'handle', classRef: found.classRef, timeClass: null, day } as const;
  const conditions = scene.tables.conditionsFor(asked).map(({ condition }) => condition);
  const usual = conditions[0] ?? '';
  const chosen = random.chance(0.6) || conditions.length === 0 ? usual : random.pick(conditions);
  return chosen === '' ? random.pick(stepWords.registered) : chosen;
}

function mergerOf({ found, random }: Turn) {
  return deskActor(found.record === 'case' ? 'ACCEPTOR' : 'HOTLINE_DESK', random);
}
