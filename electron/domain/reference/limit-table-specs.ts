import { DayHours, type WorkPeriod } from '#domain/sla/day-hours.ts';
import { limitUnits } from '#domain/sla/limit.ts';
import { choice, code, codes, day, decimal, flag, integer, optional, text } from './columns.ts';
import { isPolicyKey, policyFault, policyKinds } from './policies.ts';
import {
  handleModes,
  limitClocks,
  type CalendarRow,
  type CallbackAnswerRow,
  type LimitRow,
  type LocalClassRow,
  type PolicyRow,
  type TicketClassRow,
  type TimeClassRow,
  type WorkHoursRow,
} from './rows.ts';
import { datedColumns, type TableSpec } from './table-spec.ts';

const words = { zh: '中文', en: 'Chinese' } as const;
const wordsInEnglish = { zh: '英文', en: 'English' } as const;

export const localClassesSpec: TableSpec<LocalClassRow> = {
  name: 'classes-local',
  label: { zh: '本地扩展小类', en: 'Local classes' },
  key: ['standard', 'kind', 'code'],
  mayLack: [],
  columns: {
    standard: text('standard', { zh: '标准', en: 'Standard' }, { max: 60 }),
    kind: choice('kind', { zh: '类别', en: 'Kind' }, ['component', 'matter']),
    groupCode: code('big_code', { zh: '大类代码', en: 'Group code' }, /^\d{2}$/),
    groupName: text('big_name', { zh: '大类', en: 'Group' }, { max: 60 }),
    code: code('code5', { zh: '小类代码', en: 'Class code' }, /^\d{2}9\d{2}$/),
    name: text('name', { zh: '名称', en: 'Name' }, { max: 60 }),
    isLocalExtension: flag('is_local_extension', { zh: '本地扩展', en: 'Local extension' }),
    isUrgent: flag('is_urgent', { zh: '突发紧急', en: 'Urgent' }),
    ...datedColumns,
  },
  checkRow: (row) =>
    row.code.startsWith(row.groupCode)
      ? []
      : [{ column: 'code', code: 'not_allowed', detail: { allowed: `${row.groupCode}9xx` } }],
};

export const limitsSpec: TableSpec<LimitRow> = {
  name: 'limits',
  label: { zh: '时限', en: 'Time limits' },
  key: ['record', 'clock', 'timeClass', 'standard', 'kind', 'code', 'condition'],
  mayLack: [],
  columns: {
    record: choice('record', { zh: '对象', en: 'Record' }, ['case', 'ticket']),
    clock: choice('clock', { zh: '时钟', en: 'Clock' }, limitClocks),
    timeClass: optional(code('time_class', { zh: '时段', en: 'Time class' }), null),
    standard: optional(text('standard', { zh: '标准', en: 'Standard' }, { max: 60 }), null),
    kind: optional(choice('kind', { zh: '类别', en: 'Kind' }, ['component', 'matter']), null),
    code: optional(code('code', { zh: '小类代码（前缀）', en: 'Class code or its beginning' }), ''),
    condition: optional(text('condition', { zh: '立案条件', en: 'Condition' }, { max: 200 }), ''),
    isDefault: flag('default', { zh: '默认条件', en: 'Default condition' }),
    closeCondition: optional(text('close_condition', { zh: '结案条件', en: 'Close when' }, { max: 200 }), ''),
    value: decimal('value', { zh: '时限值', en: 'Limit' }, 0, 100_000),
    unit: choice('unit', { zh: '单位', en: 'Unit' }, limitUnits),
    ...datedColumns,
  },
};

export const timeClassesSpec: TableSpec<TimeClassRow> = {
  name: 'time-classes',
  label: { zh: '四时段', en: 'Time classes' },
  key: ['code'],
  mayLack: [],
  columns: {
    code: code('code', { zh: '代码', en: 'Code' }),
    zh: text('zh', words, { max: 60 }),
    en: text('en', wordsInEnglish, { max: 60 }),
    order: integer('order', { zh: '次序', en: 'Order' }, 1, 99),
    isUrgent: flag('is_urgent', { zh: '突发紧急', en: 'Urgent' }),
    ...datedColumns,
  },
};

export const ticketClassesSpec: TableSpec<TicketClassRow> = {
  name: 'ticket-classes',
  label: { zh: '诉求类别', en: 'Ticket classes' },
  key: ['code'],
  mayLack: [],
  columns: {
    code: code('code', { zh: '代码', en: 'Code' }, /^(\d{2}){1,3}$/),
    name: text('name', { zh: '名称', en: 'Name' }, { max: 60 }),
    timeClass: optional(code('time_class', { zh: '默认时段', en: 'Time class' }), null),
    handleMode: optional(choice('handle_mode', { zh: '办件方式', en: 'Handling' }, handleModes), null),
    keywords: codes('keywords', { zh: '关键词', en: 'Keywords' }, /^[^\s;；]{1,40}$/u),
    ...datedColumns,
  },
};

export const callbackAnswersSpec: TableSpec<CallbackAnswerRow> = {
  name: 'callback-answers',
  label: { zh: '回访答案', en: 'Call-back answers' },
  key: ['question', 'code'],
  mayLack: [],
  columns: {
    question: choice('question', { zh: '问题', en: 'Question' }, ['solved', 'satisfied']),
    code: code('code', { zh: '代码', en: 'Code' }),
    zh: text('zh', words, { max: 60 }),
    en: text('en', wordsInEnglish, { max: 60 }),
    counts: decimal('counts', { zh: '计入分子', en: 'Counts as' }, 0, 1),
    isValid: flag('valid', { zh: '计入分母', en: 'Valid answer' }),
    ...datedColumns,
  },
};

export const policiesSpec: TableSpec<PolicyRow> = {
  name: 'policies',
  label: { zh: '参数', en: 'Policies' },
  key: ['key'],
  mayLack: [],
  columns: {
    key: choice('key', { zh: '参数', en: 'Policy' }, Object.keys(policyKinds)),
    value: text('value', { zh: '值', en: 'Value' }, { max: 60 }),
    unit: optional(code('unit', { zh: '单位', en: 'Unit' }), null),
    ...datedColumns,
  },
  checkRow: ({ key, value, unit }) => {
    if (!isPolicyKey(key)) return [];
    const kind = policyKinds[key];
    const fault = policyFault(key, value);
    if (fault !== null) return [{ column: 'value', code: fault, detail: allowedFor(key) }];
    const expected = kind.type === 'number' ? kind.unit : null;
    return unit === expected ? [] : [{ column: 'unit', code: 'not_allowed', detail: { allowed: expected ?? '' } }];
  },
};

export const calendarSpec: TableSpec<CalendarRow> = {
  name: 'calendar',
  label: { zh: '节假日', en: 'Holidays' },
  key: ['date'],
  mayLack: ['from', 'to', 'isPlaceholder'],
  columns: {
    date: day('date', { zh: '日期', en: 'Date' }),
    kind: choice('kind', { zh: '类型', en: 'Kind' }, ['holiday', 'workday']),
    name: text('name', { zh: '节日', en: 'Holiday' }, { max: 60 }),
    ...datedColumns,
  },
};

export const workHoursSpec: TableSpec<WorkHoursRow> = {
  name: 'work-hours',
  label: { zh: '工作时间', en: 'Working hours' },
  key: [],
  mayLack: [],
  columns: {
    from: datedColumns.from,
    to: datedColumns.to,
    periods: text('periods', { zh: '时段', en: 'Periods' }, { max: 100 }),
    isPlaceholder: datedColumns.isPlaceholder,
    source: datedColumns.source,
  },
  checkRow: (row) =>
    workPeriods(row.periods) === null ? [{ column: 'periods', code: 'not_allowed', detail: periodsForm }] : [],
};

const periodsForm = { allowed: '08:00-12:00 14:00-18:00' } as const;

/** Reads `08:00-12:00 14:00-18:00` (`;` also parts them); null for anything that is not periods of one day in order. */
export function workPeriods(written: string): readonly WorkPeriod[] | null {
  const periods: WorkPeriod[] = [];
  for (const part of written.split(/[\s;；,，]+/).filter((piece) => piece !== '')) {
    const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(part);
    if (match === null) return null;
    const [, fromHour, fromMinute, toHour, toMinute] = match.map(Number);
    periods.push({
      startMinute: (fromHour ?? 0) * 60 + (fromMinute ?? 0),
      endMinute: (toHour ?? 0) * 60 + (toMinute ?? 0),
    });
  }
  try {
    return new DayHours(periods).totalMs > 0 ? periods : null;
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

function allowedFor(key: keyof typeof policyKinds): Readonly<Record<string, string>> {
  const kind = policyKinds[key];
  if (kind.type === 'flag') return { allowed: 'true false' };
  if (kind.type === 'choice') return { allowed: kind.choices.join(' ') };
  return { min: String(kind.min), max: String(kind.max) };
}
