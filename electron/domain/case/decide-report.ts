import type { Actor, Role } from '#domain/access/roles.ts';
import { refused } from '#domain/base/result.ts';
import { MINUTE_MS, plus, type Instant } from '#domain/base/instant.ts';
import { deadlineFrom, events, isBlank, photoRefusal, refuse, type DecideContext, type Decision } from './decision.ts';
import { photosOf, type ReportCase } from './commands.ts';
import { withReporter } from './reporter.ts';
import type { EventOf } from './events.ts';
import type { Place } from './state.ts';

/** A report may be dated ahead by this much, for clocks that differ a little. */
const CLOCK_TOLERANCE_MS = 2 * MINUTE_MS;

/** Row 1: 上报. A collector's own report waits for 立案, everything else for the acceptor. */
export function decideReport(body: ReportCase, actor: Actor, context: DecideContext): Decision {
  const toRegister = body.source === 'grid_staff' && actor.roles.includes('COLLECTOR') && body.imported === null;
  const posts: readonly Role[] = toRegister ? ['COLLECTOR'] : ['ACCEPTOR', 'SYSTEM'];
  const role = posts.find((name) => actor.roles.includes(name));
  if (role === undefined) return refuse('wrong_role', { action: 'report' });
  if (isBlank(body.description) && isBlank(body.classRef.name)) return refuse('description_missing');
  if ((body.lon === null) !== (body.lat === null)) return refuse('place_incomplete');
  if (isInFuture(body.reportedAt, context)) return refuse('reported_in_future');

  const photos = photosOf(body);
  const noPhoto = toRegister ? photoRefusal('report', photos, context) : null;
  if (noPhoto !== null) return refused(noPhoto);

  const place = placeOf(body, context);
  if (body.imported === null) {
    const message = context.rules.blackout(body.classRef, place.gridCode, context.now);
    if (message !== null) return refuse('blackout', { message });
  }
  // Two whole literals: common facts spread into each cost 5 µs of CPU, not 0.5, and folding and encoding the event the
  // half again (Node 20, 2026-11). An import makes a hundred thousand of these.
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
  const reported: EventOf<'case.reported.v2'> = {
    type: 'case.reported.v2',
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
    dueAt: body.imported === null ? registerDueAt(body, place, context) : null,
    photos,
  };
  return withReporter(reported, body.reporter);
}

/** Whether a moment lies ahead of the host's clock by more than clocks differ. */
export function isInFuture(at: Instant, context: DecideContext): boolean {
  return at > plus(context.now, CLOCK_TOLERANCE_MS);
}

/** The place of a report, with the fourth-level grid that holds its point. */
export function placeOf(
  { lon, lat, address }: { readonly lon: number | null; readonly lat: number | null; readonly address: string },
  context: DecideContext,
): Place {
  return { lon, lat, address, gridCode: lon === null || lat === null ? null : context.locate(lon, lat) };
}

function registerDueAt({ classRef }: ReportCase, { gridCode }: Place, context: DecideContext): Instant {
  const none = { timeClass: null, condition: null } as const;
  const query = { record: 'case', clock: 'register', classRef, areaCode: gridCode, ...none } as const;
  return deadlineFrom(context, query, context.now).dueAt;
}
