import type { Role } from '#domain/access/roles.ts';

/** Display stages of a case 上报 → 立案 → 派遣 → 处置 → 反馈 → 结案 (domain.md §4.3). */
export const stages = ['report', 'register', 'dispatch', 'handle', 'feedback', 'close'] as const;
export type Stage = (typeof stages)[number];

interface StateFacts {
  /** Stage shown in the stage bar; null where the stage of the receiver counts (回退). */
  readonly stage: Stage | null;
  readonly isOpen: boolean;
}

/**
 * States of a case (案件), domain.md §4.3. Not every state is reachable yet: 核实, 不立案, 作废, 挂账 and 强制结案
 * wait for the whole rule book.
 */
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
  /** 处置中 */
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
} as const satisfies Record<string, StateFacts>;

export type CaseStateName = keyof typeof caseStates;

export const caseStateNames = Object.keys(caseStates) as readonly CaseStateName[];
export const openStates: readonly CaseStateName[] = caseStateNames.filter((name) => caseStates[name].isOpen);
export const finalStates: readonly CaseStateName[] = caseStateNames.filter((name) => !caseStates[name].isOpen);

/**
 * What a person or the program can do with a case. `return` is 回退, `rework` is 返工, `feed_back` is 反馈,
 * `request_check` sends a collector to 核查 and `check` is that collector's answer.
 */
export const caseActions = [
  'report',
  'register',
  'dispatch',
  'sub_dispatch',
  'accept',
  'handle',
  'feed_back',
  'request_check',
  'check',
  'rework',
  'return',
  'close',
] as const;
export type CaseAction = (typeof caseActions)[number];

/** One row of the transition table. `row` is the number in domain.md §4.4. */
export interface Transition {
  readonly row: string;
  readonly action: CaseAction;
  readonly from: CaseStateName | null;
  readonly to: CaseStateName;
  readonly by: readonly Role[];
}

/**
 * The transition table (domain.md §4.4, origin S = seven-step standard, L = one municipal product's rules).
 * `decide` allows nothing that is not a row here; the rows say who may act, guards in `decide` say when.
 */
export const transitions: readonly Transition[] = [
  { row: '1', action: 'report', from: null, to: 'reported', by: ['ACCEPTOR', 'SYSTEM'] },
  { row: '1', action: 'report', from: null, to: 'pending_register', by: ['COLLECTOR'] },
  { row: '4', action: 'register', from: 'reported', to: 'pending_dispatch', by: ['ACCEPTOR'] },
  { row: '4', action: 'register', from: 'pending_register', to: 'pending_dispatch', by: ['ACCEPTOR'] },
  { row: '4', action: 'register', from: 'returned', to: 'pending_dispatch', by: ['ACCEPTOR'] },
  { row: '6', action: 'dispatch', from: 'pending_dispatch', to: 'pending_handle', by: ['DISPATCHER'] },
  { row: '6', action: 'dispatch', from: 'returned', to: 'pending_handle', by: ['DISPATCHER'] },
  { row: '6a', action: 'sub_dispatch', from: 'pending_handle', to: 'pending_handle', by: ['DEPT'] },
  { row: '7', action: 'return', from: 'pending_dispatch', to: 'returned', by: ['DISPATCHER'] },
  { row: '7', action: 'return', from: 'returned', to: 'returned', by: ['DISPATCHER'] },
  { row: '8', action: 'return', from: 'pending_handle', to: 'returned', by: ['DEPT'] },
  { row: '9', action: 'accept', from: 'pending_handle', to: 'handling', by: ['DEPT'] },
  { row: '10', action: 'return', from: 'handling', to: 'pending_handle', by: ['HANDLER'] },
  { row: '11', action: 'handle', from: 'handling', to: 'handle_finished', by: ['HANDLER'] },
  { row: '12', action: 'return', from: 'handle_finished', to: 'handling', by: ['DEPT'] },
  { row: '13', action: 'feed_back', from: 'handle_finished', to: 'pending_check', by: ['DEPT'] },
  { row: '14', action: 'rework', from: 'pending_check', to: 'pending_handle', by: ['DISPATCHER'] },
  { row: '15', action: 'request_check', from: 'pending_check', to: 'checking', by: ['ACCEPTOR'] },
  { row: '16', action: 'check', from: 'checking', to: 'pending_close', by: ['COLLECTOR'] },
  { row: '16', action: 'check', from: 'checking', to: 'pending_check', by: ['COLLECTOR'] },
  { row: '17', action: 'close', from: 'pending_close', to: 'closed', by: ['ACCEPTOR'] },
];

/** Rows that start in `from`, in table order; `null` is a case that does not exist yet. */
export function transitionsFrom(from: CaseStateName | null): readonly Transition[] {
  return transitions.filter((transition) => transition.from === from);
}

export function isOpen(state: CaseStateName): boolean {
  return caseStates[state].isOpen;
}
