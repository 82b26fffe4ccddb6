import { ClassTable, type ClassRow } from '#domain/coding/class-table.ts';
import { AreaIndex } from '#domain/grid/district.ts';
import { makeReferenceTables } from '#domain/reference/make-reference-tables.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { tableNames, type TableName } from '#domain/reference/table-names.ts';
import { buildCity, type SimulatedCity } from '#domain/simulation/city.ts';
import { ClassMix } from '#domain/simulation/class-mix.ts';
import type { ReportStreamOptions } from '#domain/simulation/report-stream.ts';
import { townshipsOf } from '#domain/simulation/roads.ts';
import { classGroups } from '#domain/simulation/simulated-classes.ts';
import { ticketClasses } from '#domain/simulation/simulated-tickets.ts';
import { morning } from './cases.ts';
import { aDistrict, gridAt } from './district.ts';
import { aPersonRow, checkTables, someRows, type RowGiven, type TablesGiven } from './tables.ts';

/** A simulated city on the small district. */
export function aCity(seed = 1): SimulatedCity {
  const line = [
    [116.1, 40.2],
    [117.9, 40.8],
  ] as const;
  return buildCity({ areas: new AreaIndex(aDistrict()), locate: gridAt }, [{ name: '东西路', line }], seed);
}

/** Codes of the groups 大类 that the simulated classes belong to, in their order. */
const groupCodes = ['09', '09', '06', '07', '08', '10', '01', '01'];

/** A class table of exactly the simulated classes. */
function simulatedClassTable(): ClassTable {
  const rows = classGroups.flatMap(({ classes }, group) =>
    classes.map(({ kind, name }, index): ClassRow => {
      const groupCode = groupCodes[group] ?? '99';
      const serial = String(group * 100 + index).padStart(3, '0');
      return { kind, code: groupCode + serial, name, groupCode, groupName: groupCode };
    }),
  );
  return new ClassTable('GB/T 47678.5-2026', 'test-classes', rows);
}

/** Rule tables for a simulated city: every table has rows, with the values of those that ship where these matter. */
export function cityTables(change: TablesGiven = {}): ReferenceTables {
  const { tables } = checkTables({ ...cityRows, ...change });
  const versions = Object.fromEntries(tableNames.map((name) => [name, 'test'])) as Record<TableName, string>;
  const areas = new AreaIndex(aDistrict());
  return makeReferenceTables({ tables, versions, classes: simulatedClassTable(), areas });
}

/** What a report stream of the small city needs beside seed, rate and beginning. */
export function aStream(
  seed = 1,
  tables = cityTables(),
): Pick<ReportStreamOptions, 'city' | 'classes' | 'townships' | 'seed'> {
  const day = dayOf(morning);
  const city = aCity(seed);
  return { city, classes: new ClassMix(tables, day), townships: townshipsOf(city, tables, day), seed };
}

function limit(record: 'case' | 'ticket', clock: string, value: number, unit: string, more: RowGiven = {}): RowGiven {
  return { record, clock, value, unit, default: true, ...more };
}

function reasons(action: string, ...codes: readonly string[]): readonly RowGiven[] {
  return codes.map((code) => ({ code, action, zh: code, en: code, counts_against_dispatcher: false }));
}

const timeClasses = ['emergency', 'livelihood', 'general', 'complex'] as const;
const timeClassByCode: Readonly<Record<string, string>> = {
  '02': 'livelihood',
  '020301': 'emergency',
  '020402': 'complex',
  '030301': 'complex',
};
const modeByCode: Readonly<Record<string, string>> = { '020101': 'joint', '020402': 'relay', '100101': 'frontline' };
const policyValues: Readonly<Record<string, string>> = {
  max_suspensions: '1',
  max_suspension_days: '365',
  ticket_return_window: '4',
  appeal_window: '7',
  ticket_appeal_window: '7',
  max_ticket_rounds: '3',
  urgent_dispatch_first: 'true',
  photo_at_report: 'true',
  photo_at_verify: 'true',
  photo_at_result: 'true',
  photo_at_check: 'true',
};

const cityRows: TablesGiven = {
  limits: [
    limit('case', 'register', 15, 'minute'),
    limit('case', 'dispatch', 15, 'minute'),
    limit('case', 'verify', 30, 'minute'),
    limit('case', 'check', 30, 'minute'),
    limit('case', 'handle', 3, 'work_day'),
    limit('case', 'handle', 2, 'urgent_hour', { code: '01', condition: '存在危险', close_condition: '恢复原状' }),
    limit('case', 'handle', 2, 'work_day', { code: '01', condition: '响动', default: false }),
    limit('case', 'handle', 4, 'work_hour', { code: '06' }),
    limit('ticket', 'contact', 1, 'urgent_hour'),
    ...['1', '2', '24', '24'].map((value, index) =>
      limit('ticket', 'ticket_dispatch', Number(value), 'urgent_hour', { time_class: timeClasses[index] ?? '' }),
    ),
    ...['2', '24', '168', '360'].map((value, index) =>
      limit('ticket', 'ticket_handle', Number(value), 'urgent_hour', { time_class: timeClasses[index] ?? '' }),
    ),
    limit('ticket', 'ticket_dispatch', 24, 'urgent_hour'),
    limit('ticket', 'ticket_handle', 7, 'natural_day'),
  ],
  'time-classes': timeClasses.map((code, index) => {
    return { code, zh: code, en: code, order: index + 1, is_urgent: code === 'emergency' };
  }),
  'ticket-classes': [...new Set(ticketClasses.flatMap(({ code }) => [code.slice(0, 2), code]))].map((code) => {
    const own = timeClassByCode[code] ?? (code.length === 2 ? 'general' : '');
    return { code, name: `诉求${code}`, time_class: own, handle_mode: modeByCode[code] ?? '' };
  }),
  units: [
    ...(someRows.units ?? []),
    { code: 'D2', name: '水务部门', kind: 'department', parent: '9', role: '水务' },
    { code: 'U1', name: '供水企业', kind: 'utility_company', parent: '9', role: '供水' },
    ...['91', '92'].flatMap((parent) => [
      { code: `${parent}-O1`, name: '综合执法队', kind: 'enforcement_team', parent, role: '执法' },
      { code: `${parent}-O2`, name: '环卫中心', kind: 'service_centre', parent, role: '环卫' },
    ]),
  ],
  people: ['91', '92'].flatMap((unit) => [
    aPersonRow({ id: `P${unit}1`, unit, post: 'leader' }),
    aPersonRow({ id: `P${unit}2`, unit, post: 'desk_lead' }),
    aPersonRow({ id: `P${unit}3`, unit, post: 'village_cadre', grid: `${unit}1` }),
    aPersonRow({ id: `P${unit}4`, unit: `${unit}-O1`, post: 'team_leader' }),
  ]),
  duties: [
    { hours: 'all', lead: '@township' },
    { code: '06', kind: 'matter', hours: 'all', lead: '@community', co: '@office:环卫' },
    { code: '09', kind: 'matter', hours: 'all', lead: '@office:执法', person_post: 'team_leader' },
    { code: '08', kind: 'matter', hours: 'all', lead: '@office:执法', co: 'D1 @community' },
    { code: '01', kind: 'component', hours: 'all', lead: 'D1', co: '@township' },
    { kind: 'ticket', hours: 'all', lead: '@township', co: '@community', person_post: 'village_cadre' },
    { kind: 'ticket', code: '02', hours: 'all', lead: '@township', co: '@community @office:环卫 U1' },
    { kind: 'ticket', code: '01', hours: 'all', lead: '@office:执法', co: 'D2' },
    { kind: 'ticket', code: '08', hours: 'all', lead: 'D2', co: '@township' },
  ].map((row) => ({ delegated: false, auto: false, ...row })),
  'return-reasons': [
    ...reasons('return', 'R01', 'R02', 'R03', 'R05', 'R06', 'R99'),
    ...reasons('return_ticket', 'T01', 'T02'),
  ],
  'callback-answers': [
    ...['solved', 'unsolved', 'partly'].map((code) => ({ question: 'solved', code })),
    ...['satisfied', 'fairly', 'dissatisfied', 'unrated'].map((code) => ({ question: 'satisfied', code })),
  ].map((row) => ({ zh: row.code, en: row.code, counts: 1, valid: true, ...row })),
  'endorsement-chains': [
    { step: 1, post: 'desk_lead', deadline_minutes: 30, may_dispatch_first: false },
    { step: 2, post: 'leader', deadline_minutes: 60, may_dispatch_first: false },
  ],
  policies: (someRows.policies ?? []).map((row) => ({
    ...row,
    value: policyValues[String(row['key'])] ?? row['value'] ?? '',
  })),
  calendar: ['2025', '2026', '2027'].map((year) => ({ date: `${year}-10-01`, kind: 'holiday', name: '国庆节' })),
};
