import type { Actor } from '#domain/access/roles.ts';
import type { Instant } from '#domain/base/instant.ts';
import { redated } from '#domain/case/decide-side.ts';
import { handleDueAt } from '#domain/case/deadline.ts';
import type { CaseState } from '#domain/case/state.ts';
import { caseRules } from '#domain/reference/case-rules.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Commands } from '#host/ports/commands.ts';
import type { Log } from '#host/ports/log.ts';
import type { Moves } from '#host/ports/tables.ts';

const adopter: Actor = { id: 'rule-tables', roles: ['SYSTEM'], unit: null };

/** Moves that a preview lists; its counts are of all. */
const LISTED_MOVES = 500;
/** Commands that wait together. */
const TOGETHER = 200;

/** Remembers across a restart that deadlines still have to be moved; see pending-redate.ts. */
export interface PendingRedate {
  read(): Promise<string | null>;
  write(reason: string): Promise<void>;
  clear(): Promise<void>;
}

export interface RedateOpenOptions {
  readonly cases: Cases;
  readonly commands: Commands;
  readonly clock: Clock;
  readonly pending: PendingRedate;
  readonly log: Log;
}

/**
 * Moves the deadlines of open cases when a limit or the calendar changed (decision 0007, 8): a preview first, then one
 * command for each case that moves. Closed cases are never looked at.
 */
export function redateOpen({ cases, commands, clock, pending, log }: RedateOpenOptions) {
  let running: Promise<void> = Promise.resolve();

  const redate = async ({ id, version }: CaseState, tables: ReferenceTables, reason: string): Promise<void> => {
    const outcome = await commands.submit({
      id: `redate ${id} ${version} ${tables.versions.limits} ${tables.calendar.version}`,
      actor: adopter,
      body: { type: 'redate', caseId: id, reason },
    });
    const isSettled = outcome.ok || ['unchanged', 'wrong_state', 'merged'].includes(outcome.error.code);
    if (!isSettled) log.warn('a deadline could not be moved', { caseId: id, code: outcome.error.code });
  };

  const move = async (tables: ReferenceTables, reason: string): Promise<void> => {
    await pending.write(reason);
    const rules = caseRules(tables);
    const now = clock.now();
    const moving = cases.openStates().filter((state) => redated(state, { rules, now }) !== null);
    for (let at = 0; at < moving.length; at += TOGETHER) {
      await Promise.all(moving.slice(at, at + TOGETHER).map((state) => redate(state, tables, reason)));
    }
    await pending.clear();
  };

  const apply = (tables: ReferenceTables, reason: string): Promise<void> => {
    running = running
      .then(() => move(tables, reason))
      .catch((cause: unknown) => {
        log.error('deadlines could not be moved', { reason: cause instanceof Error ? cause.message : String(cause) });
      });
    return running;
  };

  return {
    /** What adopting these tables would do now. */
    preview(next: ReferenceTables): Moves {
      const now = clock.now();
      const rules = caseRules(next);
      const counts = { open: 0, moved: 0, overdueBefore: 0, overdueAfter: 0 };
      const moves: Moves['moves'][number][] = [];
      for (const state of cases.openStates()) {
        counts.open += 1;
        const move = redated(state, { rules, now });
        const before = dueOf(state);
        if (before !== null && before < now) counts.overdueBefore += 1;
        const after = move === null ? before : afterMove(state, move.clock, move.after);
        if (after !== null && after < now) counts.overdueAfter += 1;
        if (move === null) continue;
        counts.moved += 1;
        if (moves.length < LISTED_MOVES) {
          moves.push({ caseId: state.id, clock: move.clock, dueBefore: move.before, dueAfter: move.after });
        }
      }
      return { moves, counts };
    },

    /** Moves what the tables in force move, after what was asked before. */
    apply,

    /** Makes good what was interrupted when the host stopped. */
    async begin(tables: ReferenceTables): Promise<void> {
      const reason = await pending.read();
      if (reason !== null) await apply(tables, reason);
    },

    /** Resolves when nothing moves any more. */
    drained: () => running,
  };
}

/** The deadline that the desk shows; of a paused case the one that it comes back to. */
function dueOf(state: CaseState): Instant | null {
  return state.state === 'suspended' ? null : state.dueAt;
}

function afterMove(state: CaseState, clock: string, after: Instant): Instant | null {
  if (state.state === 'suspended') return null;
  if (clock !== 'handle') return after;
  if (state.clock !== 'handle') return state.dueAt;
  const { handleClock } = state;
  return handleClock === null ? after : handleDueAt({ ...state, handleClock: { ...handleClock, dueAt: after } });
}
