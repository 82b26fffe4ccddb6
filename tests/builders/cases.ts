import type { Actor, Role } from '#domain/access/roles.ts';
import { required } from '#domain/base/assert-never.ts';
import { HOUR_MS, instant, plus, type Instant } from '#domain/base/instant.ts';
import type { CaseCommandBody, ReportCase } from '#domain/case/commands.ts';
import { decide } from '#domain/case/decide.ts';
import type { DecideContext } from '#domain/case/decision.ts';
import type { CaseRules } from '#domain/case/rules.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import type { CaseState } from '#domain/case/state.ts';
import { gridAt, someUnits } from './district.ts';
import { someRules } from './rules.ts';

/** 2026-11-24 08:00 in Beijing. */
export const morning = instant(Date.UTC(2026, 10, 24));

/** The district desk: every post, on behalf of nobody. */
export const desk: Actor = {
  id: 'desk-1',
  roles: ['ACCEPTOR', 'DISPATCHER', 'SHIFT_LEADER', 'LEADER', 'DEPT', 'HANDLER', 'COLLECTOR', 'HOTLINE_DESK'],
  unit: null,
};

export function anActor(role: Role, unit: string | null = null, id = `${role.toLowerCase()}-1`): Actor {
  return { id, roles: [role], unit };
}

export function aReport(change: Partial<ReportCase> = {}): ReportCase {
  return {
    type: 'report',
    source: 'hotline',
    classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '0101', name: '上水井盖' },
    lon: 116.25,
    lat: 40.5,
    address: '东镇东村',
    description: '井盖破损',
    reportedAt: morning,
    reporterId: null,
    external: null,
    extra: {},
    isDemo: false,
    imported: null,
    ...change,
  };
}

export function aContext(now: Instant = morning, rules: CaseRules = someRules()): DecideContext {
  let serial = 0;
  return {
    now,
    newCaseId: () => `20261124${String((serial += 1)).padStart(6, '0')}`,
    units: someUnits(),
    rules,
    locate: gridAt,
  };
}

/** The routine steps from 上报 to 结案 by the desk, in order; each is one command an hour after the one before. */
export const routine = (id: string): readonly CaseCommandBody[] => [
  aReport(),
  { type: 'register', caseId: id, condition: '属实' },
  { type: 'dispatch', caseId: id, unit: '91', opinion: '请处理' },
  { type: 'sub_dispatch', caseId: id, unit: '911' },
  { type: 'accept', caseId: id, handlerId: 'handler-1' },
  { type: 'handle', caseId: id, result: '已更换井盖' },
  { type: 'feed_back', caseId: id },
  { type: 'request_check', caseId: id, collectorId: 'collector-1' },
  { type: 'check', caseId: id, result: 'passed' },
  { type: 'close', caseId: id, condition: '核查通过' },
];

export interface Play {
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  readonly now: Instant;
}

/** Plays commands through decide and evolve, an hour apart. @throws Error when one is refused */
export function play(bodies: readonly CaseCommandBody[], actor: Actor = desk, rules?: CaseRules): Play {
  const context = aContext(morning, rules);
  let state: CaseState | undefined;
  let now = morning;
  const events: CaseEvent[] = [];
  for (const [index, body] of bodies.entries()) {
    const decided = decide({ caseById: () => state }, { id: `command-${index}`, actor, body }, { ...context, now });
    if (!decided.ok) throw new Error(`${body.type} refused: ${decided.error.code}`);
    for (const event of decided.value) {
      events.push(event);
      state = evolve(state, event);
    }
    now = plus(now, HOUR_MS);
  }
  return { state: required(state, 'commands were played'), events, now };
}

/** A case after the first `steps` routine steps: 1 is reported, 2 registered, 3 dispatched … 10 closed. */
export function aCase(steps: number): CaseState {
  return play(routine('20261124000001').slice(0, steps)).state;
}
