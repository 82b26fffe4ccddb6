import { importFields, type ImportField, type ImportMapping } from '#contract/imports.ts';

/** Head names that are known to mean a field, compared without case, spaces, dots, dashes and underscores. */
const known: Readonly<Record<ImportField, readonly string[]>> = {
  externalId: [
    'caseid',
    'id',
    'servicerequestid',
    'requestid',
    'ticketid',
    '案件编号',
    '工单编号',
    '工单号',
    '任务号',
    '编号',
    '受理编号',
  ],
  reportedAt: [
    'opened',
    'openeddate',
    'createdat',
    'createddate',
    'reportedat',
    'date',
    '上报时间',
    '创建时间',
    '受理时间',
    '来电时间',
    '登记时间',
    '时间',
  ],
  closedAt: ['closed', 'closeddate', 'closedat', '结案时间', '办结时间', '完成时间', '关闭时间'],
  state: ['status', 'state', '状态', '案件状态', '办理状态', '工单状态'],
  class: ['category', 'class', 'type', '案件类别', '问题类别', '小类', '小类名称', '类别', '问题分类', '事件类型'],
  text: [
    'description',
    'requestdetails',
    'details',
    'text',
    'content',
    '问题描述',
    '案件描述',
    '描述',
    '内容',
    '工单内容',
    '诉求内容',
  ],
  address: ['address', 'location', '地址', '位置描述', '发生地址', '事发地点', '位置'],
  lon: ['lon', 'long', 'lng', 'longitude', 'x', '经度'],
  lat: ['lat', 'latitude', 'y', '纬度'],
  source: ['source', 'channel', '来源', '问题来源', '案件来源', '渠道'],
};

/** A mapping by the names of the head row; null where the outside number or the time of the report has no column. */
export function guessMapping(columns: readonly string[]): ImportMapping | null {
  const free = new Map(columns.map((column) => [plain(column), column]));
  const found: Partial<Record<ImportField, string>> = {};
  for (const field of importFields) {
    const name = known[field].find((candidate) => free.has(candidate));
    if (name === undefined) continue;
    const column = free.get(name);
    if (column !== undefined) found[field] = column;
    free.delete(name);
  }
  if (found.externalId === undefined || found.reportedAt === undefined) return null;
  return { columns: found, timeZone: 'Asia/Shanghai', missing: ['', 'NA', 'N/A', 'NULL', 'null', '无'] };
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s._\-()（）]/g, '');
}
