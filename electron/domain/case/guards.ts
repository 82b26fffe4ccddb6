import type { Actor, Role } from '#domain/access/roles.ts';
import { isHandlingOverdue } from './deadline.ts';
import { lastHandlingUnit, refusal, rolesIn, type DecideContext } from './decision.ts';
import { hasTurn } from './fold.ts';
import type { Refusal } from './refusal.ts';
import type { Order } from './side.ts';
import type { CaseState } from './state.ts';
import { rowsFor, type CaseAction, type Transition } from './transitions.ts';

/**
 * Whether an action could be taken now, and if not, why. Only what the form will ask for (words, units, dates) is left to
 * `decide`; the desk offers or explains an action by this alone.
 */
export function actionRefusal(
  found: CaseState,
  action: CaseAction,
  actor: Actor,
  context: Pick<DecideContext, 'now' | 'units' | 'rules'>,
): Refusal | null {
  return requireTransition(found, action, actor, context) ?? guards[action]?.({ found, actor, context }) ?? null;
}

function requireTransition(
  found: CaseState,
  action: CaseAction,
  actor: Actor,
  context: Pick<DecideContext, 'units'>,
): Refusal | null {
  if (found.isArchived) return refusal('archived');
  if (found.side.mergedInto !== null && !aboutReporter.includes(action)) {
    return refusal('merged', { into: found.side.mergedInto.caseId });
  }

  const rows = rowsFor(found.record, found.state, action);
  if (rows.length === 0) return refusal('wrong_state', { state: found.state, action });
  const mine = rows.filter((row) => rolesIn(row, found).some((role) => actor.roles.includes(role)));
  if (mine.length === 0) {
    const isOfOtherPost = rows.every((row) => rolesIn(row, found).length === 0);
    return isOfOtherPost || rows.some((row) => isReturnedFrom(row, found, actor))
      ? refusal('returned_to_other_post', { post: String(found.returnedTo) })
      : refusal('wrong_role', { action });
  }
  if (actor.unit === null) return null; // The district desk may record an act for whoever holds the case.
  if (mine.some((row) => isInScope(row, found, actor.unit, context))) return null;
  return refusal('not_holder', { unit: actor.unit });
}

/** Acts on who reported: whatever became of the case, even merged into another one 并案. */
const aboutReporter: readonly CaseAction[] = ['reveal_reporter', 'erase_reporter'];

/** Posts that may see who asked for confidence 保密 (security.md D3). */
const seesConfidential: readonly Role[] = ['SHIFT_LEADER', 'HOTLINE_DESK'];

/** Whether the row would be the actor's, had the case not been returned to another post. */
function isReturnedFrom(row: Transition, found: CaseState, actor: Actor): boolean {
  return found.state === 'returned' && row.scope === 'holder' && row.by.some((role) => actor.roles.includes(role));
}

function isInScope(
  { scope }: Transition,
  found: CaseState,
  unit: string | null,
  { units }: Pick<DecideContext, 'units'>,
): boolean {
  if (scope === 'own' || scope === 'any') return true;
  return scope === 'above' ? isHolderOrAbove(found, unit, { units }) : (found.holder?.unit ?? null) === unit;
}

function isHolderOrAbove(found: CaseState, unit: string | null, { units }: Pick<DecideContext, 'units'>): boolean {
  const holder = found.holder?.unit ?? null;
  return holder === unit || (holder !== null && units.isBelow(holder, unit));
}

interface Here {
  readonly found: CaseState;
  readonly actor: Actor;
  readonly context: Pick<DecideContext, 'now' | 'units' | 'rules'>;
}

type Guard = (here: Here) => Refusal | null;

const guards: Partial<Record<CaseAction, Guard>> = {
  request_verify: ({ found }) => (found.source === 'grid_staff' ? refusal('verify_not_needed') : null),
  register: ({ found }) => (found.side.verification?.result === 'absent' ? refusal('verified_absent') : null),
  dispatch: requireEndorsed,
  sub_dispatch: requireEndorsed,
  assign: requireEndorsed,
  recall: ({ found, actor, context }) => {
    const { recall } = found.side;
    if (recall === null || context.now > recall.until) return refusal('recall_window_over');
    const sender = recall.before.holder?.unit ?? null;
    return actor.unit !== null && actor.unit !== sender ? refusal('not_holder', { unit: actor.unit }) : null;
  },
  return: ({ found }) => {
    const keeps = found.side.mode !== 'frontline' && found.side.firstReceiver === found.holder?.unit;
    const byUnit = found.state === 'pending_handle' || (found.state === 'returned' && found.returnedTo === 'DEPT');
    return keeps && byUnit ? refusal('first_receiver_keeps', { unit: String(found.holder?.unit) }) : null;
  },
  handle: ({ found, actor }) =>
    actor.unit !== null && found.handlerId !== actor.id ? refusal('not_the_handler') : null,
  feed_back: requireAnswered,
  reply: requireAnswered,
  hand_over: ({ found }) => {
    if (nextInRelay(found) === undefined) return refusal('no_next_unit');
    return null;
  },
  request_check: requireAcceptorHolds,
  close: ({ found }) => (found.state === 'pending_check' ? requireAcceptorHolds({ found }) : null),
  check: ({ found, actor }) =>
    actor.unit !== null && actor.id !== found.collectorId ? refusal('not_the_collector') : null,
  verify: ({ found, actor }) =>
    actor.unit !== null && actor.id !== found.side.verification?.collectorId ? refusal('not_the_collector') : null,
  force_close: (here) => requireForce(here, 'force_close'),
  void: (here) => requireForce(here, 'void'),
  request_return: ({ found, context }) => {
    const { rules, now } = context;
    const until = rules.calendar.add(found.stateSince, rules.policiesAt(now).ticketReturnWindow).at;
    return now > until ? refusal('return_window_over') : null;
  },
  redo: ({ found, context }) =>
    (found.side.ticket?.round ?? 0) >= context.rules.policiesAt(context.now).maxTicketRounds
      ? refusal('rounds_used_up')
      : null,
  start_endorsement: ({ found }) => (isEndorsementOpen(found) ? refusal('endorsement_open') : null),
  endorse: requireEndorser,
  delegate_endorsement: requireEndorser,
  skip_endorsement: ({ found }) => (isEndorsementOpen(found) ? null : refusal('endorsement_missing')),
  accept_order: requireOpenOrder,
  arrive: requireOpenOrder,
  answer_order: requireOpenOrder,
  waive_order: ({ found }) => (found.side.orders.some(isOrderOpen) ? null : refusal('order_unknown')),
  request_extension: ({ found, context }) => {
    if (found.side.extensionRequest !== null) return refusal('already_requested');
    if (isHandlingOverdue(found, context.now)) return refusal('already_overdue');
    const most = context.rules.policiesAt(context.now).maxExtensions;
    return found.side.extensionCount >= most ? refusal('extensions_used_up', { most: String(most) }) : null;
  },
  pass_extension: ({ found }) =>
    found.side.extensionRequest?.waitsFor === 'DEPT' ? null : refusal('nothing_requested'),
  decide_extension: ({ found }) => {
    if (found.side.extensionRequest === null) return refusal('nothing_requested');
    return found.side.extensionRequest.waitsFor === 'DEPT' ? refusal('waits_for_unit') : null;
  },
  request_suspension: ({ found, context }) => {
    if (found.side.suspensionRequest !== null) return refusal('already_requested');
    const most = context.rules.policiesAt(context.now).maxSuspensions;
    return found.side.suspensionCount >= most ? refusal('suspensions_used_up', { most: String(most) }) : null;
  },
  decide_suspension: ({ found }) => (found.side.suspensionRequest === null ? refusal('nothing_requested') : null),
  resume: ({ found, actor, context }) => {
    const isSystem = actor.roles.length === 1 && actor.roles[0] === 'SYSTEM';
    const until = found.side.suspension?.until ?? 0;
    return isSystem && context.now < until ? refusal('too_early', { until: String(until) }) : null;
  },
  answer_supervision: ({ found }) =>
    found.side.supervisions.some(({ answer }) => answer === null) ? null : refusal('supervision_answered'),
  appeal: ({ found, actor, context }) => {
    if (found.side.appeal !== null) return refusal('appeal_used_up');
    const unit = lastHandlingUnit(found);
    const isTheirs = actor.unit === null || actor.unit === unit;
    if (!isTheirs && (unit === null || !context.units.isBelow(unit, actor.unit))) {
      return refusal('not_holder', { unit: String(actor.unit) });
    }
    const { rules, now } = context;
    const until = rules.calendar.add(found.closedAt ?? now, rules.policiesAt(now).appealWindow[found.record]).at;
    return now > until ? refusal('appeal_window_over') : null;
  },
  review_appeal: ({ found, actor }) => {
    const { appeal } = found.side;
    if (appeal === null || appeal.result !== 'pending') return refusal('nothing_requested');
    if (appeal.by === actor.id) return refusal('own_request');
    return appeal.reviews.some(({ by }) => by === actor.id) ? refusal('already_reviewed') : null;
  },
  reveal_reporter: (here) => {
    const gone = requireReporter(here);
    if (gone !== null) return gone;
    const isHidden = here.found.side.reporter?.isConfidential === true;
    const maySee = seesConfidential.some((role) => here.actor.roles.includes(role));
    return isHidden && !maySee ? refusal('reporter_confidential') : null;
  },
  erase_reporter: requireReporter,
  unmerge: ({ found }) => (found.side.merged.length === 0 ? refusal('not_merged_here') : null),
};

function requireReporter({ found }: Pick<Here, 'found'>): Refusal | null {
  if (found.side.reporter === null) return refusal('reporter_unknown');
  return found.side.reporter.erasedAt === null ? null : refusal('reporter_erased');
}

/** A chain that was sent back has not endorsed anything: it must be begun anew. */
function requireEndorsed({ found }: Here): Refusal | null {
  const { endorsement } = found.side;
  if (endorsement === null || endorsement.mayDispatchFirst) return null;
  const isDone = endorsement.steps.every(({ state }) => state === 'endorsed' || state === 'skipped');
  return isDone ? null : refusal('endorsement_open');
}

/** The person that the step names, or whoever holds its post in the unit that has the case or above it. */
function requireEndorser({ found, actor, context }: Here): Refusal | null {
  const current = found.side.endorsement?.steps.find(({ state }) => state === 'current');
  if (current === undefined) return refusal('endorsement_missing');
  const { post, personId } = current;
  if (actor.unit === null || personId === actor.id) return null;
  const isOfUnit = personId === null && isHolderOrAbove(found, actor.unit, context);
  return isOfUnit ? null : refusal('not_the_endorser', { post });
}

function requireAnswered({ found }: Here): Refusal | null {
  if (found.side.orders.length === 0) return null;
  // In a relay 接续办件 the holder works on its own order: what waits for its turn must be handed over first.
  const open = found.side.orders.filter((order) => isOrderOpen(order) && !hasTurn(order));
  return open.length === 0 ? null : refusal('orders_open', { units: open.map(({ unit }) => unit).join(' ') });
}

function requireOpenOrder({ found }: Here): Refusal | null {
  return found.side.orders.some((order) => order.state !== 'waiting' && isOrderOpen(order))
    ? null
    : refusal('order_unknown');
}

/** After a failed 核查 the dispatcher has the case: it is sent back 返工, never on to closing (domain.md §4.4). */
function requireAcceptorHolds({ found }: Pick<Here, 'found'>): Refusal | null {
  return found.holder?.post === 'ACCEPTOR' ? null : refusal('check_failed');
}

/** 值班长 alone; an administrator only where the policy allows it. The acceptor voids what is not filed yet (row 5). */
function requireForce({ found, actor, context }: Here, action: 'void' | 'force_close'): Refusal | null {
  if (actor.roles.includes('SHIFT_LEADER')) return null;
  if (actor.roles.includes('ADMIN') && context.rules.policiesAt(context.now).adminMayForceClose) return null;
  const byAcceptor = rowsFor(found.record, found.state, action).some(({ by }) => by.includes('ACCEPTOR'));
  return byAcceptor && actor.roles.includes('ACCEPTOR') ? null : refusal('wrong_role', { action });
}

function isEndorsementOpen(found: CaseState): boolean {
  return found.side.endorsement?.steps.some(({ state }) => state === 'current' || state === 'waiting') === true;
}

export function isOrderOpen(order: Order): boolean {
  return order.state !== 'answered' && order.state !== 'waived';
}

/** The unit of a relay 接续办件 whose turn is next. */
export function nextInRelay(found: CaseState): Order | undefined {
  return found.side.mode === 'relay' ? found.side.orders.find(({ state }) => state === 'waiting') : undefined;
}
