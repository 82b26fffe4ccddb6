import type { CaseAct } from './next-actions.ts';

export const checkResults = ['passed', 'failed', 'unable'] as const;
export type CheckResult = (typeof checkResults)[number];

/** What a form holds while it is filled in. */
export interface Draft {
  readonly unit: string | null;
  readonly words: string;
  readonly person: string;
  readonly result: CheckResult;
}

/** Which parts a form has. `words` is the free text: condition, result, reason or opinion. */
export interface FormShape {
  readonly hasUnit: boolean;
  readonly person: 'handlerId' | 'collectorId' | null;
  readonly hasResult: boolean;
  readonly words: 'condition' | 'result' | 'reason' | 'opinion' | null;
  readonly areWordsNeeded: boolean;
}

export const formShapes: Readonly<Record<CaseAct, FormShape>> = {
  register: shape({ words: 'condition', areWordsNeeded: true }),
  dispatch: shape({ hasUnit: true, words: 'opinion' }),
  sub_dispatch: shape({ hasUnit: true, words: 'opinion' }),
  accept: shape({ person: 'handlerId' }),
  handle: shape({ words: 'result', areWordsNeeded: true }),
  feed_back: shape({ words: 'opinion' }),
  request_check: shape({ person: 'collectorId' }),
  check: shape({ hasResult: true, words: 'opinion' }),
  rework: shape({ words: 'reason', areWordsNeeded: true }),
  return: shape({ words: 'reason', areWordsNeeded: true }),
  close: shape({ words: 'condition', areWordsNeeded: true }),
};

function shape(change: Partial<FormShape>): FormShape {
  return { hasUnit: false, person: null, hasResult: false, words: null, areWordsNeeded: false, ...change };
}

/** Whether the form can be sent; a check that did not pass needs its reason. */
export function isComplete(action: CaseAct, draft: Draft): boolean {
  const { hasUnit, person, hasResult, areWordsNeeded } = formShapes[action];
  if (hasUnit && draft.unit === null) return false;
  if (person !== null && draft.person.trim() === '') return false;
  const needsWords = areWordsNeeded || (hasResult && draft.result !== 'passed');
  return !needsWords || draft.words.trim() !== '';
}
