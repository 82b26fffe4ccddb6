/**
 * Posts of the trade (domain.md §4.1). Roles are arguments of `decide`; who holds which role is the host's business.
 * COLLECTOR 监督员/网格员 · ACCEPTOR 受理员 · DISPATCHER 派遣员 · SHIFT_LEADER 值班长 · DEPT 处置单位 · HANDLER 处置人员 ·
 * EVALUATOR 考核员 · LEADER 领导 · HOTLINE_DESK 热线专班 · ADMIN 管理员 (no case action but what a policy allows) ·
 * SYSTEM the program itself (imports, timers).
 */
export const roles = [
  'COLLECTOR',
  'ACCEPTOR',
  'DISPATCHER',
  'SHIFT_LEADER',
  'DEPT',
  'HANDLER',
  'EVALUATOR',
  'LEADER',
  'HOTLINE_DESK',
  'ADMIN',
  'SYSTEM',
] as const;
export type Role = (typeof roles)[number];

/**
 * Who acts. `id` is a pseudonymous account or staff number, never a name (JN12).
 * `unit` is the code of the unit on whose behalf the act is done, null for the district desk.
 */
export interface Actor {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly unit: string | null;
}
