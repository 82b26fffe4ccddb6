import { alarmConditions, alarmOwners, type AlarmPriority, type AlarmTypeRow } from '#domain/alarms/alarm-type.ts';
import { choice, code, codes, decimal, flag, integer, text, type Column } from './columns.ts';
import { datedColumns, type TableSpec } from './table-spec.ts';

const words = (id: string, zh: string, en: string, max: number) => text(id, { zh, en }, { max });

/** Types of alarms 告警 (A1). An alarm without an action is none: no cell but those of the days may be empty. */
export const alarmTypesSpec: TableSpec<AlarmTypeRow> = {
  name: 'alarm-types',
  label: { zh: '告警类型', en: 'Alarm types' },
  key: ['id'],
  mayLack: [],
  columns: {
    id: code('id', { zh: '编号', en: 'Id' }),
    condition: choice('condition', { zh: '条件', en: 'Condition' }, alarmConditions),
    threshold: decimal('threshold', { zh: '阈值', en: 'Threshold' }, 0, 1_000_000),
    deadBand: decimal('dead_band', { zh: '回差', en: 'Dead band' }, 0, 1_000_000),
    offDelaySeconds: integer('off_delay_seconds', { zh: '解除延时（秒）', en: 'Off-delay (s)' }, 0, 3_600),
    priority: integer('priority', { zh: '级别', en: 'Priority' }, 1, 3) as Column<AlarmPriority>,
    zh: words('zh', '中文', 'Chinese', 30),
    en: words('en', '英文', 'English', 60),
    causeZh: words('cause_zh', '原因', 'Cause (zh)', 120),
    causeEn: words('cause_en', '原因（英文）', 'Cause', 200),
    consequenceZh: words('consequence_zh', '后果', 'Consequence (zh)', 120),
    consequenceEn: words('consequence_en', '后果（英文）', 'Consequence', 200),
    actionZh: words('action_zh', '现在做', 'What to do (zh)', 120),
    actionEn: words('action_en', '现在做（英文）', 'What to do', 200),
    allowedMinutes: integer('allowed_minutes', { zh: '限时（分钟）', en: 'Within (minutes)' }, 1, 10_080),
    owner: choice('owner', { zh: '责任岗位', en: 'Owner' }, alarmOwners),
    isShelvable: flag('shelvable', { zh: '可搁置', en: 'May be shelved' }),
    classes: codes('classes', { zh: '小类', en: 'Classes' }),
    ...datedColumns,
  },
  checkRow: ({ priority, isShelvable, classes }) => [
    // Level Ⅰ can't be shelved (A3).
    ...(priority === 1 && isShelvable ? [{ column: 'isShelvable', code: 'not_allowed', detail: {} } as const] : []),
    ...(classes.length === 0 ? [{ column: 'classes', code: 'incomplete', detail: {} } as const] : []),
  ],
};
