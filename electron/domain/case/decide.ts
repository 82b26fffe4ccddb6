import type { Actor, Role } from '#domain/access/roles.ts';
import { assertNever, required } from '#domain/base/assert-never.ts';
import { MINUTE_MS, type Instant } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { UnitDirectory } from '#domain/dispatch/units.ts';
import { dueAt, type LimitTable } from '#domain/sla/limits.ts';
import type { CaseCommand, ReportCase } from './commands.ts';
import type { CaseEvent } from './events.ts';
import { transitions, type CaseAction, type Transition } from './lifecycle.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import type { CaseState } from './state.ts';

/** What `decide` may look at: cases in memory. Rules that span cases read several. */
export interface CaseWorld {
  caseById(id: string): CaseState | undefined;
}

/** The rules and tables in force, all of them arguments. */
export interface DecideContext {
  /** The host's time, which never runs backwards. */
  readonly now: Instant;
  /** Gives the next case number for a case reported at that instant; a number may be lost, never used twice. */
  readonly newCaseId: (reportedAt: Instant) => string;
  readonly units: UnitDirectory;
  readonly limits: LimitTable;
  /** The fourth-level grid that holds the point; null outside the district. */
  readonly locate: (lon: number, lat: number) => string | null;
}

/** A report may be dated ahead by this much, for clocks that differ a little. */
const CLOCK_TOLERANCE_MS = 2 * MINUTE_MS;

type Decision = Result<readonly CaseEvent[], Refusal>;

/**
 * The rules of the case 案件: turns a command into events, or refuses it. Pure: time, ids, tables and roles are
 * arguments. Every step is a row of the transition table; guards named `require…` say what else must hold.
 *
 * Source: domain.md §4.4; the row is named at each branch.
 */
export function decide(world: CaseWorld, command: CaseCommand, context: DecideContext): Decision {
  const { body, actor } = command;
  if (body.type === 'report') return decideReport(body, actor, context);

  const found = world.caseById(body.caseId);
  if (found === undefined) return refuse('not_found', { caseId: body.caseId });
  const guard = requireCurrent(found, body.expectedVersion) ?? requireTransition(found, body.type, actor);
  if (guard !== null) return guard;
  const step = { caseId: found.id, version: found.version + 1, at: context.now };
  const by = (action: CaseAction) => actorOf(actor, rolesFor(found, action), found);

  switch (body.type) {
    case 'register': // row 4
      if (isBlank(body.condition)) return refuse('condition_missing');
      return events({
        ...step,
        by: by('register'),
        type: 'case.registered.v1',
        condition: body.condition.trim(),
        dueAt: dueAt(context.limits, 'dispatch', found.classRef, context.now),
      });

    case 'dispatch': // row 6; out of `returned` the dispatcher sends on
      return (
        requireUnit(context.units, body.unit, null) ??
        events({
          ...step,
          by: by('dispatch'),
          type: 'case.dispatched.v1',
          unit: body.unit,
          opinion: wordsOrNull(body.opinion),
          // A deadline that runs is kept: after a return the original one stays (domain.md §4.4, configurable later).
          dueAt: found.handleDueAt ?? dueAt(context.limits, 'handle', found.classRef, context.now),
        })
      );

    case 'sub_dispatch': // row 6a, deadline unchanged
      return (
        requireUnit(context.units, body.unit, required(found.holder, 'a dispatched case has a holder').unit) ??
        events({
          ...step,
          by: by('sub_dispatch'),
          type: 'case.sub_dispatched.v1',
          unit: body.unit,
          opinion: wordsOrNull(body.opinion),
        })
      );

    case 'accept': // row 9, 采办分离
      if (found.reporterId !== null && body.handlerId === found.reporterId) {
        return refuse('finder_is_handler', { handlerId: body.handlerId });
      }
      return events({ ...step, by: by('accept'), type: 'case.accepted.v1', handlerId: body.handlerId });

    case 'handle': // row 11
      if (isBlank(body.result)) return refuse('result_missing');
      return events({ ...step, by: by('handle'), type: 'case.handled.v1', result: body.result.trim() });

    case 'feed_back': // row 13, the handling clock stops
      return events({ ...step, by: by('feed_back'), type: 'case.fed_back.v1', opinion: wordsOrNull(body.opinion) });

    case 'request_check': // row 15; who handled cannot check
      if (body.collectorId === found.handlerId) {
        return refuse('handler_is_checker', { collectorId: body.collectorId });
      }
      return events({
        ...step,
        by: by('request_check'),
        type: 'case.check_requested.v1',
        collectorId: body.collectorId,
        dueAt: dueAt(context.limits, 'check', found.classRef, context.now),
      });

    case 'check': // row 16, only by the collector who was sent, or by the desk that records the answer
      if (actor.unit !== null && actor.id !== found.collectorId) return refuse('not_the_collector');
      if (body.result !== 'passed' && isBlank(body.opinion)) return refuse('reason_missing');
      return events({
        ...step,
        by: by('check'),
        type: 'case.checked.v1',
        result: body.result,
        opinion: wordsOrNull(body.opinion),
      });

    case 'rework': // row 14, the same unit again
      if (isBlank(body.reason)) return refuse('reason_missing');
      return events({
        ...step,
        by: by('rework'),
        type: 'case.reworked.v1',
        unit: required(lastHandlingUnit(found), 'a case in checking has been handled by a unit'),
        reason: body.reason.trim(),
      });

    case 'return': // rows 7, 8, 10, 12
      if (isBlank(body.reason)) return refuse('reason_missing');
      return events({
        ...step,
        by: by('return'),
        type: 'case.returned.v1',
        ...returnTarget(found),
        reason: body.reason.trim(),
      });

    case 'close': // row 17
      if (isBlank(body.condition)) return refuse('condition_missing');
      return events({ ...step, by: by('close'), type: 'case.closed.v1', condition: body.condition.trim() });

    default:
      return assertNever(body, 'command');
  }
}

/** Whether an action could be taken now, and if not, why; guards on the content of the form come later. */
export function actionRefusal(found: CaseState, action: CaseAction, actor: Actor): Refusal | null {
  const guard = requireTransition(found, action, actor);
  return guard === null || guard.ok ? null : guard.error;
}

function decideReport(body: ReportCase, actor: Actor, context: DecideContext): Decision {
  // 网格员上报 was looked at on the spot: it waits for 立案. Everything else waits for the acceptor (row 1).
  const toRegister = body.source === 'grid_staff' && actor.roles.includes('COLLECTOR') && body.imported === null;
  const posts: readonly Role[] = toRegister ? ['COLLECTOR'] : ['ACCEPTOR', 'SYSTEM'];
  const role = posts.find((name) => actor.roles.includes(name));
  if (role === undefined) return refuse('wrong_role', { action: 'report' });
  if (isBlank(body.description) && isBlank(body.classRef.name)) return refuse('description_missing');
  if ((body.lon === null) !== (body.lat === null)) return refuse('place_incomplete');
  if (body.reportedAt > context.now + CLOCK_TOLERANCE_MS) return refuse('reported_in_future');

  const gridCode = body.lon === null || body.lat === null ? null : context.locate(body.lon, body.lat);
  // Two whole literals: common facts spread into each cost 5 µs of CPU, not 0.5, and folding and encoding the event the
  // half again (Node 20, 2026-11). An import makes a hundred thousand of these.
  const place = { lon: body.lon, lat: body.lat, address: body.address, gridCode };
  const by = { id: actor.id, role, unit: actor.unit };
  const caseId = context.newCaseId(body.reportedAt);
  if (body.imported?.state === 'closed') {
    return events({
      type: 'case.archived.v1',
      caseId,
      version: 1,
      at: context.now,
      by,
      source: body.source,
      classRef: body.classRef,
      place,
      description: body.description,
      reportedAt: body.reportedAt,
      reporterId: body.reporterId,
      external: body.external,
      extra: body.extra,
      isDemo: body.isDemo,
      closedAt: body.imported.closedAt,
    });
  }
  return events({
    type: 'case.reported.v1',
    caseId,
    version: 1,
    at: context.now,
    by,
    source: body.source,
    classRef: body.classRef,
    place,
    description: body.description,
    reportedAt: body.reportedAt,
    reporterId: body.reporterId,
    external: body.external,
    extra: body.extra,
    isDemo: body.isDemo,
    state: toRegister ? 'pending_register' : 'reported',
    dueAt: body.imported === null ? dueAt(context.limits, 'register', body.classRef, context.now) : null,
  });
}

function requireCurrent(found: CaseState, expectedVersion: number | undefined): Decision | null {
  if (found.isArchived) return refuse('archived');
  if (expectedVersion === undefined || expectedVersion === found.version) return null;
  return refuse('stale', { expected: String(expectedVersion), current: String(found.version) });
}

function requireTransition(found: CaseState, action: CaseAction, actor: Actor): Decision | null {
  if (found.isArchived) return refuse('archived');
  const rows = rowsFor(found, action);
  if (rows.length === 0) return refuse('wrong_state', { state: found.state, action });
  const allowed = new Set(rows.flatMap((row) => row.by));
  if (!actor.roles.some((role) => allowed.has(role))) return refuse('wrong_role', { action });
  if (found.state === 'returned') {
    const post = found.returnedTo;
    if (post === null || !allowed.has(post)) return refuse('returned_to_other_post', { post: String(post) });
  }
  // The district desk (no unit) may record an act for whoever holds the case; a unit only for itself.
  if (actor.unit !== null && found.holder?.unit !== actor.unit && action !== 'check') {
    return refuse('not_holder', { unit: actor.unit });
  }
  return null;
}

function rowsFor(found: CaseState, action: CaseAction): readonly Transition[] {
  return transitions.filter((row) => row.from === found.state && row.action === action);
}

function rolesFor(found: CaseState, action: CaseAction): readonly Role[] {
  return rowsFor(found, action).flatMap((row) => row.by);
}

function actorOf(actor: Actor, allowed: readonly Role[], found: CaseState): CaseEvent['by'] {
  const role = required(
    allowed.find((name) => actor.roles.includes(name)),
    'the transition was allowed for one of the roles',
  );
  const actsForUnit = role === 'DEPT' || role === 'HANDLER';
  return { id: actor.id, role, unit: actor.unit ?? (actsForUnit ? (found.holder?.unit ?? null) : null) };
}

function requireUnit(units: UnitDirectory, code: string, sender: string | null): Decision | null {
  const unit = units.unit(code);
  if (unit === undefined) return refuse('unit_unknown', { unit: code });
  if (unit.parent === null || !units.isBelow(code, sender)) return refuse('unit_not_below', { unit: code });
  return null;
}

/** Where a return leads: back one step, to whoever sent the case here (rows 7, 8, 10, 12). */
function returnTarget(found: CaseState): {
  to: 'returned' | 'pending_handle' | 'handling';
  returnedTo: 'ACCEPTOR' | 'DISPATCHER' | null;
} {
  if (found.state === 'handling') return { to: 'pending_handle', returnedTo: null };
  if (found.state === 'handle_finished') return { to: 'handling', returnedTo: null };
  if (found.state === 'pending_handle') return { to: 'returned', returnedTo: 'DISPATCHER' };
  return { to: 'returned', returnedTo: 'ACCEPTOR' };
}

/** The unit that handled last, the one a rework goes back to. */
function lastHandlingUnit(found: CaseState): string | null {
  return found.chain.findLast((hop) => hop.unit !== null && hop.outcome === 'fed_back')?.unit ?? null;
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

function wordsOrNull(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text.trim();
}

function events(...list: readonly CaseEvent[]): Decision {
  return ok(list);
}

function refuse(code: RefusalCode, detail: Readonly<Record<string, string>> = {}): Decision {
  return refused({ code, detail });
}
