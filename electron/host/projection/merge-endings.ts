import { required } from '#domain/base/assert-never.ts';
import type { SameCauseFacts } from '#domain/same-cause/facts.ts';
import type { EndedEnd, EndedPage } from './messages.ts';

interface YearOfEndings {
  readonly year: string;
  facts: readonly SameCauseFacts[];
  /** Facts already given. */
  given: number;
  /** Where the next page begins; null when there is none. */
  next: EndedEnd | null;
}

/**
 * Pages of several years, each newest end first, as pages of one order. A year is asked for its next page only when the
 * one before is used up, so that each is opened a few times only, however many pages there are.
 */
export async function* mergeEndings(
  years: readonly string[],
  ask: (year: string, after: EndedEnd | null) => Promise<EndedPage>,
  pageSize: number,
): AsyncGenerator<readonly SameCauseFacts[], void> {
  const left: YearOfEndings[] = [];
  for (const year of years) {
    const { facts, after } = await ask(year, null);
    if (facts.length > 0) left.push({ year, facts, given: 0, next: after });
  }
  let page: SameCauseFacts[] = [];
  while (left.length > 0) {
    const newest = left.reduce((first, other) => (isBefore(headOf(other), headOf(first)) ? other : first));
    page.push(headOf(newest));
    newest.given += 1;
    if (newest.given === newest.facts.length) {
      const after: EndedPage = newest.next === null ? { facts: [], after: null } : await ask(newest.year, newest.next);
      Object.assign(newest, { facts: after.facts, given: 0, next: after.after });
      if (after.facts.length === 0) left.splice(left.indexOf(newest), 1);
    }
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function headOf({ facts, given }: YearOfEndings): SameCauseFacts {
  return required(facts[given], 'a year without facts is not merged');
}

function isBefore(left: SameCauseFacts, right: SameCauseFacts): boolean {
  const [leftEnd, rightEnd] = [left.closedAt ?? 0, right.closedAt ?? 0];
  return leftEnd === rightEnd ? left.id > right.id : leftEnd > rightEnd;
}
