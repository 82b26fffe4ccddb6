import { expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import type { Entry } from '#host/ports/journal.ts';
import { morning, play, routine } from '#tests/builders/cases.ts';
import { Receipts } from './receipts.ts';

const [report, ...steps] = play(routine('20261124000001')).events;

function anEntry(sequence: number, event: CaseEvent): Entry {
  const chain = { prev: '', hash: '', tables: {}, actor: 'desk-1', at: morning };
  return { ...chain, sequence, commandId: `command-${sequence}`, events: [event] };
}

test('a repeated command gets its first receipt, marked as a repeat', () => {
  const receipts = new Receipts();
  const first = receipts.record(anEntry(1, required(report, 'a report')), 'reported');
  expect(first).toMatchObject({ commandId: 'command-1', sequence: 1, state: 'reported', isRepeat: false });
  expect(receipts.repeat('command-1')).toEqual({ ...first, isRepeat: true });
  expect(receipts.has('command-2')).toBe(false);
  expect(receipts.repeat('command-2')).toBeUndefined();
});

test('what began a case is known for ever, of steps the last ones are', () => {
  const receipts = new Receipts(3);
  receipts.record(anEntry(1, required(report, 'a report')), 'reported');
  for (let sequence = 2; sequence <= 8; sequence += 1) {
    receipts.record(anEntry(sequence, required(steps[0], 'a step')), 'pending_dispatch');
  }
  const known = [1, 2, 3, 4, 5, 6, 7, 8].filter((sequence) => receipts.has(`command-${sequence}`));
  expect(known).toEqual([1, 6, 7, 8]);
});
