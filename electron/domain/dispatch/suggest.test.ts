import { expect, test } from 'vitest';
import { aReport } from '#tests/builders/cases.ts';
import { someTables, type TablesGiven } from '#tests/builders/tables.ts';
import { aCaseAfter, World, type Act } from '#tests/builders/world.ts';
import type { CaseState } from '#domain/case/state.ts';
import { DispatchRecord } from './dispatch-record.ts';
import { suggestDispatch, type Suggestion } from './suggest.ts';

const rubbish = { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '06042', name: '垃圾站（箱）满溢' } as const;
const areas = ['9', '91', '911', '9111'];
const anywhere = { hours: 'all', lead: '@township', delegated: false, auto: false };
const gardens = { ...anywhere, kind: 'matter', code: '06042', lead: 'D1', placeholder: true };

function reported(): CaseState {
  const world = new World();
  return world.begin(aReport({ classRef: rubbish }));
}

function ask(found: CaseState, given: TablesGiven = {}, record = new DispatchRecord()): readonly Suggestion[] {
  return suggestDispatch(found, someTables(given), record, found.stateSince);
}

const leads = (suggestions: readonly Suggestion[]) => suggestions.map(({ lead }) => lead.unit.code);
const kinds = ({ reasons }: Suggestion) => reasons.map(({ kind }) => kind);

/** Ends that many cases of the class; the first unit of each either keeps it or sends it back. */
function past(count: number, unit: string, isReturned: boolean, record = new DispatchRecord()): DispatchRecord {
  for (let done = 0; done < count; done += 1) {
    const world = new World();
    world.begin(aReport({ classRef: rubbish }));
    const back: readonly Act[] = [
      { type: 'return', reasonCode: 'R01', reason: '不属于本单位' },
      { type: 'dispatch', unit: '91' },
    ];
    world.all(
      { type: 'register', condition: '属实' },
      { type: 'dispatch', unit },
      ...(isReturned ? back : []),
      { type: 'accept', handlerId: 'handler-1' },
      { type: 'handle', result: '已清运' },
      { type: 'feed_back' },
      { type: 'close', condition: '已清运' },
    );
    record.note(world.state(), areas);
  }
  return record;
}

test('a responsibility for the class comes before 属地兜底, and says which row it is and that it is a placeholder', () => {
  const [first, second] = ask(reported(), { duties: [anywhere, gardens] });
  expect([first?.lead.unit.code, first && kinds(first), first?.isPlaceholder]).toEqual(['D1', ['duty'], true]);
  expect(first?.reasons[0]?.detail).toMatchObject({ row: '3', code: '06042', lead: 'D1' });
  expect([second?.lead.unit.code, second && kinds(second)]).toEqual(['91', ['whole_class', 'territory']]);
});

test('co-units of the responsibility make it 联合办件; the limit is that of the tables', () => {
  const [first] = ask(reported(), { duties: [anywhere, { ...gardens, lead: '@township', co: 'D1' }] });
  expect([first?.mode, first?.co.map(({ unit }) => unit.code)]).toEqual(['joint', ['D1']]);
  expect(first?.limit).toMatchObject({ value: 3, unit: 'work_day' });
  const [own] = ask(reported(), { duties: [anywhere, { ...gardens, limit_value: 4, limit_unit: 'work_hour' }] });
  expect(own?.limit).toMatchObject({ value: 4, unit: 'work_hour', basis: 'duties 3 test' });
});

test('首派准确率 feeds back into the order, with right and all as its reason', () => {
  const duties = [anywhere, { ...gardens, lead: '92' }];
  expect(leads(ask(reported(), { duties }))).toEqual(['92', '91']);
  const record = past(20, '92', true);
  const [first, second] = ask(reported(), { duties }, record);
  expect([first?.lead.unit.code, second?.lead.unit.code]).toEqual(['91', '92']);
  expect(second?.accuracy).toEqual({ right: 0, all: 20 });
  expect(second?.reasons.find(({ kind }) => kind === 'accuracy')?.detail).toEqual({ right: '0', all: '20' });
  expect(first?.reasons.some(({ kind }) => kind === 'accuracy')).toBe(false);
});

test('a unit that handled the class here is suggested from the second time on', () => {
  expect(leads(ask(reported(), {}, past(1, '92', false)))).not.toContain('92');
  const found = ask(reported(), {}, past(3, '92', false)).find(({ lead }) => lead.unit.code === '92');
  expect(found?.reasons[0]).toEqual({ kind: 'history', detail: { count: '3', all: '3' } });
});

test('whoever sent this very case back comes last, and does not get it by itself', () => {
  const world = new World();
  world.begin(aReport({ classRef: rubbish }));
  world.all(
    { type: 'register', condition: '属实' },
    { type: 'dispatch', unit: '91' },
    { type: 'return', reasonCode: 'R01', reason: '不属于本镇' },
  );
  const suggestions = ask(world.state(), { duties: [{ ...anywhere, auto: true }, gardens] });
  expect(leads(suggestions)).toEqual(['D1', '91']);
  expect(suggestions[1] && kinds(suggestions[1])).toContain('returned');
  expect(suggestions.map(({ isAutomatic }) => isAutomatic)).toEqual([false, false]);
});

test('only a white-listed responsibility may go out by itself', () => {
  const automatic = (auto: boolean) => ask(reported(), { duties: [anywhere, { ...gardens, auto }] })[0]?.isAutomatic;
  expect([automatic(true), automatic(false)]).toEqual([true, false]);
});

test('a dissolved unit is never suggested: whoever took over is, and the reason names both', () => {
  const units = [
    { code: '9', name: '测试区指挥中心', kind: 'district_desk' },
    { code: '91', name: '东镇', kind: 'township', parent: '9' },
    { code: '92', name: '西镇', kind: 'township', parent: '9' },
    { code: 'D1', name: '园林部门', kind: 'department', parent: '9', to: '2026-01-01', successor: 'D2' },
    { code: 'D2', name: '园林绿化中心', kind: 'department', parent: '9' },
  ];
  const [first] = ask(reported(), { units, duties: [anywhere, gardens] });
  expect([first?.lead.unit.code, first && kinds(first)]).toEqual(['D2', ['duty', 'stands_in']]);
  expect(first?.reasons[1]?.detail).toEqual({ for: 'D1', because: 'successor' });
});

test('a place outside the district has what needs no place; a case inside always has somebody', () => {
  const outside = new World();
  outside.begin(aReport({ classRef: rubbish, lon: 10, lat: 10 }));
  expect(leads(ask(outside.state(), { duties: [anywhere, gardens] }))).toEqual(['D1']);
  expect(leads(ask(aCaseAfter('report').state()))).toEqual(['91']);
});
