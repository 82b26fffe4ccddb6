import type { InputOf } from '#contract/api.ts';
import { required } from '#domain/base/assert-never.ts';
import { DAY_MS, HOUR_MS } from '#domain/base/instant.ts';
import { handleModes, supervisionKinds, verificationResults } from '#domain/case/side.ts';
import { photosToSend } from '#renderer/photos/photo-drafts.ts';
import { DESK, textOf, type Draft, type FieldName } from './act-draft.ts';
import type { CaseAct } from './next-actions.ts';

type OnCase = 'id' | 'commandId' | 'expectedVersion';

/** What an act brings beside the case: the fields of its method. */
export type Payload<Act extends CaseAct> = Omit<InputOf<`case.${Act}`>, OnCase>;

export const checkResults = ['passed', 'failed', 'unable'] as const;
export const decisions = ['agree', 'send_back'] as const;
export const answerTimes = ['none', 'hours2', 'today', 'tomorrow'] as const;
export const appealKinds = ['overdue', 'exclude'] as const;
const levels = ['1', '2', '3'] as const;
const levelNumbers = { '1': 1, '2': 2, '3': 3 } as const;

/** The district's time zone as an offset: days end and begin there (China has had no summer time since 1992). */
const OFFSET_MS = 8 * HOUR_MS;

const opinion = (draft: Draft) => optional(draft, 'opinion');
const reason = (draft: Draft) => ({ reason: textOf(draft, 'reason') });
const photos = (draft: Draft) => ({ photos: photosToSend(draft.photos) });
const nothing = () => ({});
const sending = (draft: Draft) => ({
  unit: textOf(draft, 'unit'),
  ...optional(draft, 'personId'),
  mode: oneOf(handleModes, textOf(draft, 'mode')),
  ...ordersOf(draft),
  ...opinion(draft),
});

/** What each complete form sends; `now` is the host's time. */
export const payloads: { readonly [Act in CaseAct]: (draft: Draft, now: number) => Payload<Act> } = {
  request_verify: (draft) => ({ collectorId: textOf(draft, 'collectorId') }),
  verify: (draft) => ({
    result: oneOf(verificationResults, textOf(draft, 'verifyResult')),
    ...opinion(draft),
    ...photos(draft),
  }),
  register: (draft) => ({ condition: textOf(draft, 'condition') }),
  reject: reason,
  void: reason,
  dispatch: sending,
  sub_dispatch: sending,
  assign: sending,
  recall: (draft) => optional(draft, 'reason'),
  return: (draft) => ({ reasonCode: textOf(draft, 'reasonCode'), ...reason(draft) }),
  accept: (draft) => ({ handlerId: textOf(draft, 'handlerId') }),
  handle: (draft) => ({ result: textOf(draft, 'result'), ...photos(draft) }),
  feed_back: opinion,
  rework: reason,
  request_check: (draft) => ({ collectorId: textOf(draft, 'collectorId') }),
  check: (draft) => ({
    result: oneOf(checkResults, textOf(draft, 'checkResult')),
    ...opinion(draft),
    ...photos(draft),
  }),
  close: (draft) => ({ condition: textOf(draft, 'condition') }),
  fail_close: reason,
  force_close: reason,
  escalate: (draft) => ({
    unit: textOf(draft, 'target') === DESK ? null : textOf(draft, 'target'),
    ...reason(draft),
    isHardCase: textOf(draft, 'isHardCase') === 'yes',
  }),
  hand_over: (draft) => ({ words: textOf(draft, 'words') }),
  sign: nothing,
  request_return: (draft) => ({ reasonCode: textOf(draft, 'reasonCode'), ...reason(draft) }),
  review_return: (draft) => ({
    unit: textOf(draft, 'redirect') === '' ? null : textOf(draft, 'redirect'),
    opinion: textOf(draft, 'opinion'),
  }),
  contact: (draft) => ({ result: textOf(draft, 'contactResult'), ...optional(draft, 'handlerId') }),
  start_work: nothing,
  whistle: (draft) => ({ orders: newOrders(draft), ...reason(draft) }),
  reply: (draft) => ({ reply: textOf(draft, 'reply') }),
  begin_call_back: nothing,
  conclude: (draft) => ({ solved: textOf(draft, 'solved'), satisfied: textOf(draft, 'satisfied') }),
  redo: reason,
  start_endorsement: (draft) => ({
    steps: draft.steps.map(({ post, personId, minutes }) => ({
      post,
      personId: personId.trim() === '' ? null : personId.trim(),
      limitMinutes: Number(minutes),
    })),
  }),
  endorse: (draft) => ({
    decision: oneOf(decisions, textOf(draft, 'decision')),
    opinion: textOf(draft, 'opinion'),
  }),
  delegate_endorsement: (draft) => ({ personId: textOf(draft, 'endorser'), ...reason(draft) }),
  skip_endorsement: reason,
  accept_order: (draft) => ({ orderId: textOf(draft, 'order'), ...optional(draft, 'handlerId') }),
  arrive: (draft) => ({ orderId: textOf(draft, 'order') }),
  answer_order: (draft) => ({ orderId: textOf(draft, 'order'), words: textOf(draft, 'words') }),
  waive_order: (draft) => ({ orderId: textOf(draft, 'order'), ...reason(draft) }),
  request_extension: reason,
  pass_extension: nothing,
  decide_extension: (draft) => ({
    isGranted: textOf(draft, 'isGranted') === 'yes',
    opinion: textOf(draft, 'opinion'),
  }),
  request_suspension: (draft) => ({
    until: required(endOfDay(textOf(draft, 'until')), 'a complete form has a day'),
    ...reason(draft),
  }),
  decide_suspension: (draft) => ({
    isGranted: textOf(draft, 'isGranted') === 'yes',
    opinion: textOf(draft, 'opinion'),
  }),
  resume: nothing,
  supervise: (draft, now) => ({
    kind: oneOf(supervisionKinds, textOf(draft, 'kind')),
    level: levelNumbers[oneOf(levels, textOf(draft, 'level'))],
    party: textOf(draft, 'party'),
    ...reason(draft),
    answerBy: answerByAt(oneOf(answerTimes, textOf(draft, 'answerBy')), now),
  }),
  answer_supervision: (draft) => ({ supervisionId: textOf(draft, 'supervision'), words: textOf(draft, 'words') }),
  urge: (draft) => ({ words: textOf(draft, 'words') }),
  appeal: (draft) => ({ kind: oneOf(appealKinds, textOf(draft, 'appealKind')), ...reason(draft) }),
  review_appeal: (draft) => ({
    isGranted: textOf(draft, 'isGranted') === 'yes',
    opinion: textOf(draft, 'opinion'),
  }),
  merge: (draft) => ({
    ids: textOf(draft, 'ids')
      .split(/[\s,，、]+/)
      .filter(Boolean),
    ...reason(draft),
  }),
  unmerge: (draft) => ({ mergedId: textOf(draft, 'mergedId'), ...reason(draft) }),
};

/** The end of a day `2026-12-01` in the district, epoch milliseconds; null for what is no day. */
export function endOfDay(text: string): number | null {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(start) ? null : start - OFFSET_MS + DAY_MS;
}

/** Until when an answer is wanted; 今日 is 18:00 of the day, the next one once that has passed. */
export function answerByAt(choice: (typeof answerTimes)[number], now: number): number | null {
  const midnight = Math.floor((now + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;
  if (choice === 'none') return null;
  if (choice === 'hours2') return now + 2 * HOUR_MS;
  if (choice === 'tomorrow') return midnight + DAY_MS + 12 * HOUR_MS;
  const evening = midnight + 18 * HOUR_MS;
  return now < evening ? evening : evening + DAY_MS;
}

function optional<Name extends FieldName>(draft: Draft, name: Name): Partial<Record<Name, string>> {
  const text = textOf(draft, name);
  return (text === '' ? {} : { [name]: text }) as Partial<Record<Name, string>>;
}

/** Orders belong to 接续 and 联合 alone. */
function ordersOf(draft: Draft) {
  return textOf(draft, 'mode') === 'frontline' || draft.orders.length === 0 ? {} : { orders: newOrders(draft) };
}

function newOrders(draft: Draft) {
  return draft.orders.map(({ unit, personId, role }) => ({
    unit,
    personId: personId.trim() === '' ? null : personId.trim(),
    role,
  }));
}

function oneOf<const Value extends string>(values: readonly Value[], text: string): Value {
  return required(
    values.find((value) => value === text),
    'a complete form has one of the choices',
  );
}
