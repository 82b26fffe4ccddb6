import { expect, test } from 'vitest';
import { openStates } from '#domain/case/lifecycle.ts';
import { groupShape, pointGroups, stageGroup } from './point-groups.ts';

test('every open state has its group', () => {
  const groups = Object.fromEntries(openStates.map((state) => [state, stageGroup(state)]));
  expect(groups).toMatchObject({
    reported: 'accept',
    to_sign: 'accept',
    pending_dispatch: 'dispatch',
    returned: 'dispatch',
    handling: 'handle',
    suspended: 'handle',
    co_handling: 'handle',
    checking: 'check',
    calling_back: 'check',
    pending_close: 'close',
  });
  expect(new Set(Object.values(groups)).size).toBe(5);
});

test.each(['stage', 'kind'] as const)('groups by %s have different shapes', (mode) => {
  const drawn = Object.values(pointGroups[mode]);
  expect(new Set(drawn).size).toBe(drawn.length);
});

test('a case carries the shape of its group', () => {
  const row = { state: 'pending_dispatch', classKind: 'component' } as const;
  expect(groupShape(row, 'stage')).toBe(pointGroups.stage.dispatch);
  expect(groupShape(row, 'kind')).toBe(pointGroups.kind.component);
});
