import type { Role } from '#domain/access/roles.ts';
import { caseStateNames, isOpen, openStates, type CaseStateName, type RecordKind } from './lifecycle.ts';

/**
 * What a person or the program can do with a case or ticket; the glossary's words (domain.md §13). One action may stand
 * in several rows of {@link transitions}.
 */
export const caseActions = [
  'report',
  'request_verify',
  'verify',
  'register',
  'reject',
  'void',
  'dispatch',
  'sub_dispatch',
  'recall',
  'return',
  'accept',
  'handle',
  'feed_back',
  'rework',
  'request_check',
  'check',
  'close',
  'fail_close',
  'force_close',
  'escalate',
  'hand_over',
  'receive',
  'sign',
  'request_return',
  'review_return',
  'assign',
  'contact',
  'start_work',
  'whistle',
  'reply',
  'begin_call_back',
  'conclude',
  'redo',
  'start_endorsement',
  'endorse',
  'delegate_endorsement',
  'skip_endorsement',
  'accept_order',
  'arrive',
  'answer_order',
  'waive_order',
  'request_extension',
  'pass_extension',
  'decide_extension',
  'request_suspension',
  'decide_suspension',
  'resume',
  'supervise',
  'answer_supervision',
  'urge',
  'appeal',
  'review_appeal',
  'merge',
  'unmerge',
  'redate',
  'reveal_reporter',
  'erase_reporter',
] as const;
export type CaseAction = (typeof caseActions)[number];

/**
 * On whose behalf an actor with a unit may act: `holder` the unit that holds the case · `above` that unit or one above it
 * · `own` the body of the command says for which order or request, and `decide` compares · `any` whichever unit.
 * The district desk has no unit and may record an act for anybody; a case that the desk holds, or that has ended, is below
 * no unit.
 */
export type Scope = 'holder' | 'above' | 'own' | 'any';

/**
 * One row of the table. `row` is the number in domain.md §4.4 (cases) or §7.7 (tickets, T…), or the name of the side
 * procedure of §4.5 and of the chain. `to`: the state after it; `same` keeps the state, `previous` is the one before 挂账
 * or before 并案.
 */
export interface Transition {
  readonly row: string;
  readonly record: RecordKind | 'both';
  readonly action: CaseAction;
  readonly from: readonly CaseStateName[] | null;
  readonly to: readonly (CaseStateName | 'same' | 'previous')[];
  readonly by: readonly Role[];
  readonly scope: Scope;
}

const atUnit: readonly CaseStateName[] = ['pending_handle', 'handling', 'handle_finished'];
const atTicketUnit: readonly CaseStateName[] = ['assigned', 'contacted', 'handling', 'co_handling'];
/** Where orders 子单 beside the lead's can be worked on; 处置中 is in both. */
const withOrders: readonly CaseStateName[] = [...new Set([...atUnit, ...atTicketUnit])];
const beforeEnd: readonly CaseStateName[] = openStates.filter((state) => state !== 'suspended');
const ended: readonly CaseStateName[] = ['closed', 'done'];
const centre: readonly Role[] = ['SHIFT_LEADER', 'LEADER', 'DISPATCHER', 'HOTLINE_DESK'];

/**
 * The transition table. `decide` allows nothing that is not a row here: the rows say who may act and where it leads, the
 * guards in `decide` say when.
 *
 * Source: domain.md §4.4 (S = seven-step standard, L = one municipal product's rules), §4.5, §7.7.
 */
export const transitions: readonly Transition[] = [
  row('1', 'case', 'report', null, ['reported'], ['ACCEPTOR', 'SYSTEM'], 'any'),
  row('1', 'case', 'report', null, ['pending_register'], ['COLLECTOR'], 'any'),
  row('2', 'case', 'request_verify', ['reported', 'pending_register'], ['verifying'], ['ACCEPTOR']),
  row('3', 'case', 'verify', ['verifying'], ['pending_register'], ['COLLECTOR'], 'any'),
  row('4', 'case', 'register', ['reported', 'pending_register', 'returned'], ['pending_dispatch'], ['ACCEPTOR']),
  row('5', 'case', 'reject', ['reported', 'pending_register', 'returned'], ['not_accepted'], ['ACCEPTOR']),
  row('5', 'case', 'void', ['reported', 'pending_register', 'returned'], ['void'], ['ACCEPTOR']),
  row('6', 'case', 'dispatch', ['pending_dispatch', 'returned'], ['pending_handle'], ['DISPATCHER']),
  row('6a', 'case', 'sub_dispatch', ['pending_handle', 'returned'], ['pending_handle'], ['DEPT']),
  row('7', 'case', 'return', ['pending_dispatch', 'returned'], ['returned'], ['DISPATCHER']),
  row('8', 'case', 'return', ['pending_handle', 'returned'], ['returned'], ['DEPT']),
  row('9', 'case', 'accept', ['pending_handle', 'returned'], ['handling'], ['DEPT']),
  row('10', 'case', 'return', ['handling'], ['pending_handle'], ['HANDLER']),
  row('11', 'case', 'handle', ['handling'], ['handle_finished'], ['HANDLER']),
  row('12', 'case', 'return', ['handle_finished'], ['handling'], ['DEPT']),
  row('13', 'case', 'feed_back', ['handle_finished'], ['pending_check'], ['DEPT']),
  row('14', 'case', 'rework', ['pending_check'], ['pending_handle'], ['DISPATCHER']),
  row('15', 'case', 'request_check', ['pending_check'], ['checking'], ['ACCEPTOR']),
  row('16', 'case', 'check', ['checking'], ['pending_close', 'pending_check'], ['COLLECTOR'], 'any'),
  row('17', 'case', 'close', ['pending_close', 'pending_check'], ['closed'], ['ACCEPTOR']),
  row('18', 'case', 'fail_close', ['pending_close'], ['pending_dispatch'], ['ACCEPTOR']),
  row('19', 'both', 'force_close', openStates, ['forced_close'], ['SHIFT_LEADER', 'ADMIN'], 'any'),
  row('19', 'both', 'void', openStates, ['void'], ['SHIFT_LEADER', 'ADMIN'], 'any'),
  row(
    '20',
    'case',
    'decide_suspension',
    ['pending_handle', 'handling'],
    ['suspended', 'same'],
    ['DISPATCHER'],
    'above',
  ),
  row('21', 'both', 'resume', ['suspended'], ['previous'], ['SYSTEM', 'DISPATCHER', 'HOTLINE_DESK'], 'above'),

  row(
    'recall',
    'case',
    'recall',
    ['pending_handle'],
    ['pending_dispatch', 'returned', 'pending_handle'],
    ['DISPATCHER', 'DEPT'],
    'any',
  ),
  row('recall', 'ticket', 'recall', ['assigned'], ['signed'], ['HOTLINE_DESK'], 'any'),
  row(
    'escalate',
    'case',
    'escalate',
    ['pending_handle', 'handling'],
    ['pending_handle', 'pending_dispatch'],
    ['DEPT', 'DISPATCHER', 'LEADER', 'SHIFT_LEADER'],
    'above',
  ),
  row('escalate', 'ticket', 'escalate', atTicketUnit, ['same'], ['LEADER', 'SHIFT_LEADER', 'HOTLINE_DESK'], 'above'),
  row('relay', 'case', 'hand_over', ['handle_finished'], ['pending_handle'], ['DEPT']),
  row('relay', 'ticket', 'hand_over', ['handling'], ['assigned'], ['DEPT', 'HANDLER', 'HOTLINE_DESK']),

  row('T1', 'ticket', 'receive', null, ['to_sign'], ['HOTLINE_DESK', 'SYSTEM'], 'any'),
  row('T2', 'ticket', 'sign', ['to_sign'], ['signed'], ['HOTLINE_DESK']),
  row('T3', 'ticket', 'request_return', ['to_sign'], ['return_review'], ['HOTLINE_DESK']),
  row('T4', 'ticket', 'review_return', ['return_review'], ['to_sign'], ['HOTLINE_DESK']),
  row('T5', 'ticket', 'start_endorsement', ['signed', 'assigned'], ['same'], ['HOTLINE_DESK'], 'above'),
  row('T5', 'ticket', 'endorse', beforeEnd, ['same'], ['LEADER', 'HOTLINE_DESK', 'DEPT'], 'own'),
  row('T6', 'ticket', 'assign', ['signed'], ['assigned'], ['HOTLINE_DESK']),
  row('T7', 'ticket', 'accept', ['assigned'], ['same'], ['HANDLER', 'DEPT']),
  row('T7', 'ticket', 'contact', ['assigned'], ['contacted'], ['HANDLER']),
  row('T8', 'ticket', 'start_work', ['contacted'], ['handling'], ['HANDLER']),
  row(
    'T9',
    'ticket',
    'whistle',
    ['handling', 'co_handling'],
    ['co_handling'],
    ['DEPT', 'HANDLER', 'HOTLINE_DESK'],
    'above',
  ),
  row('T9', 'ticket', 'arrive', ['handling', 'co_handling'], ['handling', 'co_handling'], ['DEPT', 'HANDLER'], 'own'),
  row('T10', 'ticket', 'reply', ['handling', 'co_handling'], ['replied'], ['DEPT', 'HANDLER', 'HOTLINE_DESK'], 'above'),
  row('T11', 'ticket', 'begin_call_back', ['replied'], ['calling_back'], ['SYSTEM', 'HOTLINE_DESK']),
  row('T12', 'ticket', 'conclude', ['calling_back'], ['done'], ['SYSTEM', 'HOTLINE_DESK']),
  row('T13', 'ticket', 'redo', ['calling_back'], ['handling'], ['HOTLINE_DESK']),

  row(
    'endorse',
    'case',
    'start_endorsement',
    ['pending_dispatch', 'pending_handle', 'returned'],
    ['same'],
    ['DISPATCHER', 'DEPT'],
  ),
  row('endorse', 'case', 'endorse', beforeEnd, ['same'], ['LEADER', 'SHIFT_LEADER', 'DISPATCHER', 'DEPT'], 'own'),
  row('endorse', 'both', 'delegate_endorsement', beforeEnd, ['same'], [...centre, 'DEPT'], 'own'),
  row('endorse', 'both', 'skip_endorsement', beforeEnd, ['same'], ['DISPATCHER', 'HOTLINE_DESK', 'DEPT'], 'above'),
  row('whistle', 'case', 'whistle', ['pending_handle', 'handling'], ['same'], ['DEPT', 'DISPATCHER'], 'above'),
  row('whistle', 'case', 'arrive', atUnit, ['same'], ['DEPT', 'HANDLER'], 'own'),
  row('order', 'both', 'accept_order', withOrders, ['same'], ['DEPT', 'HANDLER'], 'own'),
  row('order', 'both', 'answer_order', withOrders, ['same', 'handling'], ['DEPT', 'HANDLER'], 'own'),
  row(
    'order',
    'both',
    'waive_order',
    withOrders,
    ['same', 'handling'],
    ['DEPT', 'DISPATCHER', 'HOTLINE_DESK'],
    'above',
  ),
  row('extend', 'case', 'request_extension', ['pending_handle', 'handling'], ['same'], ['DEPT', 'HANDLER']),
  row('extend', 'ticket', 'request_extension', atTicketUnit, ['same'], ['DEPT', 'HANDLER', 'HOTLINE_DESK'], 'above'),
  row('extend', 'both', 'pass_extension', ['pending_handle', ...atTicketUnit], ['same'], ['DEPT']),
  row(
    'extend',
    'both',
    'decide_extension',
    ['pending_handle', ...atTicketUnit],
    ['same'],
    ['DISPATCHER', 'HOTLINE_DESK'],
    'above',
  ),
  row('suspend', 'case', 'request_suspension', ['pending_handle', 'handling'], ['same'], ['DEPT']),
  row('suspend', 'ticket', 'request_suspension', atTicketUnit, ['same'], ['DEPT', 'HOTLINE_DESK'], 'above'),
  row('suspend', 'ticket', 'decide_suspension', atTicketUnit, ['suspended', 'same'], ['HOTLINE_DESK'], 'above'),
  row('supervise', 'both', 'supervise', openStates, ['same'], ['SHIFT_LEADER', 'LEADER'], 'above'),
  row(
    'supervise',
    'both',
    'answer_supervision',
    openStates,
    ['same'],
    ['DEPT', 'DISPATCHER', 'ACCEPTOR', 'HOTLINE_DESK'],
    'holder',
  ),
  row('urge', 'both', 'urge', beforeEnd, ['same'], [...centre, 'ACCEPTOR'], 'above'),
  row('appeal', 'both', 'appeal', ended, ['same'], ['DEPT', 'HOTLINE_DESK'], 'own'),
  row('appeal', 'both', 'review_appeal', ended, ['same'], ['SHIFT_LEADER', 'EVALUATOR', 'HOTLINE_DESK']),
  row('merge', 'both', 'merge', beforeEnd, ['same', 'void'], ['ACCEPTOR', 'DISPATCHER', 'HOTLINE_DESK'], 'above'),
  row(
    'merge',
    'both',
    'unmerge',
    [...openStates, 'void'],
    ['same', 'previous'],
    ['ACCEPTOR', 'DISPATCHER', 'HOTLINE_DESK'],
    'above',
  ),
  row('reporter', 'both', 'reveal_reporter', caseStateNames, ['same'], [...centre, 'ACCEPTOR'], 'any'),
  row('reporter', 'both', 'erase_reporter', caseStateNames, ['same'], ['SHIFT_LEADER', 'HOTLINE_DESK'], 'any'),
  row('redate', 'both', 'redate', openStates, ['same'], ['SYSTEM', 'ADMIN'], 'any'),
];

function row(
  name: string,
  record: Transition['record'],
  action: CaseAction,
  from: Transition['from'],
  to: Transition['to'],
  by: readonly Role[],
  scope: Scope = 'holder',
): Transition {
  return { row: name, record, action, from, to, by, scope };
}

const none: readonly Transition[] = [];
const byPlace = new Map<string, readonly Transition[]>();
for (const transition of transitions) {
  for (const record of transition.record === 'both' ? (['case', 'ticket'] as const) : [transition.record]) {
    for (const from of transition.from ?? []) {
      const key = `${record} ${from} ${transition.action}`;
      byPlace.set(key, [...(byPlace.get(key) ?? none), transition]);
    }
  }
}

/** The rows of an action from a state, in table order. */
export function rowsFor(record: RecordKind, from: CaseStateName, action: CaseAction): readonly Transition[] {
  return byPlace.get(`${record} ${from} ${action}`) ?? none;
}

/** Whether the table lets `action` lead from one state to the other; for the model-based test and the replay check. */
export function isInTable(record: RecordKind, from: CaseStateName, action: CaseAction, to: CaseStateName): boolean {
  return rowsFor(record, from, action).some((found) =>
    found.to.some(
      (target) =>
        target === to ||
        (target === 'same' && to === from) ||
        (target === 'previous' && (from === 'suspended' || from === 'void') && isOpen(to)),
    ),
  );
}
