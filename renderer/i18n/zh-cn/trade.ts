import { stateWords } from '#domain/briefing/state-words.ts';
import type { Stage } from '#domain/case/lifecycle.ts';
import type { ClockName, HolderPost, HopOutcome, Source } from '#domain/case/state.ts';
import type { EndorsementStep, HandleMode, Order, OrderRole, Supervision, Verification } from '#domain/case/side.ts';
import type { CaseAction } from '#domain/case/transitions.ts';
import type { Role } from '#domain/access/roles.ts';

/** States of cases 案件 and tickets 工单: paper and screen say the same (domain.md §4.3, §7.7). */
export const states = stateWords;

/** Where a ticket has another word than a case for the same state or stage. */
export const ofTicket = { state: { handling: '办理中' }, stage: { handle: '办理' } } as const;

export const stages = {
  report: '上报',
  register: '立案',
  dispatch: '派遣',
  handle: '处置',
  feedback: '反馈',
  close: '结案',
  sign: '签收',
  assign: '派单',
  contact: '首响',
  call_back: '回访',
} as const satisfies Record<Stage, string>;

export const actions = {
  report: '上报',
  request_verify: '发起核实',
  verify: '核实结果',
  register: '立案',
  reject: '不立案',
  void: '作废',
  dispatch: '派遣',
  sub_dispatch: '下派',
  recall: '撤回',
  return: '回退',
  accept: '接单',
  handle: '处置完成',
  feed_back: '反馈',
  rework: '返工',
  request_check: '发起核查',
  check: '核查结果',
  close: '结案',
  fail_close: '结案不通过',
  force_close: '强制结案',
  escalate: '提级调度',
  hand_over: '移交下一家',
  receive: '登记工单',
  sign: '签收',
  request_return: '退单申请',
  review_return: '退单审核',
  assign: '一键派单',
  contact: '首响',
  start_work: '开始办理',
  whistle: '吹哨',
  reply: '反馈',
  begin_call_back: '回访',
  conclude: '办结',
  redo: '未解决再办',
  start_endorsement: '逐级批示',
  endorse: '批示',
  delegate_endorsement: '转批',
  skip_endorsement: '跳过批示',
  accept_order: '协办接单',
  arrive: '报到',
  answer_order: '协办反馈',
  waive_order: '免办',
  request_extension: '延期申请',
  pass_extension: '报送延期',
  decide_extension: '延期审批',
  request_suspension: '挂账申请',
  decide_suspension: '挂账审批',
  resume: '恢复办理',
  supervise: '督办',
  answer_supervision: '督办回复',
  urge: '催办',
  appeal: '申诉',
  review_appeal: '申诉审核',
  merge: '并案',
  unmerge: '拆案',
  redate: '时限重算',
  reveal_reporter: '查看来电人',
  erase_reporter: '删除来电人信息',
} as const satisfies Record<CaseAction, string>;

export const sources = {
  grid_staff: '网格',
  hotline: '12345',
  video: '视频',
  leader: '领导批示',
  lane_steward: '小巷管家',
  desk: '受理登记',
  department: '部门批转',
  import: '文件导入',
} as const satisfies Record<Source, string>;

export const clocks = {
  register: '受理时限',
  verify: '核实时限',
  dispatch: '派遣时限',
  handle: '处置时限',
  check: '核查时限',
} as const satisfies Record<ClockName, string>;

export const posts = {
  ACCEPTOR: '受理员',
  DISPATCHER: '派遣员',
  SHIFT_LEADER: '值班长',
  DEPT: '处置单位',
  HANDLER: '处置人员',
  COLLECTOR: '网格员',
  EVALUATOR: '考核员',
  LEADER: '领导',
  HOTLINE_DESK: '便民电话专班',
  ADMIN: '管理员',
  SYSTEM: '系统',
} as const satisfies Record<Role | HolderPost, string>;

/** How a hop of the dispatch chain ended. */
export const outcomes = {
  sent_on: '派出',
  accepted: '已接单',
  fed_back: '已反馈',
  returned: '回退',
  recalled: '已撤回',
  escalated: '提级',
  handed_over: '已移交',
  stopped: '中止',
} as const satisfies Record<HopOutcome, string>;

export const orderStates = {
  waiting: '待轮到',
  sent: '待接单',
  accepted: '已接单',
  arrived: '已报到',
  answered: '已反馈',
  waived: '免办',
} as const satisfies Record<Order['state'], string>;

export const orderRoles = { co: '协办', main: '主责' } as const satisfies Record<OrderRole, string>;

export const orderVia = {
  dispatch: '随单派出',
  whistle: '吹哨',
  relay: '接续',
} as const satisfies Record<Order['via'], string>;

export const modes = {
  frontline: '一线办件',
  relay: '接续办件',
  joint: '联合办件',
} as const satisfies Record<HandleMode, string>;

export const supervisionKinds = {
  timeout: '超时督办',
  leader: '领导督办',
  key: '重点督办',
} as const satisfies Record<Supervision['kind'], string>;

export const verifyResults = {
  exists: '存在',
  absent: '不存在',
  unable: '无法核实',
} as const satisfies Record<NonNullable<Verification['result']>, string>;

/** Posts of people in units (electron/domain/reference/rows.ts). */
export const peoplePosts = {
  grid_lead: '网格长',
  grid_pro: '专业网格员',
  grid_full: '专职网格员',
  grid_part: '兼职网格员',
  village_cadre: '包村干部',
  village_secretary: '村居党支部书记',
  desk_lead: '专班组长',
  leader: '主管领导',
  duty_officer: '值班人员',
  office_head: '职能科室负责人',
  team_leader: '队长',
  handler: '处置人员',
} as const;

/** Steps of 逐级批示. */
export const endorsementStates = {
  waiting: '待批示',
  current: '批示中',
  endorsed: '已同意',
  skipped: '已跳过',
  sent_back: '已退回',
} as const satisfies Record<EndorsementStep['state'], string>;
