import type { Alarm } from '#domain/alarms/alarm.ts';
import { isWaiting } from '#domain/alarms/alarm.ts';
import { HOUR_MS, plus, type Instant } from '#domain/base/instant.ts';
import { isUrgentCase } from '#domain/case/urgent.ts';
import type { CaseState } from '#domain/case/state.ts';
import { attentionLevel, type AttentionLevel } from '#domain/sla/attention-level.ts';

/**
 * What a handover 交接班 tells (desk-wall-briefing.md §9.10): due within the next hours, past due, alarms nobody acknowledged and
 * shelved ones, wishes that wait for a decision, 督办 without an answer, what is wrong with host and feeds; and since the handover
 * before: raised 提级, new, ended.
 */
export const lineKinds = [
  'risk',
  'overdue',
  'alarm',
  'shelved',
  'approval',
  'supervision',
  'fact',
  'escalated',
  'opened',
  'ended',
] as const;
export type LineKind = (typeof lineKinds)[number];

/** `at` risk is what falls due within so long. */
export const RISK_MS = 4 * HOUR_MS;
/** Of what is not urgent so many lines are listed; their number is told in full. */
export const LISTED = 200;

/**
 * One line of the form. `key` stays the same while its subject does, also when what was at risk is past due. `name`: of a case
 * its class, of an alarm its type, of a fact its code. `area`: code of the grid, or of the finest area known. `what`: which deadline, or which
 * wish. `at`: due, answer wanted, raised, shelved until, or asked. `isNew`: came since the handover before. No words of people.
 */
export interface HandoverLine {
  readonly key: string;
  readonly kind: LineKind;
  readonly caseId: string | null;
  readonly name: string;
  readonly area: string | null;
  readonly what: string | null;
  readonly at: Instant | null;
  readonly level: AttentionLevel;
  readonly isNew: boolean;
  readonly detail: Readonly<Record<string, string>>;
}

/** What is remembered of a case that was open at the handover before. */
export interface CaseBefore {
  readonly name: string;
  readonly area: string | null;
  readonly escalations: number;
}

/** How things stood at the handover before. */
export interface Before {
  readonly at: Instant;
  readonly open: ReadonlyMap<string, CaseBefore>;
  /** Cases reported until then, open or ended. */
  readonly total: number;
}

export interface HandoverFacts {
  readonly now: Instant;
  /** Null at the first handover, or when the past can't be read: nothing is compared. */
  readonly before: Before | null;
  readonly open: readonly CaseState[];
  /** Ended ones that may wait for the decision on an appeal 申诉. */
  readonly ended: readonly CaseState[];
  readonly total: number;
  readonly alarms: readonly Alarm[];
  readonly facts: readonly {
    readonly id: string;
    readonly code: string;
    readonly severity: 'info' | 'warning' | 'error';
    readonly since: number;
    readonly detail: Readonly<Record<string, string>>;
  }[];
}

/** Lines and how many there are of each kind; of {@link LISTED} kinds more may be counted than are listed. */
export interface HandoverSummary {
  readonly lines: readonly HandoverLine[];
  readonly counts: Readonly<Record<LineKind, number>>;
  readonly open: number;
}

export function caseBefore({ classRef, place, side }: CaseState): CaseBefore {
  return { name: classRef.name, area: place.gridCode, escalations: side.escalationCount };
}

/** Everything a handover tells, by kind in the order of {@link lineKinds}, the most pressing first. */
export function handoverLines(facts: HandoverFacts): HandoverSummary {
  const { now, before, open } = facts;
  const found: HandoverLine[] = [
    ...open.flatMap((state) => deadlineLines(state, now, before?.at ?? null)),
    ...facts.alarms.flatMap((alarm) => alarmLines(alarm, before?.at ?? null)),
    ...[...open, ...facts.ended].flatMap((state) => waitingLines(state, now, before?.at ?? null)),
    ...facts.facts.filter(({ severity }) => severity !== 'info').map((fact) => factLine(fact, before?.at ?? null)),
    ...(before === null ? [] : changedLines(open, before, now)),
  ];
  const counts = Object.fromEntries(lineKinds.map((kind) => [kind, 0])) as Record<LineKind, number>;
  for (const { kind } of found) counts[kind] += 1;
  if (before !== null) {
    // What came and ended in between is in neither picture.
    counts.opened = facts.total - before.total;
    counts.ended = before.open.size + counts.opened - open.length;
  }
  const lines = lineKinds.flatMap((kind) => {
    const own = found.filter((line) => line.kind === kind).sort(mostPressing);
    return own.filter((line, index) => index < LISTED || isAlwaysListed(line));
  });
  return { lines, counts, open: open.length };
}

/** What runs out: the clock of the step, the first contact 首响 of a ticket, a step of 批示, the end of 挂账. */
function deadlinesOf({ clock, dueAt, side }: CaseState): readonly { what: string; at: Instant }[] {
  const { ticket, endorsement, suspension } = side;
  const step = endorsement?.steps.find(({ state }) => state === 'current');
  return [
    ...(dueAt === null ? [] : [{ what: clock ?? 'handle', at: dueAt }]),
    ...(ticket === null || ticket.firstContactAt !== null ? [] : [{ what: 'contact', at: ticket.contactDueAt }]),
    ...(step?.dueAt == null ? [] : [{ what: 'endorse', at: step.dueAt }]),
    ...(suspension === null ? [] : [{ what: 'suspension', at: suspension.until }]),
  ];
}

function deadlineLines(state: CaseState, now: Instant, since: Instant | null): HandoverLine[] {
  return deadlinesOf(state).flatMap(({ what, at }) => {
    if (at > plus(now, RISK_MS)) return [];
    const isPast = at < now;
    const isNew = isPast ? since !== null && at >= since : isSince(state.recordedAt, since);
    return {
      ...aboutCase(state, now),
      key: `due:${state.id}:${what}`,
      kind: isPast ? 'overdue' : 'risk',
      what,
      at,
      isNew,
    };
  });
}

function waitingLines(state: CaseState, now: Instant, since: Instant | null): HandoverLine[] {
  const { extensionRequest, suspensionRequest, appeal, ticket, supervisions } = state.side;
  const wishes = [
    { what: 'extension', at: extensionRequest?.at },
    { what: 'suspension', at: suspensionRequest?.at },
    { what: 'appeal', at: appeal?.result === 'pending' ? appeal.at : undefined },
    { what: 'return', at: ticket?.returnRequest?.at },
  ];
  return [
    ...wishes.flatMap(({ what, at }): HandoverLine[] => {
      if (at === undefined) return [];
      const isNew = isSince(at, since);
      return [{ ...aboutCase(state, now), key: `approval:${state.id}:${what}`, kind: 'approval', what, at, isNew }];
    }),
    ...supervisions.flatMap((one): HandoverLine[] => {
      if (one.answer !== null) return [];
      const about = { what: `level${one.level}`, at: one.answerBy, isNew: isSince(one.at, since) };
      return [{ ...aboutCase(state, now), key: `supervision:${state.id}:${one.id}`, kind: 'supervision', ...about }];
    }),
  ];
}

function changedLines(open: readonly CaseState[], before: Before, now: Instant): HandoverLine[] {
  const isOpen = new Set(open.map(({ id }) => id));
  const changed = open.flatMap((state): HandoverLine[] => {
    const known = before.open.get(state.id);
    const isRaised = state.side.escalationCount > (known?.escalations ?? 0);
    if (known !== undefined && !isRaised) return [];
    const about = { ...aboutCase(state, now), what: null, isNew: true };
    return [
      ...(isRaised ? [{ ...about, key: `escalated:${state.id}`, kind: 'escalated' as const, at: state.dueAt }] : []),
      ...(known === undefined
        ? [{ ...about, key: `opened:${state.id}`, kind: 'opened' as const, at: state.reportedAt }]
        : []),
    ];
  });
  const ended = [...before.open].flatMap(([caseId, { name, area }]): HandoverLine[] => {
    if (isOpen.has(caseId)) return [];
    const about = { what: null, at: null, level: null, isNew: true, detail: {} };
    return [{ key: `ended:${caseId}`, kind: 'ended', caseId, name, area, ...about }];
  });
  return [...changed, ...ended];
}

function alarmLines(alarm: Alarm, since: Instant | null): HandoverLine[] {
  const { id, typeId, place, about, priority, shelf, raisedAt } = alarm;
  if (shelf === null && !isWaiting(alarm)) return [];
  return [
    {
      ...{ key: `alarm:${id}`, kind: shelf === null ? 'alarm' : 'shelved', name: typeId, level: priority },
      ...{ caseId: about.kind === 'case' ? about.caseId : null, area: place.grid ?? place.area, what: null },
      ...{ at: shelf?.until ?? raisedAt, isNew: isSince(raisedAt, since), detail: {} },
    },
  ];
}

function factLine(fact: HandoverFacts['facts'][number], since: Instant | null): HandoverLine {
  const at = fact.since as Instant;
  const about = { caseId: null, area: null, what: fact.severity, level: null };
  const { id, code, detail } = fact;
  return { key: `fact:${id}`, kind: 'fact', name: code, ...about, at, isNew: isSince(at, since), detail };
}

function aboutCase(state: CaseState, now: Instant) {
  const openSupervisions = state.side.supervisions.filter(({ answer }) => answer === null).length;
  const { dueAt, clockStartedAt, returnCount } = state;
  const facts = { dueAt, clockStartedAt, returnCount, openSupervisions, isUrgent: isUrgentCase(state) };
  const level = attentionLevel(facts, now);
  return { caseId: state.id, name: state.classRef.name, area: state.place.gridCode, level, detail: {} };
}

function isSince(at: number, since: Instant | null): boolean {
  return since !== null && at >= since;
}

/** What somebody must act on is never left out, however much there is; what was overdue before, and what came and went, may be. */
function isAlwaysListed({ kind, isNew }: HandoverLine): boolean {
  if (kind === 'overdue') return isNew;
  return kind !== 'opened' && kind !== 'ended';
}

/** Of what is past due what is new before what the last shift handed over; of that and of alarms by level, of the rest by time. */
function mostPressing(a: HandoverLine, b: HandoverLine): number {
  const newFirst = a.kind === 'overdue' ? Number(b.isNew) - Number(a.isNew) : 0;
  const byLevel = (a.level ?? 5) - (b.level ?? 5);
  const byTime = (a.at ?? Infinity) - (b.at ?? Infinity) || 0;
  const first = a.kind === 'alarm' || a.kind === 'overdue' ? byLevel || byTime : byTime || byLevel;
  return newFirst || first || (a.key < b.key ? -1 : 1);
}
