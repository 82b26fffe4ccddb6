import type { ActionOffer, CaseDetail } from '#contract/cases.ts';
import { caseActions, type CaseAction } from '#domain/case/lifecycle.ts';
import type { Areas } from '#renderer/state/areas.ts';

/** Acts on an existing case. */
export type CaseAct = Exclude<CaseAction, 'report'>;

export interface NextActions {
  /** The usual next step (F6); null when nothing can be done. */
  readonly primary: CaseAct | null;
  /** The way back, 回退 or 返工 (F7). */
  readonly sendBack: CaseAct | null;
  /** What else can be done now. */
  readonly others: readonly CaseAct[];
  /** What can't be done now, with the reason. */
  readonly refused: readonly (ActionOffer & { readonly action: CaseAct })[];
}

/** The way forward, in the order of the trade; 返工 and 回退 are ways back. */
const usual = caseActions.filter(
  (action): action is CaseAct => action !== 'report' && action !== 'rework' && action !== 'return',
);

/** Sorts what the host offers: a unit that has units below it usually sends on, the last one accepts. */
export function nextActions(detail: CaseDetail, areas: Areas): NextActions {
  const offers = detail.actions.filter(
    (offer): offer is ActionOffer & { action: CaseAct } => offer.action !== 'report',
  );
  const allowed = new Set(offers.filter(({ refusal }) => refusal === null).map(({ action }) => action));
  const sendsOn = detail.holderUnit !== null && areas.children(detail.holderUnit).length > 0;
  const primary = usual.find((action) => allowed.has(action) && (action !== 'sub_dispatch' || sendsOn)) ?? null;
  const sendBack = allowed.has('rework') ? 'rework' : allowed.has('return') ? 'return' : null;
  return {
    primary,
    sendBack,
    others: [...allowed].filter((action) => {
      if (action === primary || action === sendBack) return false;
      return action !== 'sub_dispatch' || sendsOn;
    }),
    refused: offers.filter(({ refusal }) => refusal !== null),
  };
}

/**
 * Units an order can go to, those on the way to the case's own grid first (属地兜底): below the desk everything,
 * below a unit what lies in it.
 */
export function unitsFor(
  action: 'dispatch' | 'sub_dispatch',
  detail: CaseDetail,
  areas: Areas,
): { readonly suggested: string | null; readonly codes: readonly string[] } {
  const way = areas.path(detail.gridCode).filter((area) => area.level >= areas.unitLevel);
  if (action === 'dispatch') {
    const codes = areas.level(areas.unitLevel).map(({ code }) => code);
    const onTheWay = way.map(({ code }) => code);
    return { suggested: onTheWay[0] ?? null, codes: [...new Set([...onTheWay, ...codes])] };
  }
  const sender = detail.holderUnit ?? '';
  const below: string[] = [];
  for (let codes = [sender]; codes.length > 0;) {
    codes = codes.flatMap((code) => areas.children(code).map((child) => child.code));
    below.push(...codes);
  }
  const senderAt = way.findIndex(({ code }) => code === sender);
  const next = senderAt < 0 ? undefined : way[senderAt + 1]?.code;
  return {
    suggested: next ?? null,
    codes: next === undefined ? below : [next, ...below.filter((code) => code !== next)],
  };
}
