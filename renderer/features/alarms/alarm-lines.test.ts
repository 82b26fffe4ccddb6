import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import type { Alarm } from '#domain/alarms/alarm.ts';
import { groupsOf } from '#domain/alarms/alarm-groups.ts';
import { treeLines } from './alarm-lines.ts';

const at = instant(1_796_000_000_000);

function anAlarm(id: number, change: Partial<Alarm> = {}): Alarm {
  return {
    ...{ id, typeId: 'overdue', condition: 'overdue', priority: 2, isShelvable: true, state: 'new', count: 1 },
    ...{ place: { area: '91', grid: null }, about: { kind: 'case', caseId: String(id), className: '井盖' } },
    ...{ raisedAt: instant(at + id), lastAt: at, active: [`overdue ${id}`], endedAt: null },
    ...{ acknowledged: null, inHand: null, shelf: null },
    ...change,
  };
}

const all = { priority: null, standing: null };
const groups = groupsOf(
  [anAlarm(1), anAlarm(2, { state: 'in_hand' }), anAlarm(3, { typeId: 'danger', priority: 1 })],
  false,
);
const keys = (...given: Parameters<typeof treeLines>) => treeLines(...given).map(({ key }) => key);

test('a group of one is a line of its own, an open one shows its alarms', () => {
  expect(keys(groups, all, new Set())).toEqual(['alarm-3', 'overdue 91']);
  expect(keys(groups, all, new Set(['overdue 91']))).toEqual(['alarm-3', 'overdue 91', 'alarm-1', 'alarm-2']);
});

test('a filter leaves the level or the state that is asked for', () => {
  expect(keys(groups, { ...all, priority: 1 }, new Set())).toEqual(['alarm-3']);
  expect(keys(groups, { ...all, standing: 'in_hand' }, new Set())).toEqual(['alarm-2']);
  expect(keys(groups, { priority: 1, standing: 'in_hand' }, new Set())).toEqual([]);
});
