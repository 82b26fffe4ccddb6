import { MINUTE_MS } from '#domain/base/instant.ts';
import type { Actor } from '#domain/access/roles.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { Commands } from '#host/ports/commands.ts';
import type { Log } from '#host/ports/log.ts';

/** Longest wait of one timer: timers count what passes, and a clock may be set on meanwhile, or the machine sleep. */
const LONGEST_WAIT_MS = MINUTE_MS;

/** How long after a refusal that may pass (a full disk) the command is sent again. */
const RETRY_MS = 30_000;

const timers: Actor = { id: 'timers', roles: ['SYSTEM'], unit: null };

export interface ResumeSuspendedOptions {
  readonly cases: Cases;
  readonly commands: Commands;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Log;
}

/**
 * Ends a pause 挂账 on its end date (domain.md §4.4, row 21). The command id comes from case and date, so that a restart in
 * between does it once. Call `begin` when the journal is folded.
 */
export function resumeSuspended({ cases, commands, clock, scheduler, log }: ResumeSuspendedOptions) {
  const ends = new Map<string, number>();
  let cancel: (() => void) | null = null;
  let isClosed = false;

  const look = (state: CaseState) => {
    const until = state.state === 'suspended' ? state.side.suspension?.until : undefined;
    if (until === undefined) ends.delete(state.id);
    else ends.set(state.id, until);
  };

  const plan = (atLeastMs: number) => {
    cancel?.();
    cancel = null;
    if (ends.size === 0 || isClosed) return;
    const next = Math.min(...ends.values());
    const wait = Math.max(atLeastMs, next - clock.now());
    cancel = scheduler.after(Math.min(wait, LONGEST_WAIT_MS), () => void resumeDue());
  };

  const resumeDue = async () => {
    const now = clock.now();
    const due = [...ends].filter(([, until]) => until <= now);
    const outcomes = await Promise.all(
      due.map(async ([caseId, until]) => {
        const outcome = await commands.submit({
          id: `resume ${caseId} ${until}`,
          actor: timers,
          body: { type: 'resume', caseId },
        });
        if (outcome.ok) return true;
        const isSettled = outcome.error.code === 'wrong_state' || outcome.error.code === 'merged';
        if (isSettled) ends.delete(caseId);
        else log.warn('a pause could not be ended', { caseId, code: outcome.error.code });
        return isSettled;
      }),
    );
    plan(outcomes.every(Boolean) ? 0 : RETRY_MS);
  };

  const stop = cases.onChanged((changes) => {
    const before = ends.size;
    let earliest = false;
    for (const { state } of changes) {
      const known = ends.get(state.id);
      look(state);
      earliest ||= ends.get(state.id) !== known;
    }
    if (earliest || ends.size !== before) plan(0);
  });

  return {
    async begin(): Promise<void> {
      for (const { id, state } of cases.openRows()) {
        if (state !== 'suspended') continue;
        const found = await cases.load(id);
        if (found !== undefined) look(found);
      }
      plan(0);
    },
    /** The clock was set: what was planned for later may be due. */
    planAgain(): void {
      plan(0);
    },
    close(): void {
      isClosed = true;
      stop();
      cancel?.();
    },
  };
}
