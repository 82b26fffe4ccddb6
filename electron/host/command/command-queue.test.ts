import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aReport, desk, morning, routine } from '#tests/builders/cases.ts';
import { openQueue, type OpenedQueue } from '#tests/support/open-queue.ts';
import { HOUR_MS } from '#domain/base/instant.ts';
import type { CaseCommandBody } from '#domain/case/commands.ts';

let folder: string;
let opened: OpenedQueue;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queue-'));
  opened = await openQueue(folder);
});

afterEach(async () => {
  await opened.journal.close();
  await rm(folder, { recursive: true, force: true });
});

function submit(id: string, body: CaseCommandBody) {
  return opened.queue.submit({ id, actor: desk, body });
}

async function reopen(): Promise<void> {
  await opened.journal.close();
  opened = await openQueue(folder);
}

test('a receipt names the entry, the case and its new state', async () => {
  const reported = await submit('command-1', aReport());
  expect(reported).toEqual({
    ok: true,
    value: {
      commandId: 'command-1',
      sequence: 1,
      caseId: '20261124000001',
      version: 1,
      state: 'reported',
      isRepeat: false,
    },
  });
  expect(opened.journal.head().sequence).toBe(1);
});

test('commands that wait together are decided one after another and share a batch', async () => {
  const outcomes = await Promise.all(routine('20261124000001').map((body, index) => submit(`command-${index}`, body)));
  expect(outcomes.map((outcome) => outcome.ok && outcome.value.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(opened.cases.counts()).toEqual({ open: 0, total: 1 });
});

test('a repeated id gets the first receipt: in the same batch, later, and after a restart', async () => {
  const [first, second] = await Promise.all([submit('twice', aReport()), submit('twice', aReport())]);
  const expected = { ...(first.ok ? first.value : {}), isRepeat: true };
  expect(second).toEqual({ ok: true, value: expected });
  await submit('close-to-it', { type: 'register', caseId: '20261124000001', condition: '属实' });
  expect(await submit('twice', aReport())).toEqual({ ok: true, value: expected });
  await reopen();
  expect(await submit('twice', aReport())).toEqual({ ok: true, value: expected });
  expect(opened.cases.counts().total).toBe(1);
});

test('a refusal records nothing and does not hold up its neighbours', async () => {
  const close = { type: 'close', caseId: '20261124000001', condition: '核查通过' } as const;
  const outcomes = await Promise.all([submit('a', aReport()), submit('b', close), submit('c', aReport())]);
  expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.sequence : outcome.error.code))).toEqual([
    1,
    'wrong_state',
    2,
  ]);
});

test('a restart folds the same cases, goes on with the numbers and holds the clock', async () => {
  opened.clock.advance(HOUR_MS);
  await submit('a', aReport());
  await submit('b', { type: 'register', caseId: '20261124000001', condition: '属实' });
  const before = opened.cases.openRows();
  await reopen();
  expect(opened.cases.openRows()).toEqual(before);
  expect(await submit('c', aReport())).toMatchObject({ value: { caseId: '20261124000002', sequence: 3 } });
  const [entry] = await opened.journal.readEach([3]);
  expect(entry?.at, 'the test clock stands at morning again').toBe(morning + HOUR_MS);
});

test('closed, it records what waits and refuses what comes after it', async () => {
  const waiting = [submit('a', aReport()), submit('b', aReport())];
  const closed = opened.queue.close();
  const late = await submit('c', aReport());
  await closed;
  expect(late).toEqual({ ok: false, error: { code: 'unavailable', detail: { part: 'host' } } });
  expect((await Promise.all(waiting)).map(({ ok }) => ok)).toEqual([true, true]);
  expect(opened.journal.head().sequence).toBe(2);
});

test('a change is heard of once per batch, after it is folded', async () => {
  const heard: number[] = [];
  opened.cases.onChanged((changes, sequence) => {
    heard.push(changes.length);
    expect(opened.cases.sequence()).toBe(sequence);
  });
  await Promise.all([submit('a', aReport()), submit('b', aReport()), submit('c', aReport())]);
  expect(heard).toEqual([3]);
});

test('wouldAccept answers as submit does, and records nothing', async () => {
  await submit('a', aReport());
  const ask = (id: string, body: CaseCommandBody) => opened.queue.wouldAccept({ id, actor: desk, body });
  expect(await ask('a', aReport())).toEqual({ ok: true, value: 'repeat' });
  expect(await ask('b', aReport())).toEqual({ ok: true, value: 'new' });
  expect(await ask('c', aReport({ lat: null }))).toMatchObject({ ok: false, error: { code: 'place_incomplete' } });
  expect(opened.journal.head().sequence).toBe(1);
});

test('a case that left memory is fetched when a command names it, and others go ahead', async () => {
  await opened.journal.close();
  opened = await openQueue(folder, { keptEnded: 1 });
  const ids = ['20261124000001', '20261124000002'];
  for (const id of ids) for (const [step, body] of routine(id).entries()) await submit(`${id}-${step}`, body);
  const [old = ''] = ids;
  expect(opened.cases.resident(old)).toBeUndefined();
  const order: string[] = [];
  const noted = (name: string, outcome: ReturnType<typeof submit>) => outcome.finally(() => order.push(name));
  const appeal = noted('appeal', submit('again', { type: 'appeal', caseId: old, kind: 'overdue', reason: '暴雨停工' }));
  const unknown = submit('unknown', { type: 'register', caseId: '20261124000009', condition: '属实' });
  const report = noted('report', submit('new', aReport()));
  expect(await Promise.all([appeal, unknown, report])).toMatchObject([
    { error: { code: 'not_overdue' } },
    { error: { code: 'not_found' } },
    { value: { sequence: 21 } },
  ]);
  expect(order).toEqual(['report', 'appeal']);
  expect(opened.cases.resident(old)).toBeDefined();
});
