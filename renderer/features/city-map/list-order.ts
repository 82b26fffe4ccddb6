import type { CaseRow } from '#contract/cases.ts';
import { mostUrgentFirst } from '#renderer/state/case-filter.ts';
import { newestFirst } from '#renderer/state/live-cases.ts';

export const listOrders = ['urgent', 'due', 'newest', 'class', 'unit'] as const;
export type ListOrder = (typeof listOrders)[number];

/** Orders of the list of what the map shows; among equals the newest report is first. `unitName` gives '' for none. */
export function listSorter(
  order: ListOrder,
  now: number,
  unitName: (unit: string | null) => string,
): (a: CaseRow, b: CaseRow) => number {
  switch (order) {
    case 'urgent': {
      const compare = mostUrgentFirst(now);
      return (a, b) => compare(a, b) || newestFirst(a, b);
    }
    case 'due':
      return (a, b) => compareNumbers(a.dueAt ?? Infinity, b.dueAt ?? Infinity) || newestFirst(a, b);
    case 'newest':
      return newestFirst;
    case 'class':
      return (a, b) => compareTexts(a.className, b.className) || newestFirst(a, b);
    case 'unit':
      // Those that no unit has are asked about last.
      return (a, b) =>
        Number(a.holderUnit === null) - Number(b.holderUnit === null) ||
        compareTexts(unitName(a.holderUnit), unitName(b.holderUnit)) ||
        newestFirst(a, b);
  }
}

const texts = new Intl.Collator('zh-CN');

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : texts.compare(a, b);
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
