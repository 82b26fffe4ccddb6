import { expect, test } from 'vitest';
import { play, routine } from '#tests/builders/cases.ts';
import { statesAfter } from './states-after.ts';

const [one, other] = [play(routine('20261124000001')).events, play(routine('20261124000001')).events];
const events = one.map((event) => ({ ...event, caseId: 'A' }));
const others = other.map((event) => ({ ...event, caseId: 'B' }));
const never = (caseId: string): never => {
  throw new Error(`${caseId} was asked for`);
};

test('a first event asks for no state before it', () => {
  expect(statesAfter(events.slice(0, 1), never)).toMatchObject([{ id: 'A', version: 1, state: 'reported' }]);
  expect(statesAfter([], never)).toEqual([]);
});

test('several events of several cases: one state each, the case of the last event last', () => {
  const before = statesAfter(events.slice(0, 1), never)[0];
  const mixed = [...events.slice(1, 2), ...others.slice(0, 2), ...events.slice(2, 3)];
  const asked = (caseId: string) => (caseId === 'A' ? before : undefined);
  expect(statesAfter(mixed, asked)).toMatchObject([
    { id: 'B', version: 2, state: 'pending_dispatch' },
    { id: 'A', version: 3, state: 'pending_handle' },
  ]);
});
