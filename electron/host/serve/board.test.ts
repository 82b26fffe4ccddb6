import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '#contract/api.ts';
import type { Board } from '#contract/board.ts';
import type { Frames } from '#tests/support/frames.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';

let running: HostInProcess;
let frames: Frames;
beforeAll(async () => {
  running = await hostInProcess();
  frames = await clientOf(running.host, 'in memory', 'system');
});
afterAll(() => running.close());

async function call(method: string, input: unknown): Promise<{ readonly caseId: string; readonly sequence: number }> {
  frames.send({ type: 'call', id: method, method, input });
  const frame = await frames.nextOf('result');
  return frame.value as { caseId: string; sequence: number };
}

async function boardAt(input: unknown): Promise<Board> {
  return api['board.at'].output.parse(await call('board.at', input));
}

const report = (description: string) =>
  call('case.report', {
    classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '0101', name: '上水井盖' },
    ...{ lon: 116.65, lat: 40.13, description },
  });

test('the board is what was known then, not what became of it', async () => {
  expect(await boardAt({})).toMatchObject({ sequence: 0, recordedAt: null, counts: { total: 0, open: 0, overdue: 0 } });
  const first = await report('井盖破损');
  const second = await report('井盖移位');
  await call('case.register', { id: first.caseId, condition: '属实' });
  const { sequence } = await call('case.void', { id: first.caseId, reason: '重复登记' });

  const before = await boardAt({ sequence: first.sequence });
  expect(before).toMatchObject({
    ...{ sequence: first.sequence, counts: { total: 1, open: 1, overdue: 0 } },
    states: [{ state: 'reported', open: 1 }],
    holders: [{ unit: null, open: 1, overdue: 0 }],
  });
  expect(before.cases.map(({ id, sequence: changedAt }) => [id, changedAt])).toEqual([[first.caseId, first.sequence]]);

  const now = await boardAt({});
  expect(now.sequence).toBe(sequence);
  expect(now.counts).toMatchObject({ total: 2, open: 1 });
  expect(now.cases.map(({ id }) => id)).toEqual([second.caseId]);

  const atThatMoment = await boardAt({ time: before.recordedAt });
  expect(atThatMoment.sequence).toBeGreaterThanOrEqual(first.sequence);
  expect(await boardAt({ time: '2020-01-01' })).toMatchObject({ sequence: 0, recordedAt: null });
});

test('the future is not known: a moment to come gives the board of now', async () => {
  const { sequence } = await report('井盖缺失');
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const board = await boardAt({ time: later });
  expect(board.sequence).toBe(sequence);
  expect(board.asOf).toBeLessThanOrEqual(Date.now());
  expect(board.counts.overdue).toBe(0);
});

test('a time and a sequence at once, and a moment that is none, are refused by name', async () => {
  frames.send({ type: 'call', id: 'both', method: 'board.at', input: { time: '2026-11-24', sequence: 3 } });
  expect(await frames.nextOf('failure')).toMatchObject({ error: { code: 'bad_input' } });
  frames.send({ type: 'call', id: 'none', method: 'board.at', input: { time: 'yesterday' } });
  expect(await frames.nextOf('failure')).toMatchObject({ error: { code: 'bad_input', detail: { field: 'time' } } });
});
