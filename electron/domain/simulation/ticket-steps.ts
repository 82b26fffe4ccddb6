import type { HandleMode } from '#domain/case/side.ts';
import { MINUTE_MS } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { caseRules } from '#domain/reference/case-rules.ts';
import type { CallbackAnswerRow } from '#domain/reference/rows.ts';
import { shares } from './chances.ts';
import { namedHandler } from './dispatch-steps.ts';
import { handOver } from './order-steps.ts';
import { ordersOf, roadOf } from './roads.ts';
import type { Offer, Turn } from './scene.ts';
import { cityCentre, deskActor, handlerActor, townshipDesk, unitActor } from './staff.ts';
import { seedOf } from './seed-of.ts';
import { ticketWords } from './ticket-words.ts';

const RECALL_MARGIN_MS = 1_000;

/** 签收, or 退单申请 where it came to the wrong township or somebody tries. */
export const signStep: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  if (unit === null) return null;
  const right = townshipOf(turn) ?? unit;
  const isNew = found.returnCount === 0 && isReturnOpen(turn);
  const isWrong = isNew && unit !== right;
  if (isWrong || (isNew && turn.is('ticketReturned'))) {
    const reasonCode = turn.reasonCode('return_ticket', isWrong ? 'T02' : 'T01');
    const reason = random.pick(isWrong ? ticketWords.returnNotOurs : ticketWords.returnDuty);
    if (reasonCode !== null)
      return turn.field(townshipDesk(unit), { type: 'request_return', ...on, reasonCode, reason });
  }
  return turn.field(townshipDesk(unit), { type: 'sign', ...on });
};

/** 改派 to the right township, or 驳回. */
export const reviewReturnStep: Offer = (turn) => {
  const { found, on, random } = turn;
  const asking = found.chain.findLast(({ unit }) => unit !== null)?.unit ?? null;
  const right = townshipOf(turn);
  const unit = right === asking ? null : right;
  const opinion = random.pick(unit === null ? ticketWords.returnRefused : ticketWords.reassigned);
  return turn.desk(deskActor('HOTLINE_DESK', random), { type: 'review_return', ...on, unit, opinion });
};

/** 一键派单: to one unit 一线, to several at once 联合 or one after another 接续. */
export const assignStep: Offer = (turn) => {
  const { on, random, unit } = turn;
  if (unit === null) return null;
  const road = roadOf(turn);
  const lead = road.units[road.leadAt] ?? unit;
  const orders = ordersOf(turn, road, lead);
  const mode = modeOf(turn);
  const opinion = random.pick(ticketWords.assigned);
  const body = { type: 'assign', ...on, opinion } as const;
  if (mode === 'frontline' || orders.length === 0) {
    const down = road.duty?.co.find((co) => co.unit.kind === 'community')?.unit.code;
    const to = down ?? lead;
    const personId = to === lead ? (road.duty?.person?.id ?? null) : null;
    return turn.field(townshipDesk(unit), { ...body, unit: to, personId });
  }
  const personId = road.duty?.person?.id ?? null;
  return turn.field(townshipDesk(unit), { ...body, unit: lead, personId, mode, orders });
};

export const recallTicketStep: Offer = (turn) => {
  const { found, on, random, now } = turn;
  const { recall } = found.side;
  const isBefore = found.chain.some(({ outcome }) => outcome === 'recalled');
  if (recall === null || isBefore || now > recall.until - RECALL_MARGIN_MS || !turn.is('recalled')) return null;
  const sender = recall.before.holder?.unit ?? null;
  const actor = sender === null ? deskActor('HOTLINE_DESK', random) : townshipDesk(sender);
  return turn.field(actor, { type: 'recall', ...on, reason: random.pick(ticketWords.recalled) });
};

/** 接单, then 首响: whoever has it calls the citizen at once. */
export const contactStep: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  if (unit === null) return null;
  if (found.handlerId === null) {
    const handler = namedHandler(turn, unit);
    return turn.field(handlerActor(handler, unit), { type: 'accept', ...on, handlerId: handler });
  }
  const result = random.pick(ticketWords.contacted);
  return turn.field(handlerActor(found.handlerId, unit), { type: 'contact', ...on, result });
};

export const startWorkStep: Offer = (turn) => {
  const { found, on, unit } = turn;
  if (unit === null) return null;
  const actor = handlerActor(found.handlerId ?? `handler-${unit}-1`, unit);
  return turn.field(actor, { type: 'start_work', ...on });
};

/** 反馈, or on to the next unit of a relay. */
export const replyStep: Offer = (turn) => {
  const { found, on, random, unit } = turn;
  if (unit === null) return null;
  const next = found.state === 'handling' ? handOver(turn, ticketWords.handedOver) : null;
  return next ?? turn.field(unitActor(unit), { type: 'reply', ...on, reply: random.pick(ticketWords.replied) });
};

export const callBackStep: Offer = (turn) => turn.field(cityCentre, { type: 'begin_call_back', ...turn.on });

/** 未解决再办, while the rounds last. */
export const redoStep: Offer = (turn) => {
  const { found, on, random, scene, day } = turn;
  if (solvedOf(turn) !== 'unsolved' || !random.chance(shares.redone)) return null;
  if ((found.side.ticket?.round ?? 1) >= scene.tables.policies.number('max_ticket_rounds', day)) return null;
  const reason = random.pick(ticketWords.redone);
  return turn.desk(deskActor('HOTLINE_DESK', random), { type: 'redo', ...on, reason });
};

/** 办结 with what the caller answered. */
export const concludeStep: Offer = (turn) => {
  const answer = solvedOf(turn);
  const solved = codeOf(turn, 'solved', answer);
  const { random } = turn;
  const content = answer === 'solved' ? ['satisfied', 'satisfied', 'satisfied', 'fairly'] : ['dissatisfied', 'fairly'];
  const satisfied = codeOf(turn, 'satisfied', random.chance(0.06) ? 'unrated' : random.pick(content));
  if (solved === null || satisfied === null) return null;
  return turn.field(cityCentre, { type: 'conclude', ...turn.on, solved, satisfied });
};

/** The same for all who ask at this version. */
function solvedOf({ scene, found }: Turn): 'solved' | 'partly' | 'unsolved' {
  const draw = new Random(seedOf(scene.seed, 'solved', found.id, found.side.ticket?.round ?? 1)).next();
  if (draw < shares.solved) return 'solved';
  return draw < shares.solved + shares.partly ? 'partly' : 'unsolved';
}

function codeOf({ scene, day }: Turn, question: CallbackAnswerRow['question'], wanted: string): string | null {
  const codes = scene.tables.callbackAnswers(question, day).map(({ code }) => code);
  return codes.includes(wanted) ? wanted : (codes[0] ?? null);
}

/** The township that manages the place. */
function townshipOf({ scene, grid, day }: Turn): string | null {
  return scene.tables.units.chainFor(grid, day).find(({ parent }) => parent !== null)?.code ?? null;
}

function isReturnOpen({ scene, found, now }: Turn): boolean {
  const { calendar, policiesAt } = caseRules(scene.tables);
  return now < calendar.add(found.stateSince, policiesAt(now).ticketReturnWindow).at - MINUTE_MS / 6;
}

/** As the ticket class says; where it says nothing, mostly 联合, since the duties name the village as well. */
function modeOf({ scene, found, day, random }: Turn): HandleMode {
  const row = scene.tables.ticketClasses(day).find(({ code }) => code === found.classRef.code);
  if (row?.handleMode != null) return row.handleMode;
  const draw = random.next();
  return draw < 0.5 ? 'frontline' : draw < 0.9 ? 'joint' : 'relay';
}
