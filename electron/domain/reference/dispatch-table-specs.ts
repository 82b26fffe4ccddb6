import { limitUnits } from '#domain/sla/limit.ts';
import { choice, code, codes, decimal, flag, hours, integer, optional, text } from './columns.ts';
import {
  posts,
  reasonActions,
  unitKinds,
  type BlackoutRow,
  type DutyRow,
  type EndorsementRow,
  type PersonRow,
  type ReasonRow,
  type SupervisingPartyRow,
  type UnitRow,
} from './rows.ts';
import { datedColumns, type TableSpec } from './table-spec.ts';

/** A unit's code, or a role word that `DutyUnits` understands. */
const unitOrRole = /^(@township|@community|@grid|@desk|@office:[\p{L}\d]{1,30}|[\p{L}\d._-]{1,80})$/u;

/** Digits with some of them masked: a full number never enters a table. */
const maskedPhone = /^(?=.*\*{2})[\d*+ -]{5,20}$/;

export const unitsSpec: TableSpec<UnitRow> = {
  name: 'units',
  label: { zh: '单位', en: 'Units' },
  key: ['code'],
  mayLack: [],
  columns: {
    code: code('code', { zh: '单位编码', en: 'Code' }),
    name: text('name', { zh: '名称', en: 'Name' }, { max: 100 }),
    kind: choice('kind', { zh: '类型', en: 'Kind' }, unitKinds),
    parent: optional(code('parent', { zh: '上级单位', en: 'Parent' }), null),
    role: optional(code('role', { zh: '职能', en: 'Role' }), null),
    statTownship: optional(code('stat_township', { zh: '统计所属镇街', en: 'Statistical township' }), null),
    managingTownship: optional(code('managing_township', { zh: '管理镇街', en: 'Managing township' }), null),
    ...{ from: datedColumns.from, to: datedColumns.to },
    successor: optional(code('successor', { zh: '承接单位', en: 'Successor' }), null),
    ...{ isPlaceholder: datedColumns.isPlaceholder, source: datedColumns.source },
  },
};

export const peopleSpec: TableSpec<PersonRow> = {
  name: 'people',
  label: { zh: '人员', en: 'People' },
  key: ['id'],
  mayLack: [],
  columns: {
    id: code('id', { zh: '人员编号', en: 'Id' }),
    display: text('display', { zh: '显示名', en: 'Shown as' }, { max: 60 }),
    unit: code('unit', { zh: '单位', en: 'Unit' }),
    post: choice('post', { zh: '岗位', en: 'Post' }, posts),
    grid: optional(code('grid', { zh: '网格', en: 'Grid' }), null),
    phone: optional(code('phone', { zh: '电话（脱敏）', en: 'Phone (masked)' }, maskedPhone), null),
    isPostFixed: flag('post_fixed', { zh: '定岗', en: 'Post fixed' }),
    isPersonFixed: flag('person_fixed', { zh: '定员', en: 'Person fixed' }),
    isAreaFixed: flag('area_fixed', { zh: '定位', en: 'Area fixed' }),
    isStandardFixed: flag('standard_fixed', { zh: '定标', en: 'Standard fixed' }),
    isDutyFixed: flag('duty_fixed', { zh: '定责', en: 'Duty fixed' }),
    ...datedColumns,
  },
};

export const dutiesSpec: TableSpec<DutyRow> = {
  name: 'duties',
  label: { zh: '权责清单', en: 'Responsibilities' },
  key: ['kind', 'code', 'area', 'hours'],
  mayLack: [],
  columns: {
    kind: optional(choice('kind', { zh: '类别', en: 'Kind' }, ['component', 'matter', 'ticket']), null),
    code: optional(code('code', { zh: '小类代码（前缀）', en: 'Class code or its beginning' }), ''),
    area: optional(code('area', { zh: '地域', en: 'Area' }), null),
    hours: hours('hours', { zh: '时段', en: 'Hours' }),
    lead: code('lead', { zh: '主责单位', en: 'Lead unit' }, unitOrRole),
    co: codes('co', { zh: '协办单位', en: 'Co-units' }, unitOrRole),
    personPost: optional(choice('person_post', { zh: '责任岗位', en: 'Post' }, posts), null),
    limitValue: optional(decimal('limit_value', { zh: '时限值', en: 'Limit' }, 0, 100_000), null),
    limitUnit: optional(choice('limit_unit', { zh: '时限单位', en: 'Unit of the limit' }, limitUnits), null),
    fileCondition: optional(text('file_condition', { zh: '立案条件', en: 'Condition to register' }), ''),
    closeCondition: optional(text('close_condition', { zh: '结案条件', en: 'Condition to close' }), ''),
    isDelegated: flag('delegated', { zh: '下放', en: 'Delegated' }),
    isAutomatic: flag('auto', { zh: '自动派遣', en: 'Automatic dispatch' }),
    ...datedColumns,
  },
  checkRow: ({ limitValue, limitUnit }) =>
    (limitValue === null) === (limitUnit === null)
      ? []
      : [{ column: limitValue === null ? 'limitValue' : 'limitUnit', code: 'incomplete', detail: {} }],
};

export const returnReasonsSpec: TableSpec<ReasonRow> = {
  name: 'return-reasons',
  label: { zh: '原因', en: 'Reasons' },
  key: ['code'],
  mayLack: [],
  columns: {
    code: code('code', { zh: '代码', en: 'Code' }),
    action: choice('action', { zh: '用于', en: 'For' }, reasonActions),
    zh: text('zh', { zh: '中文', en: 'Chinese' }, { max: 60 }),
    en: text('en', { zh: '英文', en: 'English' }, { max: 60 }),
    countsAgainstDispatcher: flag('counts_against_dispatcher', {
      zh: '计入派遣不准',
      en: 'Counts against the dispatcher',
    }),
    ...datedColumns,
  },
};

export const supervisingPartiesSpec: TableSpec<SupervisingPartyRow> = {
  name: 'supervising-parties',
  label: { zh: '五方督', en: 'Supervising parties' },
  key: ['code'],
  mayLack: [],
  columns: {
    code: code('code', { zh: '代码', en: 'Code' }),
    zh: text('zh', { zh: '中文', en: 'Chinese' }, { max: 60 }),
    en: text('en', { zh: '英文', en: 'English' }, { max: 60 }),
    unit: optional(code('unit', { zh: '单位', en: 'Unit' }), null),
    ...datedColumns,
  },
};

export const endorsementChainsSpec: TableSpec<EndorsementRow> = {
  name: 'endorsement-chains',
  label: { zh: '逐级批示', en: 'Endorsement chains' },
  key: ['township', 'timeClass', 'step'],
  mayLack: [],
  columns: {
    township: optional(code('township', { zh: '镇街', en: 'Township' }), null),
    timeClass: optional(code('time_class', { zh: '时段', en: 'Time class' }), null),
    step: integer('step', { zh: '步骤', en: 'Step' }, 1, 20),
    post: choice('post', { zh: '岗位', en: 'Post' }, posts),
    deadlineMinutes: integer('deadline_minutes', { zh: '限时（分钟）', en: 'Within (minutes)' }, 1, 100_000),
    mayDispatchFirst: flag('may_dispatch_first', { zh: '可先派后批', en: 'May dispatch first' }),
    ...datedColumns,
  },
};

export const blackoutsSpec: TableSpec<BlackoutRow> = {
  name: 'blackouts',
  mayBeEmpty: true,
  label: { zh: '管控区域与时段', en: 'Blackouts' },
  key: ['id'],
  mayLack: [],
  columns: {
    id: code('id', { zh: '编号', en: 'Number' }),
    kind: optional(choice('kind', { zh: '类别', en: 'Kind' }, ['component', 'matter']), null),
    code: optional(code('code', { zh: '小类代码（前缀）', en: 'Class code or its beginning' }), ''),
    area: optional(code('area', { zh: '地域', en: 'Area' }), null),
    hours: hours('hours', { zh: '时段', en: 'Hours' }),
    message: text('message', { zh: '提示', en: 'Message' }, { max: 200 }),
    approvedBy: text('approved_by', { zh: '批准', en: 'Approved by' }, { max: 60 }),
    ...datedColumns,
  },
};
