import { ClassTable } from '#domain/coding/class-table.ts';
import { AreaIndex } from '#domain/grid/district.ts';
import { checkReferences } from '#domain/reference/check-references.ts';
import { makeReferenceTables } from '#domain/reference/make-reference-tables.ts';
import { columnsOf, parseTable, type TableCells } from '#domain/reference/parse-table.ts';
import { policyKinds, type PolicyKind } from '#domain/reference/policies.ts';
import { problemText, type Problem } from '#domain/reference/problem.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { specOf, type TableSet } from '#domain/reference/table-specs.ts';
import { tableNames, type TableName } from '#domain/reference/table-names.ts';
import { aDistrict } from './district.ts';

/** Cells of a row by column id; columns left out are empty, `placeholder` is false and `source` says test. */
export type RowGiven = Readonly<Record<string, string | number | boolean>>;

/** Rows by table; a table that is left out has those of {@link someRows}. */
export type TablesGiven = { readonly [Name in TableName]?: readonly RowGiven[] };

const limit = { record: 'case', default: true, unit: 'minute' } as const;
const policyValues: Readonly<Record<string, string>> = {
  ...{ recall_window: '60', due_soon_share: '0.2' },
  ...{ shift_sign_on: 'true', pin_tries: '5', pin_block: '15' },
  foresight_false_share: '0.05',
};

/**
 * Small tables over the district of `aDistrict`: the general limits of all clocks (register and dispatch 15, verify and
 * check 30 minutes, handle 3 work days), the townships 91 and 92, a department D1, and 属地兜底. Rows start at row 2.
 */
export const someRows: Readonly<Record<TableName, readonly RowGiven[]>> = {
  'classes-local': [
    {
      ...{
        standard: 'LOCAL-9',
        kind: 'matter',
        big_code: '10',
        big_name: '其他',
        code5: '10901',
        name: '供水管道破裂',
      },
      ...{ is_local_extension: true, is_urgent: true },
    },
  ],
  limits: [
    { ...limit, clock: 'register', value: 15 },
    { ...limit, clock: 'dispatch', value: 15 },
    { ...limit, clock: 'verify', value: 30 },
    { ...limit, clock: 'check', value: 30 },
    { ...limit, clock: 'handle', value: 3, unit: 'work_day' },
    { ...limit, record: 'ticket', clock: 'contact', value: 24, unit: 'urgent_hour' },
    { ...limit, record: 'ticket', clock: 'ticket_dispatch', value: 24, unit: 'urgent_hour' },
    { ...limit, record: 'ticket', clock: 'ticket_handle', value: 7, unit: 'natural_day' },
  ],
  'time-classes': [{ code: 'emergency', zh: '突发紧急', en: 'Emergency', order: 1, is_urgent: true }],
  'ticket-classes': [{ code: '02', name: '公共服务', time_class: 'emergency' }],
  units: [
    { code: '9', name: '测试区指挥中心', kind: 'district_desk' },
    { code: '91', name: '东镇', kind: 'township', parent: '9' },
    { code: '92', name: '西镇', kind: 'township', parent: '9' },
    { code: 'D1', name: '园林部门', kind: 'department', parent: '9', role: '园林' },
  ],
  people: [aPersonRow({ id: 'P1', unit: '91', post: 'leader' })],
  duties: [{ hours: 'all', lead: '@township', delegated: false, auto: false }],
  blackouts: [],
  'alarm-types': [anAlarmTypeRow({ id: 'overdue', condition: 'overdue', priority: 2, dead_band: 10 })],
  'return-reasons': [
    { code: 'R01', action: 'return', zh: '职责不符', en: 'Not our duty', counts_against_dispatcher: true },
  ],
  'callback-answers': [{ question: 'solved', code: 'solved', zh: '解决', en: 'Solved', counts: 1, valid: true }],
  'supervising-parties': [{ code: 'S1', zh: '督办方一', en: 'Party 1' }],
  'endorsement-chains': [{ step: 1, post: 'desk_lead', deadline_minutes: 30, may_dispatch_first: false }],
  policies: Object.entries<PolicyKind>(policyKinds).map(([key, kind]) => ({
    key,
    value:
      policyValues[key] ?? (kind.type === 'flag' ? 'false' : kind.type === 'choice' ? (kind.choices[0] ?? '') : '2'),
    unit: kind.type === 'number' ? kind.unit : '',
  })),
  scoring: [
    { scheme: 'S1', part: 'weight', id: 'response_rate', value: 0.3 },
    { scheme: 'S1', part: 'weight', id: 'resolution_rate', value: 0.35 },
    { scheme: 'S1', part: 'weight', id: 'satisfaction_rate', value: 0.35 },
  ],
  calendar: [{ date: '2026-10-01', kind: 'holiday', name: '国庆节' }],
  'work-hours': [{ periods: '08:00-12:00 14:00-18:00' }],
};

/** A row of the table of alarm types with every cell filled. */
export function anAlarmTypeRow(given: RowGiven): RowGiven {
  const words = ['zh', 'en', 'cause_zh', 'cause_en', 'consequence_zh', 'consequence_en', 'action_zh', 'action_en'];
  return {
    ...Object.fromEntries(words.map((word) => [word, word])),
    ...{ threshold: 0, dead_band: 0, off_delay_seconds: 0, allowed_minutes: 10, owner: 'DISPATCHER' },
    ...{ shelvable: given['priority'] !== 1, classes: 'all' },
    ...given,
  };
}

/** A row of the table of people, all five fixes fixed. */
export function aPersonRow(given: RowGiven): RowGiven {
  const fixes = ['post_fixed', 'person_fixed', 'area_fixed', 'standard_fixed', 'duty_fixed'];
  return { display: '演示某甲', ...Object.fromEntries(fixes.map((fix) => [fix, true])), ...given };
}

/** Rows as the cells of a file. */
export function cellsOfRows(name: TableName, rows: readonly RowGiven[]): TableCells {
  const ids = columnsOf(specOf(name)).map(({ id }) => id);
  const absent: RowGiven = { placeholder: false, source: 'test' };
  return {
    head: ids,
    rows: rows.map((row, index) => ({
      number: index + 2,
      cells: ids.map((id) => String(row[id] ?? absent[id] ?? '')),
    })),
  };
}

/** The tables, parsed, and what is wrong with them: each by itself, then among each other. */
export function checkTables(given: TablesGiven): { readonly tables: TableSet; readonly problems: readonly Problem[] } {
  const parsed = tableNames.map((name) => {
    return { name, ...parseTable(specOf(name), cellsOfRows(name, given[name] ?? someRows[name])) };
  });
  const tables = Object.fromEntries(parsed.map(({ name, rows }) => [name, rows])) as unknown as TableSet;
  const areas = new AreaIndex(aDistrict());
  const around = { classes: someClasses(), isArea: (code: string) => areas.area(code) !== undefined };
  return { tables, problems: [...parsed.flatMap(({ problems }) => problems), ...checkReferences(tables, around)] };
}

/** Tables in force for rules under test; versions are `test`. @throws Error for rows with a fault */
export function someTables(given: TablesGiven = {}): ReferenceTables {
  const { tables, problems } = checkTables(given);
  const fault = problems.find(({ code }) => code !== 'reference_not_in_force');
  if (fault !== undefined) throw new Error(problemText(fault));
  const versions = Object.fromEntries(tableNames.map((name) => [name, 'test'])) as Record<TableName, string>;
  return makeReferenceTables({ tables, versions, classes: someClasses(), areas: new AreaIndex(aDistrict()) });
}

/** Three classes: 供水井盖 and its 异常 share a code. */
export function someClasses(): ClassTable {
  const cover = { code: '01001', groupCode: '01', groupName: '市政公用设施' };
  return new ClassTable('GB/T 47678.5-2026', 'test-classes', [
    { ...cover, kind: 'component', name: '供水井盖' },
    { ...cover, kind: 'matter', name: '供水井盖异常' },
    { kind: 'matter', code: '06042', name: '垃圾站（箱）满溢', groupCode: '06', groupName: '市容环境类' },
  ]);
}
