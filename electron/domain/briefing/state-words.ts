import type { CaseStateName } from '#domain/case/lifecycle.ts';
import type { WarningKind } from '#domain/warnings/early-warnings.ts';

/** States as paper says them; paper is written in Chinese whatever the language of the desk (domain.md §4.3, §7.7). */
export const stateWords = {
  reported: '已上报',
  verifying: '核实中',
  pending_register: '待立案',
  not_accepted: '不立案',
  void: '作废',
  pending_dispatch: '待派遣',
  pending_handle: '待处置',
  handling: '处置中',
  handle_finished: '处置完成',
  pending_check: '待核查',
  checking: '核查中',
  pending_close: '待结案',
  returned: '回退',
  suspended: '挂账',
  closed: '结案',
  forced_close: '强制结案',
  to_sign: '待签收',
  return_review: '退单审核',
  signed: '已签收',
  assigned: '已派单',
  contacted: '已联系',
  co_handling: '吹哨协办',
  replied: '已反馈',
  calling_back: '回访中',
  done: '办结',
} as const satisfies Record<CaseStateName, string>;

export const warningWords = {
  overdue: '超期',
  due_soon: '临期',
  ping_pong: '推诿',
  repeats: '反复问题',
  week: '七天一预警',
} as const satisfies Record<WarningKind, string>;
