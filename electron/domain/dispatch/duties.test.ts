import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { aPersonRow, someRows, someTables, type RowGiven, type TablesGiven } from '#tests/builders/tables.ts';

const duty = { hours: 'all', lead: '@township', delegated: false, auto: false } as const;
const rubbish = { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '06042' } as const;
const noon = instant(Date.parse('2026-11-24T12:00:00+08:00'));

function dutiesOf(rows: readonly RowGiven[], given: TablesGiven = {}, areaCode: string | null = '9111') {
  return someTables({ ...given, duties: rows }).dutiesFor({ record: 'case', classRef: rubbish, areaCode, at: noon });
}

test('the smaller area counts before the longer code, then kind, then hours', () => {
  const rows = [
    { ...duty },
    { ...duty, code: '06' },
    { ...duty, code: '06042' },
    { ...duty, code: '06042', kind: 'matter' },
    { ...duty, code: '06042', kind: 'matter', hours: '08:00-18:00' },
    { ...duty, area: '91' },
    { ...duty, area: '911' },
    { ...duty, code: '06', area: '92' },
    { ...duty, code: '01' },
    { ...duty, kind: 'ticket' },
  ];
  expect(dutiesOf(rows).map(({ duty: { row } }) => row)).toEqual([8, 7, 6, 5, 4, 3, 2]);
});

test('role words are relative to the place; an office that is not there is the township', () => {
  const office = { code: '91-O1', name: '东镇环卫中心', kind: 'office', parent: '91', role: '环卫' };
  const leads = ['@desk', '@township', '@community', '@grid', '@office:环卫', '@office:城建', 'D1'];
  const rows = leads.map((lead, index) => ({
    ...duty,
    lead,
    code: '06042'.slice(0, 5 - (index % 5)),
    hours: hoursOf(index),
  }));
  const found = dutiesOf(rows, { units: [...someRows.units, office] });
  const byWord = new Map(found.map(({ lead }) => [lead.asked, `${lead.unit.code} ${lead.because ?? ''}`.trim()]));
  expect(leads.map((lead) => byWord.get(lead))).toEqual(['9', '91', '911', '9111', '91-O1', '91 no_such_office', 'D1']);
});

test('without a place only units and the desk can lead', () => {
  const rows = [
    { ...duty, code: '06042' },
    { ...duty, code: '06', lead: 'D1', co: '@community D1 9 9' },
  ];
  expect(dutiesOf(rows, {}, null).map(({ lead, co }) => [lead.unit.code, co.map(({ unit }) => unit.code)])).toEqual([
    ['D1', ['9']],
  ]);
});

test('a dissolved lead is replaced, and the answer says by whom and why', () => {
  const units = [
    ...someRows.units.slice(0, 3),
    { code: 'D1', name: '旧', kind: 'department', parent: '9', to: '2026-07-01', successor: 'D2' },
    { code: 'D2', name: '新', kind: 'department', parent: '9', from: '2026-07-01' },
  ];
  expect(dutiesOf([{ ...duty, lead: 'D1' }], { units })[0]?.lead).toMatchObject({
    unit: { code: 'D2' },
    ...{ asked: 'D1', standsInFor: 'D1', because: 'successor' },
  });
});

test('the post’s holder is the one of the place; whoever left is not; without one the order goes to the unit', () => {
  const cadre = { unit: '91', post: 'village_cadre' };
  const rows = [{ ...duty, person_post: 'village_cadre', limit_value: 2, limit_unit: 'work_hour' }];
  const people = [
    aPersonRow({ ...cadre, id: 'P1' }),
    aPersonRow({ ...cadre, id: 'P2', grid: '911', to: '2026-11-24' }),
    aPersonRow({ ...cadre, id: 'P3', grid: '911', from: '2026-11-24' }),
    aPersonRow({ ...cadre, id: 'P4', grid: '921' }),
  ];
  const holder = (of: readonly RowGiven[]) => dutiesOf(rows, { people: of })[0]?.person?.id;
  expect(holder(people)).toBe('P3');
  expect(holder(people.slice(0, 2))).toBe('P1');
  expect(holder(people.slice(3))).toBeUndefined();
  expect(dutiesOf(rows, { people })[0]?.limit).toEqual({ value: 2, unit: 'work_hour' });
  const acting = someTables({ people }).people;
  expect(acting.actingFor('P2', '2026-11-24')).toMatchObject({ person: { id: 'P1' }, unit: '91' });
  expect(someTables({ people: people.slice(1, 2) }).people.actingFor('P2', '2026-11-24')).toEqual({
    person: null,
    unit: '91',
  });
  expect(acting.actingFor('nobody', '2026-11-24')).toBeUndefined();
});

/** Hours that all hold noon and differ, so that rows with one code have keys of their own. */
function hoursOf(index: number): string {
  return `0${index}:00-18:00`;
}
