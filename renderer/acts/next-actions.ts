import type { ActName } from '#contract/case-acts.ts';
import type { ActionOffer, CaseDetail } from '#contract/cases.ts';
import { transitions, type CaseAction } from '#domain/case/transitions.ts';
import type { Areas } from '#renderer/state/areas.ts';

/** Acts on an existing case or ticket. */
export type CaseAct = ActName;

export const actGroups = ['work', 'chain', 'time', 'supervise', 'merge', 'end'] as const;
export type ActGroup = (typeof actGroups)[number];

/** An act as the menu lists it; `refusal` is why it can't be done now. */
export interface ListedAct {
  readonly action: CaseAct;
  readonly refusal: ActionOffer['refusal'];
}

export interface NextActions {
  /** The usual next step (F6); null when nothing can be done. */
  readonly primary: CaseAct | null;
  /** 督办, else 催办 (F7). */
  readonly press: CaseAct | null;
  /** The most wanted of the others, at most three; digits from 1 choose them. */
  readonly others: readonly CaseAct[];
  /** Every act that this kind of record has: what can be done first, then the rest with the reason. */
  readonly groups: readonly { readonly group: ActGroup; readonly acts: readonly ListedAct[] }[];
}

/** Where the menu lists each act; the order within a group is the order of the trade. */
export const groupOf = {
  request_verify: 'work',
  verify: 'work',
  register: 'work',
  dispatch: 'work',
  sub_dispatch: 'work',
  sign: 'work',
  request_return: 'work',
  review_return: 'work',
  assign: 'work',
  accept: 'work',
  contact: 'work',
  start_work: 'work',
  handle: 'work',
  feed_back: 'work',
  reply: 'work',
  return: 'work',
  rework: 'work',
  request_check: 'work',
  check: 'work',
  begin_call_back: 'work',
  redo: 'work',
  start_endorsement: 'chain',
  endorse: 'chain',
  delegate_endorsement: 'chain',
  skip_endorsement: 'chain',
  whistle: 'chain',
  accept_order: 'chain',
  arrive: 'chain',
  answer_order: 'chain',
  waive_order: 'chain',
  hand_over: 'chain',
  recall: 'chain',
  escalate: 'chain',
  request_extension: 'time',
  pass_extension: 'time',
  decide_extension: 'time',
  request_suspension: 'time',
  decide_suspension: 'time',
  resume: 'time',
  supervise: 'supervise',
  answer_supervision: 'supervise',
  urge: 'supervise',
  merge: 'merge',
  unmerge: 'merge',
  close: 'end',
  conclude: 'end',
  fail_close: 'end',
  reject: 'end',
  void: 'end',
  force_close: 'end',
  appeal: 'end',
  review_appeal: 'end',
} as const satisfies Record<CaseAct, ActGroup>;

/** The way forward; the first that can be done is the usual next step. */
const usual: readonly CaseAct[] = [
  'verify',
  'register',
  'dispatch',
  'sign',
  'review_return',
  'assign',
  'sub_dispatch',
  'accept',
  'contact',
  'start_work',
  'handle',
  'endorse',
  'hand_over',
  'arrive',
  'feed_back',
  'reply',
  'accept_order',
  'answer_order',
  'request_check',
  'check',
  'close',
  'rework',
  'begin_call_back',
  'conclude',
  'resume',
  'review_appeal',
];

/** What is wanted beside the usual step, most wanted first. */
const wanted: readonly CaseAct[] = [
  'decide_extension',
  'decide_suspension',
  'pass_extension',
  'answer_supervision',
  'review_appeal',
  'endorse',
  'accept',
  'rework',
  'return',
  'request_return',
  'fail_close',
  'redo',
  'reject',
  'request_verify',
  'arrive',
  'answer_order',
  'accept_order',
  'close',
  'start_endorsement',
  'whistle',
  'request_extension',
  'appeal',
];
const MOST_OTHERS = 3;

/** Sorts what the host offers: a township usually sends on, a village accepts. */
export function nextActions(detail: CaseDetail, areas: Areas): NextActions {
  const acts = actsOf(detail);
  const allowed = new Set(acts.filter(({ refusal }) => refusal === null).map(({ action }) => action));
  const isUsual = (action: CaseAct) => allowed.has(action) && isNextStep(action, detail, areas);
  const primary = usual.find((action) => isUsual(action)) ?? null;
  const press = allowed.has('supervise') ? 'supervise' : allowed.has('urge') ? 'urge' : null;
  return {
    primary,
    press,
    others: wanted.filter((action) => allowed.has(action) && action !== primary).slice(0, MOST_OTHERS),
    groups: actGroups.map((group) => ({
      group,
      acts: acts
        .filter(({ action }) => groupOf[action] === group)
        .toSorted((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null)),
    })),
  };
}

/** Acts that the table has for this kind of record, in the order of {@link groupOf}. */
function actsOf(detail: CaseDetail): readonly ListedAct[] {
  const offers = new Map(detail.actions.map((offer): [CaseAction, ActionOffer] => [offer.action, offer]));
  const known = new Set(
    transitions.filter(({ record }) => record === 'both' || record === detail.record).map(({ action }) => action),
  );
  return (Object.keys(groupOf) as CaseAct[]).flatMap((action): readonly ListedAct[] => {
    const offer = offers.get(action);
    if (offer === undefined || !known.has(action)) return [];
    return [{ action, refusal: offer.refusal ?? orderRefusal(action, detail) }];
  });
}

type OrderAct = 'accept_order' | 'arrive' | 'answer_order' | 'waive_order';
type Order = CaseDetail['orders'][number];

const orderStatesFor: Readonly<Record<OrderAct, readonly Order['state'][]>> = {
  accept_order: ['sent', 'arrived'],
  arrive: ['sent', 'accepted'],
  answer_order: ['accepted', 'arrived'],
  waive_order: ['waiting', 'sent', 'accepted', 'arrived'],
};

/** Orders on which an act can be done as they are now. */
export function ordersFor(action: CaseAct, detail: CaseDetail): readonly Order[] {
  if (!isOrderAct(action)) return [];
  const fitting = detail.orders.filter(
    ({ state, acceptedAt }) =>
      orderStatesFor[action].includes(state) && (action !== 'accept_order' || acceptedAt === null),
  );
  // A whistle is answered by coming, so the one that is waited for stands first.
  return action === 'arrive'
    ? fitting.toSorted((a, b) => Number(b.via === 'whistle') - Number(a.via === 'whistle'))
    : fitting;
}

/** The host looks at the case alone; whether there is an order in the right state, the desk can see. */
function orderRefusal(action: CaseAct, detail: CaseDetail): ActionOffer['refusal'] {
  if (!isOrderAct(action) || ordersFor(action, detail).length > 0) return null;
  const [open] = detail.orders.filter(({ state }) => state !== 'answered' && state !== 'waived');
  if (open === undefined) return { code: 'order_unknown', detail: {} };
  return { code: 'order_not_accepted', detail: { orderId: open.id, state: open.state } };
}

function isOrderAct(action: CaseAct): action is OrderAct {
  return Object.hasOwn(orderStatesFor, action);
}

/** Whether an allowed act is also what one does now. */
function isNextStep(action: CaseAct, detail: CaseDetail, areas: Areas): boolean {
  if (action === 'sub_dispatch') return sendsOn(detail, areas);
  if (action === 'accept') return detail.record === 'case' || detail.ticket?.acceptedAt === null;
  if (action === 'close') return detail.state === 'pending_close';
  if (action === 'endorse') return !canSend(detail);
  if (action === 'arrive') return detail.state === 'co_handling';
  return true;
}

/** Whether units lie below the holder; grids, the finest areas, are no units of their own. */
function sendsOn({ holderUnit }: CaseDetail, areas: Areas): boolean {
  return holderUnit !== null && areas.children(holderUnit).some(({ level }) => level < areas.depth);
}

/** While a dispatch is possible although the chain of endorsements is open 先派后批, it comes first. */
function canSend(detail: CaseDetail): boolean {
  return detail.actions.some(
    ({ action, refusal }) =>
      refusal === null && (action === 'dispatch' || action === 'assign' || action === 'sub_dispatch'),
  );
}

/** The unit below the holder on the way to the case's own grid 属地; null when there is none. */
export function unitOnTheWay(detail: CaseDetail, areas: Areas): string | null {
  const way = areas.path(detail.gridCode).filter((area) => area.level >= areas.unitLevel);
  const holderAt = way.findIndex(({ code }) => code === detail.holderUnit);
  return (detail.holderUnit === null ? way[0]?.code : way[holderAt + 1]?.code) ?? null;
}
