import { expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import type { Entry } from '#host/ports/journal.ts';
import { aCase, morning, play, routine } from '#tests/builders/cases.ts';
import { Receipts } from './receipts.ts';

const played = play(routine('20261124000001'));
const [report, ...steps] = played.events;
const afterFirstStep = aCase(2);

function anEntry(sequence: number, event: CaseEvent): Entry {
  const chain = { prev: '', hash: '', tables: {}, actor: 'desk-1', at: morning };
  return { ...chain, sequence, commandId: `command-${sequence}`, events: [event] };
}

const beginning = (sequence: number) => anEntry(sequence, required(report, 'a report'));
const aStep = (sequence: number) => anEntry(sequence, required(steps[0], 'a step'));
const nobody = () => Promise.resolve(undefined);

/** Commands of which a receipt can be found. */
function known(receipts: Receipts, upTo: number): number[] {
  const all = Array.from({ length: upTo }, (_, index) => index + 1);
  return all.filter((sequence) => receipts.suspects(`command-${sequence}`).includes(sequence));
}

test('a repeated command gets its first receipt, marked as a repeat', () => {
  const receipts = new Receipts();
  const first = receipts.record(beginning(1), 'reported');
  expect(first).toMatchObject({ commandId: 'command-1', sequence: 1, state: 'reported', isRepeat: false });
  expect(receipts.repeat('command-1')).toEqual({ ...first, isRepeat: true });
  expect(receipts.repeat('command-2')).toBeUndefined();
  expect(receipts.suspects('command-1'), 'what is ready need not be looked up').toEqual([]);
});

test('what began a case is known for ever, of steps the last ones are', () => {
  const receipts = new Receipts(3);
  receipts.note(beginning(1));
  for (let sequence = 2; sequence <= 11; sequence += 1) receipts.note(aStep(sequence));
  expect(known(receipts, 11)).toEqual([1, 8, 9, 10, 11]);
  expect([...receipts.dump().steps].filter((_, at) => at % 3 === 2)).toEqual([9, 10, 11]);
});

test('a receipt of an earlier run is looked up in the journal, and made ready', async () => {
  const before = new Receipts();
  const first = before.record(beginning(1), 'reported');
  const second = before.record(aStep(2), afterFirstStep.state);
  const receipts = new Receipts();
  receipts.restore(before.dump());
  const journal = [beginning(1), aStep(2)];
  const readEach = (sequences: readonly number[]) =>
    Promise.resolve(sequences.map((sequence) => required(journal[sequence - 1], 'an entry')));
  await receipts.lookUp(['command-1', 'command-2', 'command-3'], readEach, async (_id, sequence) =>
    sequence === 2 ? afterFirstStep : undefined,
  );
  expect(receipts.repeat('command-1')).toEqual({ ...first, isRepeat: true });
  expect(receipts.repeat('command-2')).toEqual({ ...second, isRepeat: true });
  expect(receipts.repeat('command-3')).toBeUndefined();
});

test('another command with the same fingerprint is not taken for the first', async () => {
  const receipts = new Receipts();
  receipts.note(beginning(1));
  expect(receipts.suspects('command-1')).toEqual([1]);
  const other = { ...beginning(1), commandId: 'another command' };
  await receipts.lookUp(['command-1'], () => Promise.resolve([other]), nobody);
  expect(receipts.repeat('command-1')).toBeUndefined();
});

test('a dump has the beginnings since the one before, and as many steps as are kept', () => {
  const receipts = new Receipts(3);
  for (let sequence = 1; sequence <= 4; sequence += 1) receipts.note(beginning(sequence));
  expect(receipts.dump().beginnings).toHaveLength(4 * 3);
  receipts.note(beginning(5));
  for (let sequence = 6; sequence <= 10; sequence += 1) receipts.note(aStep(sequence));
  const dump = receipts.dump();
  expect(dump.beginnings).toHaveLength(3);
  const restored = new Receipts(3);
  restored.restore(dump);
  expect(known(restored, 10)).toEqual([5, 8, 9, 10]);
});

test('a hundred thousand ids are found, each where it was put', () => {
  const receipts = new Receipts();
  const ids = Array.from({ length: 100_000 }, (_, index) => `feed:311:${index}`);
  ids.forEach((commandId, index) => receipts.note({ ...beginning(index + 1), commandId }));
  expect(receipts.beginnings).toBe(ids.length);
  expect(ids.filter((id, index) => !receipts.suspects(id).includes(index + 1))).toEqual([]);
  const others = ids.filter((id) => receipts.suspects(`${id}x`).length > 0);
  expect(others, 'of 64 bits none of these is alike').toEqual([]);
});
