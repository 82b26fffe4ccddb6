import type { HistoryStep } from '#contract/cases.ts';
import { caseStates, stages, type CaseStateName, type Stage } from '#domain/case/lifecycle.ts';

/** A stage of the stage bar 上报 → … → 结案 and how long the case has been in it, over all its visits. */
export interface StageDwell {
  readonly stage: Stage;
  /** Milliseconds; null if it never was there. */
  readonly dwellMs: number | null;
  readonly isCurrent: boolean;
}

const stageAfter: Readonly<Record<string, Stage>> = {
  'case.reported.v1': 'report',
  'case.registered.v1': 'dispatch',
  'case.dispatched.v1': 'handle',
  'case.sub_dispatched.v1': 'handle',
  'case.accepted.v1': 'handle',
  'case.handled.v1': 'handle',
  'case.fed_back.v1': 'feedback',
  'case.check_requested.v1': 'feedback',
  'case.reworked.v1': 'handle',
  'case.archived.v1': 'close',
  'case.closed.v1': 'close',
};

/** Sums up the spans between the steps; the last one runs until `now` while the case is open. */
export function stageDwells(
  steps: readonly HistoryStep[],
  state: CaseStateName,
  returnedTo: 'ACCEPTOR' | 'DISPATCHER' | null,
  now: number,
): readonly StageDwell[] {
  const spans = new Map<Stage, number>();
  let stage: Stage = 'report';
  for (const [index, step] of steps.entries()) {
    stage = stageOf(step) ?? stage;
    const end = steps[index + 1]?.at ?? (caseStates[state].isOpen ? now : step.at);
    spans.set(stage, (spans.get(stage) ?? 0) + Math.max(0, end - step.at));
  }
  const current = currentStage(state, returnedTo);
  return stages.map((name) => ({ stage: name, dwellMs: spans.get(name) ?? null, isCurrent: name === current }));
}

function stageOf({ type, facts }: HistoryStep): Stage | null {
  if (type === 'case.reported.v1') return facts['state'] === 'pending_register' ? 'register' : 'report';
  if (type === 'case.checked.v1') return facts['result'] === 'passed' ? 'close' : 'feedback';
  if (type !== 'case.returned.v1') return stageAfter[type] ?? null;
  if (facts['to'] !== 'returned') return 'handle';
  return facts['returnedTo'] === 'ACCEPTOR' ? 'register' : 'dispatch';
}

function currentStage(state: CaseStateName, returnedTo: 'ACCEPTOR' | 'DISPATCHER' | null): Stage | null {
  if (state === 'returned') return returnedTo === 'ACCEPTOR' ? 'register' : 'dispatch';
  return caseStates[state].stage;
}
