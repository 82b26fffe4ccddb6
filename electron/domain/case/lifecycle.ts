/** The two streams of the one queue: a grid case 案件 (domain.md §4) and a 12345 ticket 工单 (domain.md §7). */
export const recordKinds = ['case', 'ticket'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** Display stages of a case 上报 → 立案 → 派遣 → 处置 → 反馈 → 结案 (domain.md §4.3). */
export const caseStages = ['report', 'register', 'dispatch', 'handle', 'feedback', 'close'] as const;
/** Display stages of a ticket 签收 → 派单 → 首响 → 办理 → 反馈 → 回访 (domain.md §7.7). */
export const ticketStages = ['sign', 'assign', 'contact', 'handle', 'feedback', 'call_back'] as const;
export type Stage = (typeof caseStages)[number] | (typeof ticketStages)[number];

export function stagesOf(record: RecordKind): readonly Stage[] {
  return record === 'case' ? caseStages : ticketStages;
}

interface StateFacts {
  /** Stage shown in the stage bar; null where the stage of the receiver counts (回退) or none does. */
  readonly stage: Stage | null;
  readonly isOpen: boolean;
}

/** States of a case 案件 (domain.md §4.3) and of a ticket 工单 (domain.md §7.7); both use 处置中, 挂账 and the forced ends. */
export const caseStates = {
  /** 已上报 */
  reported: { stage: 'report', isOpen: true },
  /** 核实中 */
  verifying: { stage: 'report', isOpen: true },
  /** 待立案 */
  pending_register: { stage: 'register', isOpen: true },
  /** 不立案 */
  not_accepted: { stage: null, isOpen: false },
  /** 作废 */
  void: { stage: null, isOpen: false },
  /** 待派遣 */
  pending_dispatch: { stage: 'dispatch', isOpen: true },
  /** 待处置 */
  pending_handle: { stage: 'handle', isOpen: true },
  /** 处置中, of a ticket 办理中 */
  handling: { stage: 'handle', isOpen: true },
  /** 处置完成 */
  handle_finished: { stage: 'handle', isOpen: true },
  /** 待核查 */
  pending_check: { stage: 'feedback', isOpen: true },
  /** 核查中 */
  checking: { stage: 'feedback', isOpen: true },
  /** 待结案 */
  pending_close: { stage: 'close', isOpen: true },
  /** 回退 */
  returned: { stage: null, isOpen: true },
  /** 挂账 */
  suspended: { stage: null, isOpen: true },
  /** 结案 */
  closed: { stage: 'close', isOpen: false },
  /** 强制结案 */
  forced_close: { stage: 'close', isOpen: false },
  /** 待签收 */
  to_sign: { stage: 'sign', isOpen: true },
  /** 退单审核 */
  return_review: { stage: 'sign', isOpen: true },
  /** 已签收 */
  signed: { stage: 'assign', isOpen: true },
  /** 已派单 */
  assigned: { stage: 'contact', isOpen: true },
  /** 已联系 */
  contacted: { stage: 'handle', isOpen: true },
  /** 吹哨协办 */
  co_handling: { stage: 'handle', isOpen: true },
  /** 已反馈 */
  replied: { stage: 'feedback', isOpen: true },
  /** 回访中 */
  calling_back: { stage: 'call_back', isOpen: true },
  /** 办结 */
  done: { stage: 'call_back', isOpen: false },
} as const satisfies Record<string, StateFacts>;

export type CaseStateName = keyof typeof caseStates;

export const caseStateNames = Object.keys(caseStates) as readonly CaseStateName[];
export const openStates: readonly CaseStateName[] = caseStateNames.filter((name) => caseStates[name].isOpen);
export const finalStates: readonly CaseStateName[] = caseStateNames.filter((name) => !caseStates[name].isOpen);

export function isOpen(state: CaseStateName): boolean {
  return caseStates[state].isOpen;
}
