import { expect, test } from 'vitest';
import { aCase, morning } from '#tests/builders/cases.ts';
import { anAlarmTypeRow, someTables, type RowGiven } from '#tests/builders/tables.ts';
import { aTicketAfter } from '#tests/builders/world.ts';
import { instant, MINUTE_MS, plus, type Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { AlarmTypeRow } from './alarm-type.ts';
import { caseReadings } from './case-readings.ts';
import { factReadings, searchReadings, sourceReadings, weekReadings } from './host-readings.ts';

function types(...rows: readonly RowGiven[]): readonly AlarmTypeRow[] {
  return someTables({ 'alarm-types': rows.map(anAlarmTypeRow) }).alarmTypes(dayOf(morning));
}

const off = () => null;

/** Types by which a case rings at a moment, and when that changes by time alone. */
function ringing(
  state: CaseState,
  given: readonly AlarmTypeRow[],
  now: Instant,
  typeOf: (key: string) => string | null = off,
) {
  const { readings, nextAt } = caseReadings(state, given, '91', typeOf, now);
  return [readings.map(({ typeId }) => typeId), nextAt] as const;
}

test('超期: from the end of its limit on; ended by more time only behind the dead band', () => {
  const given = types({ id: 'overdue', condition: 'overdue', priority: 2, dead_band: 10 });
  const found = aCase(2);
  const dueAt = found.dueAt ?? morning;
  expect(ringing(found, given, plus(dueAt, -1))).toEqual([[], dueAt]);
  expect(ringing(found, given, dueAt)).toEqual([['overdue'], null]);
  const longer = { ...found, dueAt: plus(dueAt, 5 * MINUTE_MS) };
  expect(ringing(longer, given, dueAt)).toEqual([[], longer.dueAt]);
  expect(ringing(longer, given, dueAt, () => 'overdue')).toEqual([['overdue'], null]);
  const muchLonger = { ...found, dueAt: plus(dueAt, 11 * MINUTE_MS) };
  expect(ringing(muchLonger, given, dueAt, () => 'overdue')[0]).toEqual([]);
  expect(ringing({ ...found, dueAt: null }, given, dueAt)).toEqual([[], null]);
  expect(ringing({ ...found, state: 'closed' }, given, dueAt)).toEqual([[], null]);
});

test('an urgent class past its limit is of level Ⅰ and not overdue twice', () => {
  const given = types(
    { id: 'overdue', condition: 'overdue', priority: 2 },
    { id: 'urgent', condition: 'urgent_overdue', priority: 1 },
  );
  const state = aTicketAfter('assign').state();
  const late = plus(state.dueAt ?? morning, MINUTE_MS);
  const urgent = { ...state, side: { ...state.side, ticket: { ...state.side.ticket!, timeClass: 'emergency' } } };
  const plain = { ...state, side: { ...state.side, ticket: { ...state.side.ticket!, timeClass: 'general' } } };
  expect([ringing(urgent, given, late)[0], ringing(plain, given, late)[0]]).toEqual([['urgent'], ['overdue']]);
});

test('danger to life is of its classes, by code or its beginning, until a unit has taken it', () => {
  const given = types({ id: 'danger', condition: 'life_danger', priority: 1, classes: '10906 109021' });
  const found = aCase(1);
  const of = (code: string, change: Partial<CaseState> = {}) =>
    ringing({ ...found, ...change, classRef: { ...found.classRef, code } }, given, morning)[0];
  expect([of('10906'), of('1090611'), of('10902'), of('10906', { state: 'handling' })]).toEqual([
    ['danger'],
    ['danger'],
    [],
    [],
  ]);
});

test('未接单: half an hour after the order, until it is accepted; of two types the more urgent counts', () => {
  const given = types(
    { id: 'late', condition: 'not_accepted', priority: 3, threshold: 30 },
    { id: 'very-late', condition: 'not_accepted', priority: 2, threshold: 60 },
  );
  const sent = aCase(3);
  const since = sent.holder?.since ?? morning;
  const at = (minutes: number) => plus(since, minutes * MINUTE_MS);
  expect(sent.state).toBe('pending_handle');
  expect(ringing(sent, given, at(29))).toEqual([[], at(30)]);
  expect(ringing(sent, given, at(30))).toEqual([['late'], at(60)]);
  expect(ringing(sent, given, at(60))).toEqual([['very-late'], null]);
  expect(ringing({ ...sent, state: 'handling' }, given, at(90))[0]).toEqual([]);
});

test('多次回退, 机器上报, 工单临期: at their thresholds, as long as nobody works on it, and until the limit', () => {
  const given = types(
    { id: 'returned', condition: 'returned', priority: 3, threshold: 2 },
    { id: 'machine', condition: 'machine_report', priority: 3, threshold: 10 },
    { id: 'soon', condition: 'ticket_due_soon', priority: 3, threshold: 0.2 },
  );
  const found = aCase(1);
  expect(ringing({ ...found, returnCount: 1 }, given, morning)[0]).toEqual([]);
  expect(ringing({ ...found, returnCount: 2 }, given, plus(found.stateSince, 1))[0]).toEqual(['returned']);
  expect(ringing({ ...found, returnCount: 2, state: 'handling' }, given, plus(found.stateSince, 1))[0]).toEqual([]);
  const seen = { ...found, source: 'video' as const };
  const due = plus(found.reportedAt, 10 * MINUTE_MS);
  expect([ringing(seen, given, plus(due, -1)), ringing(seen, given, due)]).toEqual([
    [[], due],
    [['machine'], null],
  ]);
  expect(ringing({ ...seen, state: 'pending_dispatch' }, given, due)[0]).toEqual([]);

  const ticket = aTicketAfter('assign').state();
  const clock = { clock: 'handle' as const, clockStartedAt: instant(0), dueAt: instant(100_000) };
  const at = (ms: number) => ringing({ ...ticket, ...clock }, given, instant(ms));
  expect([at(79_999), at(80_000), at(100_000)]).toEqual([
    [[], 80_000],
    [['soon'], 100_000],
    [[], null],
  ]);
});

test('health: warnings and errors ring by what they put at risk, notes and what has a banner do not', () => {
  const given = types(
    { id: 'journal', condition: 'journal_fault', priority: 1 },
    { id: 'disk', condition: 'disk_fault', priority: 1 },
    { id: 'backup', condition: 'backup_fault', priority: 2 },
    { id: 'host', condition: 'host_fault', priority: 3 },
  );
  const fact = (code: string, severity: 'info' | 'warning' | 'error') => ({ id: code, code, severity, detail: {} });
  const facts = [
    ...[fact('journal_damaged', 'error'), fact('journal_full', 'error'), fact('backup_old', 'warning')],
    ...[fact('audit_unwritten', 'error'), fact('journal_tail_cut', 'warning'), fact('projection_down', 'warning')],
    ...[fact('people_no_secret', 'info'), fact('table_faulty', 'warning'), fact('calendar_year_missing', 'warning')],
  ];
  expect(factReadings(facts, given).map(({ typeId, key }) => `${typeId} ${key}`)).toEqual([
    ...['journal fact journal_damaged', 'disk fact journal_full', 'backup fact backup_old'],
    ...['journal fact audit_unwritten', 'host fact journal_tail_cut', 'host fact projection_down'],
  ]);
});

test('search: from so many entries on, until it is far enough below', () => {
  const given = types({ id: 'behind', condition: 'search_behind', priority: 3, threshold: 5_000, dead_band: 4_000 });
  const isOn = (behind: number, before: string | null) => searchReadings(behind, given, () => before).length === 1;
  expect([isOn(4_999, null), isOn(5_000, null), isOn(1_000, 'behind'), isOn(999, 'behind')]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('a silent source and early warnings', () => {
  const given = types(
    { id: 'silent', condition: 'feed_silent', priority: 2, threshold: 180 },
    { id: 'orange', condition: 'early_warning', priority: 3, threshold: 3, dead_band: 0.5 },
    { id: 'red', condition: 'early_warning', priority: 2, threshold: 6 },
  );
  const due = plus(morning, 180 * MINUTE_MS);
  expect(sourceReadings('hotline', morning, given, plus(due, -1))).toEqual({ readings: [], nextAt: due });
  expect(sourceReadings('hotline', morning, given, due)).toMatchObject({
    readings: [{ typeId: 'silent' }],
    nextAt: null,
  });
  const of = (value: number, before: string | null = null) =>
    weekReadings({ area: '91', classCode: '01', className: '井盖', value, against: 10 }, given, () => before).map(
      ({ typeId }) => typeId,
    );
  expect([of(29), of(30), of(60), of(26, 'orange'), of(24, 'orange')]).toEqual([
    [],
    ['orange'],
    ['red'],
    ['orange'],
    [],
  ]);
});
