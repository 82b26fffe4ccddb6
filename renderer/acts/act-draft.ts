import type { CaseDetail } from '#contract/cases.ts';
import type { Suggestion } from '#contract/dispatch.ts';
import type { WireError } from '#contract/errors.ts';
import { isShown, type PhotoNeed } from '#domain/case/photos.ts';
import type { PhotoDraft } from '#renderer/photos/photo-drafts.ts';
import { ordersFor, type CaseAct } from './next-actions.ts';

/** Parts of forms; each is a text in the draft but for `orders`, `steps`, `photos` and `isHardCase`. */
export const fieldNames = [
  'unit',
  'personId',
  'mode',
  'orders',
  'handlerId',
  'collectorId',
  'order',
  'verifyResult',
  'checkResult',
  'decision',
  'endorser',
  'steps',
  'isGranted',
  'until',
  'kind',
  'level',
  'party',
  'answerBy',
  'supervision',
  'appealKind',
  'target',
  'isHardCase',
  'redirect',
  'solved',
  'satisfied',
  'ids',
  'mergedId',
  'reasonCode',
  'condition',
  'result',
  'contactResult',
  'reply',
  'reason',
  'opinion',
  'words',
  'photos',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** An order 子单 while it is written. */
export interface OrderDraft {
  readonly unit: string;
  readonly personId: string;
  readonly role: 'co' | 'main';
}

export const emptyOrder: OrderDraft = { unit: '', personId: '', role: 'co' };

/** A step of an endorsement chain while it is written; `minutes` as typed. */
export interface StepDraft {
  readonly post: string;
  readonly personId: string;
  readonly minutes: string;
}

/** What a form holds while it is filled in. An absent or blank text is none. */
export interface Draft {
  readonly text: Readonly<Partial<Record<FieldName, string>>>;
  readonly orders: readonly OrderDraft[];
  readonly steps: readonly StepDraft[];
  readonly photos: readonly PhotoDraft[];
  /** What the rule book asks for with this act; null for none. */
  readonly photoNeed: PhotoNeed | null;
}

/** What an act sends that has no form. */
export const emptyDraft: Draft = { text: {}, orders: [], steps: [], photos: [], photoNeed: null };

/** A part of a form and whether it must be filled in. */
export interface FieldSpec {
  readonly name: FieldName;
  readonly isNeeded: boolean;
}

const need = (name: FieldName): FieldSpec => ({ name, isNeeded: true });
const may = (name: FieldName): FieldSpec => ({ name, isNeeded: false });
const sending = [need('unit'), may('personId'), need('mode'), may('orders'), may('opinion')];

/** The short form of each act. */
export const formShapes: Readonly<Record<CaseAct, readonly FieldSpec[]>> = {
  request_verify: [need('collectorId')],
  verify: [need('verifyResult'), may('opinion'), may('photos')],
  register: [need('condition')],
  reject: [need('reason')],
  void: [need('reason')],
  dispatch: sending,
  sub_dispatch: sending,
  assign: sending,
  recall: [may('reason')],
  return: [need('reasonCode'), need('reason')],
  accept: [need('handlerId')],
  handle: [need('result'), may('photos')],
  feed_back: [may('opinion')],
  rework: [need('reason')],
  request_check: [need('collectorId')],
  check: [need('checkResult'), may('opinion'), may('photos')],
  close: [need('condition')],
  fail_close: [need('reason')],
  force_close: [need('reason')],
  escalate: [need('target'), need('reason'), may('isHardCase')],
  hand_over: [need('words')],
  sign: [],
  request_return: [need('reasonCode'), need('reason')],
  review_return: [may('redirect'), need('opinion')],
  contact: [need('contactResult'), may('handlerId')],
  start_work: [],
  whistle: [need('orders'), need('reason')],
  reply: [need('reply')],
  begin_call_back: [],
  conclude: [need('solved'), need('satisfied')],
  redo: [need('reason')],
  start_endorsement: [need('steps')],
  endorse: [need('decision'), need('opinion')],
  delegate_endorsement: [need('endorser'), need('reason')],
  skip_endorsement: [need('reason')],
  accept_order: [need('order'), may('handlerId')],
  arrive: [need('order')],
  answer_order: [need('order'), need('words')],
  waive_order: [need('order'), need('reason')],
  request_extension: [need('reason')],
  pass_extension: [],
  decide_extension: [need('isGranted'), need('opinion')],
  request_suspension: [need('until'), need('reason')],
  decide_suspension: [need('isGranted'), need('opinion')],
  resume: [],
  supervise: [need('kind'), need('level'), need('party'), need('answerBy'), need('reason')],
  answer_supervision: [need('supervision'), need('words')],
  urge: [need('words')],
  appeal: [need('appealKind'), need('reason')],
  review_appeal: [need('isGranted'), need('opinion')],
  merge: [need('ids'), need('reason')],
  unmerge: [need('mergedId'), need('reason')],
};

/** Acts that nothing undoes: the form asks once more, with 取消 as the default (K7). */
export const irreversible: ReadonlySet<CaseAct> = new Set(['void', 'force_close', 'reject', 'merge']);

/** Acts that send to a unit, for which the host suggests units. */
export const sendingActs: ReadonlySet<CaseAct> = new Set(['dispatch', 'sub_dispatch', 'assign']);

export function textOf(draft: Draft, name: FieldName): string {
  return draft.text[name]?.trim() ?? '';
}

/** Fields that are needed and still empty. A check or verification that found something else needs its words. */
export function missingFields(action: CaseAct, draft: Draft): readonly FieldName[] {
  return formShapes[action]
    .filter(({ name, isNeeded }) => (isNeeded || isNeededNow(action, name, draft)) && isEmpty(name, draft))
    .map(({ name }) => name);
}

export function isComplete(action: CaseAct, draft: Draft): boolean {
  const isWhole = draft.orders.every(({ unit }) => unit !== '') && draft.steps.every((step) => isWholeStep(step));
  const areKept = draft.photos.every(({ hash }) => hash !== null);
  return isWhole && areKept && missingFields(action, draft).length === 0;
}

/** Whether a field must be filled in because of what stands in another one. */
export function isNeededNow(action: CaseAct, name: FieldName, draft: Draft): boolean {
  if (name === 'orders') return sendingActs.has(action) && textOf(draft, 'mode') !== 'frontline';
  if (name === 'photos') return draft.photoNeed !== null;
  if (name !== 'opinion') return false;
  if (action === 'check') return textOf(draft, 'checkResult') !== 'passed';
  return action === 'verify' && textOf(draft, 'verifyResult') !== 'exists';
}

function isEmpty(name: FieldName, draft: Draft): boolean {
  if (name === 'orders') return draft.orders.length === 0 || draft.orders.some(({ unit }) => unit === '');
  if (name === 'steps') return draft.steps.length === 0;
  if (name === 'photos') return !isShown(draft.photoNeed, draft.photos);
  return textOf(draft, name) === '';
}

function isWholeStep({ post, minutes }: StepDraft): boolean {
  return post !== '' && Number(minutes) >= 1 && Number(minutes) <= 100_000;
}

/** What a draft is begun with: words that the catalog offers, and defaults out of tables. */
export interface Presets {
  readonly text: Readonly<Partial<Record<CaseAct, Readonly<Partial<Record<FieldName, string>>>>>>;
  readonly steps: readonly StepDraft[];
}

/** An empty form with what is usual already in it, so that Enter is enough for the ordinary case. */
export function firstDraft(action: CaseAct, detail: CaseDetail, presets: Presets): Draft {
  const [order] = ordersFor(action, detail);
  const [supervision] = detail.supervisions.filter(({ answer }) => answer === null);
  const [merged] = detail.merged;
  const person = detail.handlerId ?? detail.chain.at(-1)?.personId ?? '';
  return {
    text: {
      mode: 'frontline',
      verifyResult: 'exists',
      checkResult: 'passed',
      decision: 'agree',
      isGranted: 'yes',
      kind: 'timeout',
      level: '2',
      answerBy: 'hours2',
      appealKind: detail.record === 'ticket' ? 'exclude' : 'overdue',
      solved: 'solved',
      satisfied: 'satisfied',
      target: DESK,
      ...(action === 'accept' || action === 'contact' ? { handlerId: person } : {}),
      ...(action === 'accept_order' ? { handlerId: order?.personId ?? '' } : {}),
      order: order?.id ?? '',
      supervision: supervision?.id ?? '',
      mergedId: merged?.caseId ?? '',
      ...presets.text[action],
    },
    orders: action === 'whistle' ? [emptyOrder] : [],
    steps: action === 'start_endorsement' ? presets.steps : [],
    photos: [],
    photoNeed: detail.actions.find((offer) => offer.action === action)?.photo ?? null,
  };
}

/** The district desk as a target of 提级. */
export const DESK = 'desk';

/** Takes a suggestion into a draft; what was written beside it stays. */
export function withSuggestion(draft: Draft, { lead, co, mode }: Suggestion): Draft {
  return {
    ...draft,
    text: { ...draft.text, unit: lead.unit, personId: lead.personId ?? '', mode: co.length === 0 ? 'frontline' : mode },
    orders: co.map(({ unit, personId }) => ({ unit, personId: personId ?? '', role: 'co' })),
  };
}

/** Another lead: its person is chosen anew, and an order that it had beside the lead is its own now. */
export function withLead(draft: Draft, unit: string): Draft {
  const orders = unit === '' ? draft.orders : draft.orders.filter((order) => order.unit !== unit);
  return { ...draft, text: { ...draft.text, unit, personId: '' }, orders };
}

/** Another mode: 接续 and 联合 need at least one order, so an empty one stands ready. */
export function withMode(draft: Draft, mode: string): Draft {
  const orders = mode === 'frontline' || draft.orders.length > 0 ? draft.orders : [emptyOrder];
  return { ...draft, text: { ...draft.text, mode }, orders };
}

const fieldsOfError: Readonly<Partial<Record<WireError['code'], readonly FieldName[]>>> = {
  reason_missing: ['reason'],
  reason_code_unknown: ['reasonCode'],
  condition_missing: ['condition'],
  result_missing: ['result', 'contactResult', 'reply'],
  opinion_missing: ['opinion'],
  words_missing: ['words'],
  photo_missing: ['photos'],
  attachment_missing: ['photos'],
  attachment_damaged: ['photos'],
  unit_unknown: ['unit', 'redirect', 'orders'],
  unit_not_below: ['unit', 'orders'],
  unit_not_in_force: ['unit', 'redirect', 'orders'],
  unit_not_above: ['target'],
  unit_twice: ['orders', 'redirect', 'unit'],
  not_the_same_unit: ['unit'],
  mode_without_orders: ['orders'],
  orders_without_mode: ['mode'],
  order_unknown: ['order'],
  order_ended: ['order'],
  order_not_accepted: ['order'],
  finder_is_handler: ['handlerId'],
  finder_is_checker: ['collectorId'],
  handler_is_checker: ['collectorId'],
  answer_unknown: ['solved'],
  party_unknown: ['party'],
  until_out_of_range: ['until', 'answerBy'],
  endorsement_empty: ['steps'],
  not_overdue: ['appealKind'],
  only_tickets: ['appealKind'],
  supervision_unknown: ['supervision'],
  supervision_answered: ['supervision'],
  merge_empty: ['ids'],
  merge_too_many: ['ids'],
  merge_with_itself: ['ids'],
  merge_other_record: ['ids'],
  not_merged_here: ['mergedId'],
};

/** The field beside which a refusal belongs; null: it is about the case, not about one field. */
export function fieldOfError(action: CaseAct, draft: Draft, error: WireError): FieldName | null {
  const names = new Set(formShapes[action].map(({ name }) => name));
  const isOrderUnit = draft.orders.some(({ unit }) => unit === error.detail['unit']);
  const candidates = fieldsOfError[error.code] ?? [];
  if (isOrderUnit && candidates.includes('orders') && textOf(draft, 'unit') !== error.detail['unit']) return 'orders';
  return candidates.find((name) => names.has(name)) ?? null;
}
