import type { HistoryStep } from '#contract/cases.ts';
import { caseStates, stagesOf, type CaseStateName, type RecordKind, type Stage } from '#domain/case/lifecycle.ts';
import type { ReturnPost } from '#domain/case/state.ts';

/** A stage of the stage bar and how long the case or ticket has been in it, over all its visits. */
export interface StageDwell {
  readonly stage: Stage;
  /** Milliseconds; null if it never was there. */
  readonly dwellMs: number | null;
  readonly isCurrent: boolean;
}

/** What of a case or ticket decides its stage now. */
export interface StageFacts {
  readonly record: RecordKind;
  readonly state: CaseStateName;
  readonly returnedTo: ReturnPost | null;
  /** The state that 挂账 paused. */
  readonly suspension: { readonly previous: CaseStateName } | null;
}

/** The stage that each step leads to; a step that is not named here keeps the stage it was in. */
const stageAfter: Readonly<Record<string, Stage>> = {
  'case.verify_requested.v1': 'report',
  'case.verified.v1': 'register',
  'case.verified.v2': 'register',
  'case.registered.v1': 'dispatch',
  'case.dispatched.v1': 'handle',
  'case.dispatched.v2': 'handle',
  'case.sub_dispatched.v1': 'handle',
  'case.sub_dispatched.v2': 'handle',
  'case.accepted.v1': 'handle',
  'case.handled.v1': 'handle',
  'case.handled.v2': 'handle',
  'case.fed_back.v1': 'feedback',
  'case.check_requested.v1': 'feedback',
  'case.reworked.v1': 'handle',
  'case.reworked.v2': 'handle',
  'case.close_failed.v1': 'dispatch',
  'case.archived.v1': 'close',
  'case.closed.v1': 'close',
  'case.force_closed.v1': 'close',
  'ticket.received.v1': 'sign',
  'ticket.return_requested.v1': 'sign',
  'ticket.return_reviewed.v1': 'sign',
  'ticket.signed.v1': 'assign',
  'ticket.assigned.v1': 'contact',
  'ticket.contacted.v1': 'handle',
  'ticket.work_started.v1': 'handle',
  'ticket.replied.v1': 'feedback',
  'ticket.call_back_begun.v1': 'call_back',
  'ticket.concluded.v1': 'call_back',
  'ticket.redone.v1': 'handle',
};

/** Sums up the spans between the steps; the last one runs until `now` while the case is open. */
export function stageDwells(steps: readonly HistoryStep[], facts: StageFacts, now: number): readonly StageDwell[] {
  const spans = new Map<Stage, number>();
  const [first = 'report'] = stagesOf(facts.record);
  let stage: Stage = first;
  for (const [index, step] of steps.entries()) {
    stage = stageOf(step, facts.record) ?? stage;
    const end = steps[index + 1]?.at ?? (caseStates[facts.state].isOpen ? now : step.at);
    spans.set(stage, (spans.get(stage) ?? 0) + Math.max(0, end - step.at));
  }
  const current = currentStage(facts);
  return stagesOf(facts.record).map((name) => ({
    stage: name,
    dwellMs: spans.get(name) ?? null,
    isCurrent: name === current,
  }));
}

function stageOf({ type, facts }: HistoryStep, record: RecordKind): Stage | null {
  if (type === 'case.reported.v1' || type === 'case.reported.v2')
    return facts['state'] === 'pending_register' ? 'register' : 'report';
  if (type === 'case.checked.v1' || type === 'case.checked.v2')
    return facts['result'] === 'passed' ? 'close' : 'feedback';
  if (type === 'case.recalled.v1') return record === 'ticket' ? 'assign' : 'dispatch';
  if (type === 'case.escalated.v1') return record === 'case' && facts['unit'] === null ? 'dispatch' : null;
  if (type !== 'case.returned.v1' && type !== 'case.returned.v2') return stageAfter[type] ?? null;
  if (facts['to'] !== 'returned') return 'handle';
  return stageOfPost(facts['returnedTo']);
}

function currentStage({ state, returnedTo, suspension }: StageFacts): Stage | null {
  if (state === 'returned') return stageOfPost(returnedTo);
  return caseStates[suspension === null ? state : suspension.previous].stage;
}

function stageOfPost(post: unknown): Stage {
  if (post === 'ACCEPTOR') return 'register';
  return post === 'DEPT' ? 'handle' : 'dispatch';
}
