import type { CaseRow } from '#contract/cases.ts';
import { caseStates, type CaseStateName, type Stage } from '#domain/case/lifecycle.ts';
import type { PointMode } from './map-layers.ts';
import { shapes, type Shape } from './symbols.ts';

/** Groups of points by stage, in the order of the trade, and by kind of class; each has a shape of its own. */
export const pointGroups = {
  stage: {
    accept: shapes.groupRing,
    dispatch: shapes.groupFrame,
    handle: shapes.groupDisc,
    check: shapes.groupSquare,
    close: shapes.groupCross,
  },
  kind: { component: shapes.groupSquare, matter: shapes.groupDisc, other: shapes.groupCross },
} as const satisfies Readonly<Record<'stage' | 'kind', Readonly<Record<string, Shape>>>>;

export type StageGroup = keyof typeof pointGroups.stage;
export type KindGroup = keyof typeof pointGroups.kind;

const groupOfStage: Readonly<Record<Stage, StageGroup>> = {
  report: 'accept',
  register: 'accept',
  sign: 'accept',
  dispatch: 'dispatch',
  assign: 'dispatch',
  contact: 'handle',
  handle: 'handle',
  feedback: 'check',
  call_back: 'check',
  close: 'close',
};

/** Returned cases wait to be dispatched anew; a suspended one stays with whoever handles it. */
export function stageGroup(state: CaseStateName): StageGroup {
  const { stage } = caseStates[state];
  if (stage === null) return state === 'returned' ? 'dispatch' : 'handle';
  return groupOfStage[stage];
}

export function groupShape(
  row: Pick<CaseRow, 'state' | 'classKind'>,
  mode: Extract<PointMode, 'stage' | 'kind'>,
): Shape {
  return mode === 'stage' ? pointGroups.stage[stageGroup(row.state)] : pointGroups.kind[row.classKind];
}

/** Shapes of cases without a level that are drawn in a mode, in the order of the legend. */
export function legendShapes(mode: PointMode): readonly Shape[] {
  switch (mode) {
    case 'level':
      return [shapes.dot, shapes.ring];
    case 'stage':
    case 'kind':
      return Object.values(pointGroups[mode]);
    case 'none':
      return [];
  }
}
