import type { Actor, Role } from '#domain/access/roles.ts';
import { required } from '#domain/base/assert-never.ts';
import type { Instant } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { UnitDirectory } from '#domain/dispatch/units.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { Limit } from '#domain/sla/limit.ts';
import type { BodyOf } from './commands.ts';
import type { CaseEvent, EventBase } from './events.ts';
import { isShown, photoNeed, type Photo, type PhotoStep } from './photos.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import type { CaseRules, LimitQuery } from './rules.ts';
import type { TakenLimit } from './side.ts';
import type { CaseState } from './state.ts';
import { rowsFor, type CaseAction, type Transition } from './transitions.ts';

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
  readonly rules: CaseRules;
  /** The fourth-level grid that holds the point; null outside the district. */
  readonly locate: (lon: number, lat: number) => string | null;
}

export type Decision = Result<readonly CaseEvent[], Refusal>;

/** Everything a rule may look at beside the command and its case. */
export interface Ask {
  readonly world: CaseWorld;
  readonly actor: Actor;
  readonly context: DecideContext;
}

/** One rule: a command on an existing case, guards of the table already passed. */
export type Decider<Action extends CaseAction> = (body: BodyOf<Action>, found: CaseState, ask: Ask) => Decision;

export function events(...list: readonly CaseEvent[]): Decision {
  return ok(list);
}

export function refuse(code: RefusalCode, detail: Readonly<Record<string, string>> = {}): Decision {
  return refused(refusal(code, detail));
}

export function refusal(code: RefusalCode, detail: Readonly<Record<string, string>> = {}): Refusal {
  return { code, detail };
}

/**
 * What the next event of a case carries: its version, the time, and the actor in the role of the table. Spread it last:
 * properties that are added after a spread cost microseconds each time, before it next to nothing (Node 20, 2026-11).
 */
export function step(found: CaseState, action: CaseAction, { actor, context }: Ask): EventBase {
  return { caseId: found.id, version: found.version + 1, at: context.now, by: actorOf(found, action, actor) };
}

/** The actor in the first role that the table names; acts recorded by the desk for a unit carry that unit. */
export function actorOf(found: CaseState, action: CaseAction, actor: Actor): EventBase['by'] {
  const role = required(roleFor(found, action, actor), 'the transition was allowed for one of the roles');
  const actsForUnit = role === 'DEPT' || role === 'HANDLER';
  return { id: actor.id, role, unit: actor.unit ?? (actsForUnit ? (found.holder?.unit ?? null) : null) };
}

/** Roles that may use a row here: the holder's rows of a returned case 回退 are for the post that got it back. */
export function rolesIn(row: Transition, found: CaseState): readonly Role[] {
  if (found.state !== 'returned' || row.scope !== 'holder') return row.by;
  return row.by.filter((role) => role === found.returnedTo);
}

function roleFor(found: CaseState, action: CaseAction, actor: Actor): Role | undefined {
  for (const row of rowsFor(found.record, found.state, action)) {
    const role = rolesIn(row, found).find((name) => actor.roles.includes(name));
    if (role !== undefined) return role;
  }
  return undefined;
}

/** Why an act must not be taken with these photos, by the policies in force; null if it may. */
export function photoRefusal(
  step: PhotoStep,
  photos: readonly Photo[],
  { rules, now }: Pick<DecideContext, 'rules' | 'now'>,
): Refusal | null {
  const need = photoNeed(step, rules.policiesAt(now));
  return isShown(need, photos) ? null : refusal('photo_missing', { action: step, photo: String(need) });
}

export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

export function wordsOrNull(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text.trim();
}

/** A limit from the table in force, and when a clock with it that starts at `from` ends. */
export function deadlineFrom(
  context: DecideContext,
  query: Omit<LimitQuery, 'at'>,
  from: Instant,
): { readonly limit: TakenLimit; readonly dueAt: Instant; readonly isProvisional: boolean } {
  const limit = context.rules.limitFor({ ...query, at: from });
  const { at, isProvisional } = context.rules.calendar.add(from, limit satisfies Limit);
  return { limit, dueAt: at, isProvisional };
}

/** When a stage clock of this case that starts now ends. */
export function stageDueAt(
  context: DecideContext,
  found: CaseState,
  clock: 'verify' | 'register' | 'dispatch' | 'check',
): Instant {
  return deadlineFrom(context, queryOf(found, clock), context.now).dueAt;
}

export function queryOf(found: CaseState, clock: LimitQuery['clock']): Omit<LimitQuery, 'at'> {
  return {
    record: found.record,
    clock,
    classRef: found.classRef,
    areaCode: found.place.gridCode,
    timeClass: found.side.ticket?.timeClass ?? null,
    condition: found.condition,
  };
}

/** The unit that handled last, the one a rework goes back to. */
export function lastHandlingUnit(found: CaseState): string | null {
  return found.chain.findLast((hop) => hop.unit !== null && hop.outcome === 'fed_back')?.unit ?? null;
}

/**
 * Why a unit can't get an order now: nobody knows it, it is the district itself, or it was dissolved; the detail then
 * names who took over.
 */
export function unitRefusal(code: string, { units, now }: Pick<DecideContext, 'units' | 'now'>): Refusal | null {
  const unit = units.unit(code);
  if (unit === undefined || unit.parent === null) return refusal('unit_unknown', { unit: code });
  const day = dayOf(now);
  if (units.inForce(code, day) !== undefined) return null;
  return refusal('unit_not_in_force', { unit: code, successor: units.replacementFor(code, day)?.unit.code ?? '' });
}
