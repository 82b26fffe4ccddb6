import { refused } from '#domain/base/result.ts';
import type { CaseCommand, CaseCommandBody } from './commands.ts';
import { refuse, type Ask, type CaseWorld, type DecideContext, type Decider, type Decision } from './decision.ts';
import { chainRules } from './decide-chain.ts';
import { decideReport } from './decide-report.ts';
import { mergeRules } from './decide-merge.ts';
import { sideRules } from './decide-side.ts';
import { reporterRules } from './reporter.ts';
import { stepRules } from './decide-steps.ts';
import { decideReceive, ticketRules } from './decide-ticket.ts';
import { actionRefusal } from './guards.ts';
import type { CaseState } from './state.ts';
import type { CaseAction } from './transitions.ts';

/** Every action on an existing case, by name; a missing rule is a compile error. */
const rules: { readonly [Action in Exclude<CaseAction, 'report' | 'receive'>]: Decider<Action> } = {
  ...stepRules,
  ...chainRules,
  ...sideRules,
  ...mergeRules,
  ...ticketRules,
  ...reporterRules,
};

/**
 * The rule book of the case 案件 and the ticket 工单: turns a command into events, or refuses it. Pure: time, ids, tables
 * and roles are arguments. Every step is a row of the transition table (transitions.ts); guards.ts says what else must
 * hold, the rules (decide-….ts) look at what the command brings.
 *
 * Source: domain.md §4.4, §4.5, §7.7; the row is named at each rule.
 */
export function decide(world: CaseWorld, command: CaseCommand, context: DecideContext): Decision {
  const { body, actor } = command;
  if (body.type === 'report') return decideReport(body, actor, context);
  if (body.type === 'receive') return decideReceive(body, actor, context);

  const found = world.caseById(body.caseId);
  if (found === undefined) return refuse('not_found', { caseId: body.caseId });
  if (body.expectedVersion !== undefined && body.expectedVersion !== found.version && !found.isArchived) {
    return refuse('stale', { expected: String(body.expectedVersion), current: String(found.version) });
  }
  const guard = actionRefusal(found, body.type, actor, context);
  if (guard !== null) return refused(guard);
  const ask: Ask = { world, actor, context };

  return ruleOf(body.type)(body, found, ask);
}

/** The rule of a command's own action: the table pairs them, which the compiler cannot see through a union. */
function ruleOf(
  action: Exclude<CaseAction, 'report' | 'receive'>,
): (body: CaseCommandBody, found: CaseState, ask: Ask) => Decision {
  return rules[action] as (body: CaseCommandBody, found: CaseState, ask: Ask) => Decision;
}
