import { maxPhotos, photoKinds } from '#domain/case/photos.ts';
import { handleModes, supervisionKinds, verificationResults } from '#domain/case/side.ts';
import { refusalCodes } from '#domain/case/refusal.ts';
import { Lat, Lon, Receipt, SourceName } from './cases.ts';
import { AttachmentHash } from './attachments.ts';
import { method } from './method.ts';
import { Reporter } from './people.ts';
import { Code, Instant, Words, z } from './schema.ts';

const commandId = { commandId: z.string().min(8).max(80).optional() };
const onCase = {
  ...commandId,
  id: Code,
  expectedVersion: z.int().min(1).optional(),
  /** Pseudonymous number of the person who acted, when the desk records the act for somebody 代录. */
  actedBy: Code.optional(),
};

/** Photos that were sent in before, with what is known of place and time. */
const Photos = z
  .array(
    z.strictObject({
      hash: AttachmentHash,
      kind: z.enum(photoKinds),
      lon: Lon.nullable().default(null),
      lat: Lat.nullable().default(null),
      takenAt: Instant.nullable().default(null),
    }),
  )
  .max(maxPhotos)
  .default([]);

const ReportCase = z.strictObject({
  ...commandId,
  source: SourceName.default('desk'),
  classRef: z.strictObject({
    standardRef: z.string().max(80),
    kind: z.enum(['component', 'matter', 'other']),
    code: z.string().max(80),
    name: z.string().max(200),
  }),
  lon: Lon.nullable().default(null),
  lat: Lat.nullable().default(null),
  address: z.string().max(500).default(''),
  description: Words,
  reportedAt: Instant.optional(),
  reporter: Reporter.optional(),
  photos: Photos,
});
/** The number of the city's system stands for the command: sent again, it answers with the ticket it made. */
const ReceiveTicket = z.strictObject({
  ticketNumber: Code,
  classRef: z.strictObject({ code: z.string().max(80), name: z.string().max(200) }),
  timeClass: Code,
  /** The township that must sign it. */
  unit: Code,
  lon: Lon.nullable().default(null),
  lat: Lat.nullable().default(null),
  address: z.string().max(500).default(''),
  description: Words,
  issuedAt: Instant.optional(),
  /** Number of the caller in the city's system; left out, callers are told apart by the phone of `reporter`. */
  reporterId: Code.nullable().default(null),
  reporter: Reporter.optional(),
  isConfidential: z.boolean().default(false),
});

const Opinion = z.string().max(2_000).optional();
const Person = Code.nullable().optional();
const NewOrders = z
  .array(
    z.strictObject({ unit: Code, personId: Code.nullable().default(null), role: z.enum(['co', 'main']).default('co') }),
  )
  .max(50);
const sending = {
  unit: Code,
  personId: Person,
  mode: z.enum(handleModes).optional(),
  orders: NewOrders.optional(),
  opinion: Opinion,
};

/** What each act on a case brings beside its number; keys are the actions of the rule book. */
export const actInputs = {
  request_verify: z.strictObject({ ...onCase, collectorId: Code }),
  verify: z.strictObject({ ...onCase, result: z.enum(verificationResults), opinion: Opinion, photos: Photos }),
  register: z.strictObject({ ...onCase, condition: Words }),
  reject: z.strictObject({ ...onCase, reason: Words }),
  void: z.strictObject({ ...onCase, reason: Words }),
  dispatch: z.strictObject({ ...onCase, ...sending }),
  sub_dispatch: z.strictObject({ ...onCase, ...sending }),
  assign: z.strictObject({ ...onCase, ...sending }),
  recall: z.strictObject({ ...onCase, reason: Opinion }),
  return: z.strictObject({ ...onCase, reasonCode: Code, reason: Words }),
  accept: z.strictObject({ ...onCase, handlerId: Code }),
  handle: z.strictObject({ ...onCase, result: Words, photos: Photos }),
  feed_back: z.strictObject({ ...onCase, opinion: Opinion }),
  rework: z.strictObject({ ...onCase, reason: Words }),
  request_check: z.strictObject({ ...onCase, collectorId: Code }),
  check: z.strictObject({
    ...onCase,
    result: z.enum(['passed', 'failed', 'unable']),
    opinion: Opinion,
    photos: Photos,
  }),
  close: z.strictObject({ ...onCase, condition: Words }),
  fail_close: z.strictObject({ ...onCase, reason: Words }),
  force_close: z.strictObject({ ...onCase, reason: Words }),
  escalate: z.strictObject({ ...onCase, unit: Person, reason: Words, isHardCase: z.boolean().default(false) }),
  hand_over: z.strictObject({ ...onCase, words: Words }),
  sign: z.strictObject(onCase),
  request_return: z.strictObject({ ...onCase, reasonCode: Code, reason: Words }),
  review_return: z.strictObject({ ...onCase, unit: Code.nullable(), opinion: Words }),
  contact: z.strictObject({ ...onCase, result: Words, handlerId: Code.optional() }),
  start_work: z.strictObject(onCase),
  whistle: z.strictObject({ ...onCase, orders: NewOrders.min(1), reason: Words }),
  reply: z.strictObject({ ...onCase, reply: Words }),
  begin_call_back: z.strictObject(onCase),
  conclude: z.strictObject({ ...onCase, solved: Code, satisfied: Code }),
  redo: z.strictObject({ ...onCase, reason: Words }),
  start_endorsement: z.strictObject({
    ...onCase,
    steps: z
      .array(
        z.strictObject({
          post: z.string().min(1).max(80),
          personId: Code.nullable().default(null),
          limitMinutes: z.number().min(1).max(100_000),
        }),
      )
      .min(1)
      .max(20),
  }),
  endorse: z.strictObject({ ...onCase, decision: z.enum(['agree', 'send_back']), opinion: Words }),
  delegate_endorsement: z.strictObject({ ...onCase, personId: Code, reason: Words }),
  skip_endorsement: z.strictObject({ ...onCase, reason: Words }),
  accept_order: z.strictObject({ ...onCase, orderId: Code, handlerId: Code.optional() }),
  arrive: z.strictObject({ ...onCase, orderId: Code }),
  answer_order: z.strictObject({ ...onCase, orderId: Code, words: Words }),
  waive_order: z.strictObject({ ...onCase, orderId: Code, reason: Words }),
  request_extension: z.strictObject({ ...onCase, reason: Words }),
  pass_extension: z.strictObject(onCase),
  decide_extension: z.strictObject({ ...onCase, isGranted: z.boolean(), opinion: Words }),
  request_suspension: z.strictObject({ ...onCase, until: Instant, reason: Words }),
  decide_suspension: z.strictObject({ ...onCase, isGranted: z.boolean(), opinion: Words }),
  resume: z.strictObject(onCase),
  supervise: z.strictObject({
    ...onCase,
    kind: z.enum(supervisionKinds),
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    party: Code,
    reason: Words,
    answerBy: Instant.nullable().default(null),
  }),
  answer_supervision: z.strictObject({ ...onCase, supervisionId: Code, words: Words }),
  urge: z.strictObject({ ...onCase, words: Words }),
  appeal: z.strictObject({ ...onCase, kind: z.enum(['overdue', 'exclude']), reason: Words }),
  review_appeal: z.strictObject({ ...onCase, isGranted: z.boolean(), opinion: Words }),
  merge: z.strictObject({ ...onCase, ids: z.array(Code).min(1).max(50), reason: Words }),
  unmerge: z.strictObject({ ...onCase, mergedId: Code, reason: Words }),
} as const;
export type ActName = keyof typeof actInputs;

const onRecord = ['journal_full', 'journal_read_only', 'busy'] as const;

function act<const Input extends z.ZodType>(about: string, input: Input, example: unknown) {
  const errors = [
    ...refusalCodes,
    ...onRecord,
    'attachment_missing',
    'attachment_damaged',
    'attachment_disk_full',
  ] as const;
  return method({ input, output: Receipt, errors, needs: 'case.act', about, example });
}

const id = '20261124000001';

/** The acts as methods of the contract, `case.` and the name of the action. */
export const actMethods = {
  'case.report': act('上报: records a report as a new case', ReportCase, {
    classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '0101', name: '上水井盖' },
    lon: 116.65,
    lat: 40.13,
    description: '井盖破损',
  }),
  'case.receive': act('接收工单: records a ticket of the 12345 hotline', ReceiveTicket, {
    ticketNumber: 'BJ-2026-0001',
    classRef: { code: '公共服务/供水/管道破损', name: '供水管道破损' },
    timeClass: 'livelihood',
    unit: '110113106',
    description: '施工挖断自来水管',
  }),
  'case.request_verify': act('核实: sends a collector to see whether a report is true', actInputs.request_verify, {
    id,
    collectorId: 'collector-1',
  }),
  'case.verify': act('核实反馈: what the collector saw before filing', actInputs.verify, { id, result: 'exists' }),
  'case.register': act('立案: files a case', actInputs.register, { id, condition: '属实，符合立案条件' }),
  'case.reject': act('不立案: ends a report that does not meet the conditions', actInputs.reject, {
    id,
    reason: '不符合立案条件',
  }),
  'case.void': act('作废: ends a case that should not exist', actInputs.void, { id, reason: '重复上报' }),
  'case.dispatch': act('派遣: sends a case to a unit, with orders to others if it takes several', actInputs.dispatch, {
    id,
    unit: '110113001',
    mode: 'frontline',
  }),
  'case.sub_dispatch': act('下派: the holding unit sends a case further down', actInputs.sub_dispatch, {
    id,
    unit: '110113001001',
  }),
  'case.assign': act('一键派单: sends a ticket and all its orders at once', actInputs.assign, {
    id,
    unit: '110113001',
    personId: null,
  }),
  'case.recall': act('撤回: takes a dispatch back while the window is open', actInputs.recall, { id }),
  'case.return': act('回退: back one step, with a coded reason', actInputs.return, {
    id,
    reasonCode: 'R03',
    reason: '不属于本单位职责',
  }),
  'case.accept': act('接单: the unit takes the case and names who handles it', actInputs.accept, {
    id,
    handlerId: 'handler-1',
  }),
  'case.handle': act('处置完成: what was done', actInputs.handle, { id, result: '已更换井盖' }),
  'case.feed_back': act('反馈: the unit reports back to the desk', actInputs.feed_back, { id }),
  'case.rework': act('返工: sends a case back to the unit that handled it', actInputs.rework, {
    id,
    reason: '未恢复原状',
  }),
  'case.request_check': act('核查: asks a collector to look', actInputs.request_check, {
    id,
    collectorId: 'collector-1',
  }),
  'case.check': act('核查反馈: what the collector saw', actInputs.check, { id, result: 'passed' }),
  'case.close': act('结案: closes a case', actInputs.close, { id, condition: '核查通过' }),
  'case.fail_close': act('结案不通过: back to the dispatcher for the same unit', actInputs.fail_close, {
    id,
    reason: '未达到结案条件',
  }),
  'case.force_close': act('强制结案: ends a case whatever its state', actInputs.force_close, {
    id,
    reason: '上级要求',
  }),
  'case.escalate': act('提级: raises a case to a higher unit, null is the district desk', actInputs.escalate, {
    id,
    reason: '涉及多个单位',
    isHardCase: true,
  }),
  'case.hand_over': act('接续: hands a case over to the next unit of its relay', actInputs.hand_over, {
    id,
    words: '已止水，请修复路面',
  }),
  'case.sign': act('签收: the township takes a ticket', actInputs.sign, { id }),
  'case.request_return': act('退单申请: asks the district to take a ticket back', actInputs.request_return, {
    id,
    reasonCode: 'T02',
    reason: '不属于本镇',
  }),
  'case.review_return': act(
    '退单审核: sends a ticket to another township, or refuses (unit null)',
    actInputs.review_return,
    { id, unit: null, opinion: '属于贵镇' },
  ),
  'case.contact': act('首响: the first call to the citizen', actInputs.contact, { id, result: '已告知处理安排' }),
  'case.start_work': act('开始办理: work on a ticket begins', actInputs.start_work, { id }),
  'case.whistle': act('吹哨: calls other units to the place', actInputs.whistle, {
    id,
    orders: [{ unit: '110113002' }],
    reason: '需要供水单位到场',
  }),
  'case.reply': act('反馈: the answer to the citizen', actInputs.reply, { id, reply: '管道已修复，恢复供水' }),
  'case.begin_call_back': act('回访: the city calls the citizen back', actInputs.begin_call_back, { id }),
  'case.conclude': act('办结: what the citizen said', actInputs.conclude, {
    id,
    solved: 'solved',
    satisfied: 'satisfied',
  }),
  'case.redo': act('未解决再办: a further round', actInputs.redo, { id, reason: '来电人反映未解决' }),
  'case.start_endorsement': act('逐级批示: starts a chain of endorsements', actInputs.start_endorsement, {
    id,
    steps: [{ post: '主管领导', limitMinutes: 30 }],
  }),
  'case.endorse': act('批示: endorses the current step, or sends the chain back', actInputs.endorse, {
    id,
    decision: 'agree',
    opinion: '同意，请抓紧办理',
  }),
  'case.delegate_endorsement': act('转批: passes the current step to another person', actInputs.delegate_endorsement, {
    id,
    personId: 'leader-2',
    reason: '外出',
  }),
  'case.skip_endorsement': act('跳过批示: skips the current step, with a reason', actInputs.skip_endorsement, {
    id,
    reason: '无法联系',
  }),
  'case.accept_order': act('协办接单: a unit takes its order', actInputs.accept_order, {
    id,
    orderId: '20261124000001-1',
  }),
  'case.arrive': act('报到: the called unit has come', actInputs.arrive, { id, orderId: '20261124000001-1' }),
  'case.answer_order': act('协办反馈: a unit answers its order', actInputs.answer_order, {
    id,
    orderId: '20261124000001-1',
    words: '已配合处置',
  }),
  'case.waive_order': act('免办: an order is not needed any more', actInputs.waive_order, {
    id,
    orderId: '20261124000001-1',
    reason: '已由主办单位处置',
  }),
  'case.request_extension': act('延期申请: asks for a longer deadline', actInputs.request_extension, {
    id,
    reason: '等待配件',
  }),
  'case.pass_extension': act("延期申请报送: the unit passes a handler's request on", actInputs.pass_extension, { id }),
  'case.decide_extension': act('延期审批: grants or refuses it', actInputs.decide_extension, {
    id,
    isGranted: true,
    opinion: '同意',
  }),
  'case.request_suspension': act('挂账申请: asks to pause a case until a day', actInputs.request_suspension, {
    id,
    until: 1796054400000,
    reason: '待汛期结束',
  }),
  'case.decide_suspension': act('挂账审批: grants or refuses it', actInputs.decide_suspension, {
    id,
    isGranted: true,
    opinion: '同意',
  }),
  'case.resume': act('恢复: ends a pause', actInputs.resume, { id }),
  'case.supervise': act('督办: presses a case, and may ask for an answer', actInputs.supervise, {
    id,
    kind: 'timeout',
    level: 2,
    party: 'P1',
    reason: '已超时限',
  }),
  'case.answer_supervision': act('督办回复: answers it', actInputs.answer_supervision, {
    id,
    supervisionId: '20261124000001-D1',
    words: '今日完成',
  }),
  'case.urge': act('催办: a reminder without further effect', actInputs.urge, { id, words: '请尽快处置' }),
  'case.appeal': act('申诉: asks to leave an overdue case, or a ticket, out of the scores', actInputs.appeal, {
    id,
    kind: 'overdue',
    reason: '等待产权单位',
  }),
  'case.review_appeal': act('申诉审核: one of the reviewers decides', actInputs.review_appeal, {
    id,
    isGranted: true,
    opinion: '情况属实',
  }),
  'case.merge': act('并案: other reports of one cause become part of this case', actInputs.merge, {
    id,
    ids: ['20261124000002'],
    reason: '同一处井盖',
  }),
  'case.unmerge': act('拆案: a merged report becomes a case of its own again', actInputs.unmerge, {
    id,
    mergedId: '20261124000002',
    reason: '并错',
  }),
} as const;
