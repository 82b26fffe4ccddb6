import { noFilter, type DeskFilter } from './case-filter.ts';
import type { Order } from './desk-store.ts';

/** Duties at this desk that have a workspace of their own (K8, desk-wall-briefing.md §9.1). */
export const workspaces = ['accept', 'dispatch', 'supervise', 'lead', 'assess', 'emergency'] as const;
export type Workspace = (typeof workspaces)[number];

/** What a duty begins with. Widths are shares of the body in per cent. */
interface Preset {
  readonly layout: { readonly queue: number; readonly case: number; readonly map: number };
  readonly filter: DeskFilter;
  readonly order: Order;
}

const usual = { queue: 22, case: 38, map: 40 } as const;

/**
 * Presets of the duties: 受理 reports to file, 派遣 cases to dispatch by urgency, 督办 the supervision board 督办台, 值班长
 * the handover above the panels, 考核 the scorecard there, 应急 a wide
 * map. The workspace nobody chose is that of all open cases.
 */
export const presets: Readonly<Record<Workspace, Preset>> = {
  accept: { layout: usual, filter: { ...noFilter, tab: 'register' }, order: 'newest' },
  dispatch: { layout: usual, filter: { ...noFilter, tab: 'dispatch' }, order: 'urgent' },
  supervise: { layout: { queue: 42, case: 36, map: 22 }, filter: noFilter, order: 'urgent' },
  lead: { layout: usual, filter: noFilter, order: 'urgent' },
  assess: { layout: usual, filter: noFilter, order: 'urgent' },
  emergency: { layout: { queue: 20, case: 30, map: 50 }, filter: noFilter, order: 'urgent' },
};

export function layoutOf(workspace: Workspace | null): Preset['layout'] {
  return workspace === null ? usual : presets[workspace].layout;
}
