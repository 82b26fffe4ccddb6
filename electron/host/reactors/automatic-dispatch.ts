import type { Actor } from '#domain/access/roles.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { Suggestion } from '#domain/dispatch/suggest.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Commands } from '#host/ports/commands.ts';
import type { Log } from '#host/ports/log.ts';

const automaton: Actor = { id: 'automatic-dispatch', roles: ['DISPATCHER'], unit: null };

export interface AutomaticDispatchOptions {
  readonly cases: Cases;
  readonly commands: Commands;
  /** Whether the policy `automatic_dispatch` is on. */
  readonly isOn: () => boolean;
  readonly suggest: (found: CaseState) => readonly Suggestion[];
  readonly log: Log;
}

/**
 * Sends a case that was just filed to the unit of a white-listed responsibility, if that is the first suggestion. It acts
 * once per filing, as a dispatcher of its own name; what it did can be recalled like any dispatch.
 */
export function automaticDispatch({ cases, commands, isOn, suggest, log }: AutomaticDispatchOptions) {
  const dispatch = async (found: CaseState) => {
    if (found.state !== 'pending_dispatch' || found.lastAction !== 'register' || found.returnCount > 0) return;
    const [first] = suggest(found);
    if (first === undefined || !first.isAutomatic) return;
    const outcome = await commands.submit({
      id: `automatic dispatch ${found.id} ${found.version}`,
      actor: automaton,
      body: {
        type: 'dispatch',
        caseId: found.id,
        expectedVersion: found.version,
        unit: first.lead.unit.code,
        personId: first.lead.personId,
        mode: first.mode,
        orders: first.co.map(({ unit }) => ({ unit: unit.code, personId: null, role: 'co' })),
      },
    });
    if (!outcome.ok && outcome.error.code !== 'stale') {
      log.warn('an automatic dispatch was refused', { caseId: found.id, code: outcome.error.code });
    }
  };

  const stop = cases.onChanged((changes) => {
    if (isOn()) for (const { state } of changes) void dispatch(state);
  });

  return {
    /** Cases that were filed and not sent when the host stopped. */
    async begin(): Promise<void> {
      if (!isOn()) return;
      for (const { id, state } of cases.openRows()) {
        if (state !== 'pending_dispatch') continue;
        const found = await cases.load(id);
        if (found !== undefined) await dispatch(found);
      }
    },
    close: stop,
  };
}
