import type { CaseRow } from '#contract/cases.ts';
import type { CaseStateName, RecordKind } from '#domain/case/lifecycle.ts';
import { attentionLevel, type AttentionLevel } from '#domain/sla/attention-level.ts';
import type { Areas } from './areas.ts';

/**
 * Tabs of the list; each is a set of states, but for 督办 `supervised`, which is whatever waits for an answer. `closed` is
 * asked of the host, the rest is live.
 */
export const tabs = [
  'all',
  'sign',
  'register',
  'dispatch',
  'returned',
  'handle',
  'check',
  'call_back',
  'close',
  'supervised',
  'closed',
] as const;
export type Tab = (typeof tabs)[number];

export const statesOfTab: Readonly<Record<Exclude<Tab, 'all' | 'supervised' | 'closed'>, readonly CaseStateName[]>> = {
  sign: ['to_sign', 'return_review'],
  register: ['reported', 'verifying', 'pending_register'],
  dispatch: ['pending_dispatch', 'signed'],
  returned: ['returned'],
  handle: ['pending_handle', 'handling', 'handle_finished', 'suspended', 'assigned', 'contacted', 'co_handling'],
  check: ['pending_check', 'checking'],
  call_back: ['replied', 'calling_back'],
  close: ['pending_close'],
};

/**
 * One filter for list and map. `area` is the area that the map is drilled into, null for the whole district; `unit` the
 * unit that holds the case.
 */
export interface DeskFilter {
  /** 案件, 工单, or null for both. */
  readonly record: RecordKind | null;
  readonly tab: Tab;
  readonly level: Exclude<AttentionLevel, null> | null;
  readonly unit: string | null;
  readonly area: string | null;
  readonly text: string;
}

export const noFilter: DeskFilter = { record: null, tab: 'all', level: null, unit: null, area: null, text: '' };

/** Whether a row fits. `unit` fits the unit itself and every unit below it. */
export function filterFor(filter: DeskFilter, areas: Areas, now: () => number): (row: CaseRow) => boolean {
  const { tab, record } = filter;
  const states = tab === 'all' || tab === 'supervised' || tab === 'closed' ? null : new Set(statesOfTab[tab]);
  const words = filter.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    if (states !== null && !states.has(row.state)) return false;
    if (record !== null && row.record !== record) return false;
    if (tab === 'supervised' && row.openSupervisions === 0) return false;
    if (filter.level !== null && attentionLevel(row, now()) !== filter.level) return false;
    if (filter.unit !== null && !areas.path(row.holderUnit).some((area) => area.code === filter.unit)) return false;
    if (filter.area !== null && !areas.path(row.gridCode).some((area) => area.code === filter.area)) return false;
    return words.every((word) => textOf(row, areas).includes(word));
  };
}

export function isFiltered(filter: DeskFilter): boolean {
  return (
    filter.record !== null ||
    filter.level !== null ||
    filter.unit !== null ||
    filter.area !== null ||
    filter.text.trim() !== ''
  );
}

const texts = new WeakMap<CaseRow, string>();

function textOf(row: CaseRow, areas: Areas): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const parts = [row.id, row.className, row.classCode, row.description, row.address, ...areas.names(row.gridCode)];
  const text = [...parts, row.gridCode ?? ''].join('\n').toLowerCase();
  texts.set(row, text);
  return text;
}

/** Marked cases first, Ⅰ before Ⅳ; among equals the one that is due first. */
export function mostUrgentFirst(now: number): (a: CaseRow, b: CaseRow) => number {
  return (a, b) => {
    const [levelA, levelB] = [attentionLevel(a, now) ?? 9, attentionLevel(b, now) ?? 9];
    if (levelA !== levelB) return levelA - levelB;
    return (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || b.reportedAt - a.reportedAt;
  };
}
