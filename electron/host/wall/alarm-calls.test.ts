import { expect, test } from 'vitest';
import type { Alarm } from '#domain/alarms/alarm.ts';
import { instant } from '#domain/base/instant.ts';
import { alarmCalls } from './alarm-calls.ts';

const alarm: Alarm = {
  id: 7,
  typeId: 'life_danger',
  condition: 'life_danger',
  priority: 1,
  isShelvable: false,
  place: { area: null, grid: null },
  about: { kind: 'case', caseId: '20261124000001', className: '燃气泄漏' },
  state: 'new',
  raisedAt: instant(1_000),
  lastAt: instant(2_000),
  count: 2,
  active: ['life_danger:20261124000001'],
  endedAt: null,
  acknowledged: null,
  inHand: null,
  shelf: null,
};

const listed = (standing: readonly Alarm[]) => alarmCalls({ standing: () => standing }).list(5_000);

test('an alarm of level Ⅰ about a case calls since it was raised first, until it is acknowledged', () => {
  const call = { id: 'alarm:7', caseId: '20261124000001', since: 1_000, acknowledgedAt: null };
  expect(listed([alarm])).toEqual([call]);
  const acknowledged = { by: 'desk', at: instant(3_000) };
  expect(listed([{ ...alarm, state: 'acknowledged', acknowledged }])).toEqual([{ ...call, acknowledgedAt: 3_000 }]);
});

test('lower levels, and what is about the program, leave the wall alone', () => {
  const fault: Alarm['about'] = { kind: 'fact', code: 'disk_full', detail: {} };
  expect(
    listed([
      { ...alarm, priority: 2 },
      { ...alarm, priority: 3 },
      { ...alarm, about: fault },
    ]),
  ).toEqual([]);
});
