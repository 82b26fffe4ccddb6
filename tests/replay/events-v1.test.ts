import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { morning } from '#tests/builders/cases.ts';
import { someCalendar } from '#tests/builders/rules.ts';
import { required } from '#domain/base/assert-never.ts';
import { plus } from '#domain/base/instant.ts';
import type { OldEvent, StoredEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { explainCase } from '#domain/case/explain.ts';
import type { CaseState } from '#domain/case/state.ts';
import { upcast } from '#domain/case/upcast.ts';

/** A state as the program folded it when it wrote these events: its handling clock was two moments. */
interface OldState {
  readonly id: string;
  readonly handleStartedAt: number | null;
  readonly handleDueAt: number | null;
}

/** Events as the program wrote them until 2026-11 (commit 1236090), and the states that it made of them. */
const events: readonly StoredEvent[] = readFileSync(join(import.meta.dirname, 'events-v1.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): StoredEvent => JSON.parse(line));
const oldStates: readonly OldState[] = JSON.parse(readFileSync(join(import.meta.dirname, 'states-v1.json'), 'utf8'));

function foldAll(): ReadonlyMap<string, CaseState> {
  const states = new Map<string, CaseState>();
  for (const event of events) states.set(event.caseId, evolve(states.get(event.caseId), event));
  return states;
}

describe('a journal of v1', () => {
  test('holds every old form, and every form that is unchanged since', () => {
    expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([
      ...['case.accepted.v1', 'case.archived.v1', 'case.check_requested.v1', 'case.checked.v1', 'case.closed.v1'],
      ...['case.dispatched.v1', 'case.fed_back.v1', 'case.handled.v1', 'case.registered.v1', 'case.reported.v1'],
      ...['case.returned.v1', 'case.reworked.v1', 'case.sub_dispatched.v1'],
    ]);
  });

  test.each(oldStates.map((old) => [old.id, old] as const))('folds case %s to the state it had', (id, old) => {
    const { handleStartedAt, handleDueAt, ...shared } = old;
    const state = required(foldAll().get(id), 'the journal has the case');
    expect(state).toMatchObject(shared);
    expect(state.handleClock?.startedAt ?? null).toBe(handleStartedAt);
    expect(state.handleClock?.dueAt ?? null).toBe(handleDueAt);
  });

  test('folds to the same states again', () => {
    expect(foldAll()).toEqual(foldAll());
  });

  test('brings no photos: its cases have none', () => {
    expect([...foldAll().values()].map(({ side }) => side.photos)).toEqual(oldStates.map(() => []));
  });

  test('explains the clocks of its cases: the limit is read off the deadline, 返工 keeps it', () => {
    const ofFirst = events.filter(({ caseId }) => caseId === events[0]?.caseId);
    const { clocks } = explainCase(ofFirst, someCalendar, required(ofFirst.at(-1), 'it has events').at);
    expect(clocks.map(({ clock, limit, usedMs }) => [clock, limit.value, limit.unit, usedMs / 60_000])).toEqual([
      ['register', 15, 'minute', 7],
      ['dispatch', 15, 'minute', 7],
      ['handle', 120, 'minute', 49],
      ['check', 30, 'minute', 7],
      ['check', 30, 'minute', 7],
    ]);
  });
});

describe('upcasters', () => {
  const base = { caseId: '1', version: 3, at: morning, by: { id: 'desk-1', role: 'DISPATCHER', unit: null } } as const;
  const dueAt = plus(morning, 90 * 60_000);
  const plain = { personId: null, orders: [], recallUntil: morning };
  const report = {
    source: 'desk',
    place: { lon: null, lat: null, address: '', gridCode: null },
    description: '井盖破损',
    classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '0101', name: '上水井盖' },
    reportedAt: morning,
    reporterId: null,
    external: null,
    extra: {},
    isDemo: false,
    state: 'reported',
    dueAt,
  } as const;
  const pairs: readonly (readonly [OldEvent, object])[] = [
    [
      { ...base, ...report, type: 'case.reported.v1' },
      { ...base, ...report, type: 'case.reported.v2', photos: [] },
    ],
    [
      { ...base, type: 'case.verified.v1', result: 'exists', opinion: null, dueAt },
      { ...base, type: 'case.verified.v2', result: 'exists', opinion: null, dueAt, photos: [] },
    ],
    [
      { ...base, type: 'case.handled.v1', result: '已更换' },
      { ...base, type: 'case.handled.v2', result: '已更换', photos: [] },
    ],
    [
      { ...base, type: 'case.checked.v1', result: 'passed', opinion: null },
      { ...base, type: 'case.checked.v2', result: 'passed', opinion: null, photos: [] },
    ],
    [
      { ...base, type: 'case.dispatched.v1', unit: '91', opinion: '请处理', dueAt },
      {
        ...{ ...base, ...plain, type: 'case.dispatched.v2', unit: '91', opinion: '请处理', mode: 'frontline' },
        deadline: { limit: { value: 90, unit: 'minute', basis: 'v1' }, dueAt, isProvisional: false },
      },
    ],
    [
      { ...base, type: 'case.sub_dispatched.v1', unit: '911', opinion: null },
      { ...base, ...plain, type: 'case.sub_dispatched.v2', unit: '911', opinion: null, mode: null },
    ],
    [
      { ...base, type: 'case.returned.v1', to: 'returned', returnedTo: 'DISPATCHER', reason: '不属于' },
      {
        ...{ ...base, type: 'case.returned.v2', to: 'returned', returnedTo: 'DISPATCHER', reason: '不属于' },
        ...{ unit: null, reasonCode: null },
      },
    ],
    [
      { ...base, type: 'case.reworked.v1', unit: '911', reason: '未修复' },
      { ...base, type: 'case.reworked.v2', unit: '911', reason: '未修复', dueAt: null },
    ],
  ];

  test.each(pairs.map(([old, next]) => [old.type, old, next] as const))(
    '%s becomes its next version',
    (_, old, next) => {
      expect(upcast(old)).toEqual(next);
    },
  );

  test('the newest form stays as it is', () => {
    for (const event of events.filter(({ type }) => type === 'case.registered.v1')) expect(upcast(event)).toBe(event);
  });
});
