import type { SqlValue } from 'sql.js';
import type { CaseFilter } from '#contract/cases.ts';
import { instantOf } from '#contract/schema.ts';
import { finalStates, isOpen, openStates, type CaseStateName } from '#domain/case/lifecycle.ts';
import type { PageEnd } from './cursor.ts';
import type { EndedEnd } from './messages.ts';
import type { Counter } from './counters.ts';
import { factColumns, selectedColumns, type FileKind } from './schema.ts';
import { codePrefix, formsOf, termsOf } from './search-text.ts';

/** A statement and the values of its parameters. */
export interface Query {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Which part of all cases a query is put to: a file, and there perhaps only the cases of a year. */
export interface Part {
  readonly kind: FileKind;
  readonly year: string | null;
}

/** Gives one row: how many cases fit, how many of them are open. */
export function countQuery(filter: CaseFilter, now: number, part: Part): Query {
  const where = conditionsOf(filter, now, part);
  return {
    sql: `select count(*), count(*) filter (where state in (${openStateList})) from cases ${whereClause(where)}`,
    values: where.flatMap((condition) => condition.values),
  };
}

/** Newest report first, equal instants by id downwards; `after` is the last row of the page before. */
export function listQuery(filter: CaseFilter, now: number, limit: number, after: PageEnd | null, part: Part): Query {
  const where = conditionsOf(filter, now, part);
  if (after !== null) where.push({ sql: '(reported_at, id) < (?, ?)', values: [after.reportedAt, after.id] });
  return {
    sql: `select ${selectedColumns} from cases ${whereClause(where)} order by reported_at desc, id desc limit ?`,
    values: [...where.flatMap((condition) => condition.values), limit],
  };
}

/** Newest end first; `after` is the last one of the page before. */
export function endedQuery(since: number, limit: number, after: EndedEnd | null): Query {
  const behind = after === null ? '' : 'and (ended_at, id) < (?, ?)';
  return {
    sql: `select ${factColumns} from cases where ended_at >= ? ${behind} order by ended_at desc, id desc limit ?`,
    values: [since, ...(after === null ? [] : [after.endedAt, after.caseId]), limit],
  };
}

/** Whether only open cases can fit, so that no file of ended ones is needed. */
export function isOpenOnly(filter: CaseFilter): boolean {
  return statesOf(filter.state)?.every((state) => isOpen(state)) ?? false;
}

/** Whether no open case can fit. */
export function isEndedOnly(filter: CaseFilter): boolean {
  return statesOf(filter.state)?.every((state) => !isOpen(state)) ?? false;
}

/** Whether the counters by state and record 案件/工单 answer how many cases fit. */
export function isCounted(filter: CaseFilter): boolean {
  const { state: _, record: __, text, ...rest } = filter;
  return termsOf(text ?? '').length === 0 && Object.values(rest).every((value) => value === undefined);
}

/** Whether a counter is of cases that fit a filter that {@link isCounted}. */
export function fitsCounter(filter: CaseFilter, { state, record }: Pick<Counter, 'state' | 'record'>): boolean {
  return (statesOf(filter.state)?.includes(state) ?? true) && (filter.record ?? record) === record;
}

const openStateList = openStates.map((state) => `'${state}'`).join(', ');

/**
 * One condition per part of the filter. `openedFrom` is included, `openedTo` is not, so that days and months lie side
 * by side without a gap or a case in both. A blank text is no condition.
 */
function conditionsOf(filter: CaseFilter, now: number, part: Part): Query[] {
  const conditions: Query[] = [];
  if (part.kind === 'open' && part.year !== null) conditions.push({ sql: 'year = ?', values: [part.year] });
  const states = statesOf(filter.state);
  const held = part.kind === 'open' ? openStates : finalStates;
  // No condition where all fit: the rows are then walked in their order instead of sorted per page.
  if (states !== null && !held.every((state) => states.includes(state))) conditions.push(oneOf('state', states));
  if (filter.record !== undefined) conditions.push({ sql: 'record = ?', values: [filter.record] });
  if (filter.gridCode !== undefined) {
    conditions.push({ sql: 'instr(area_path, ?) > 0', values: [codePrefix(filter.gridCode)] });
  }
  if (filter.unit !== undefined) conditions.push({ sql: 'holder_unit = ?', values: [filter.unit] });
  for (const term of termsOf(filter.text ?? '')) {
    const forms = formsOf(term);
    const found = searched.flatMap((column) => forms.map(() => `instr(${column}, ?)`)).join(' or ');
    conditions.push({ sql: `(${found})`, values: searched.flatMap(() => forms) });
  }
  if (filter.source !== undefined) conditions.push(oneOf('source', [filter.source].flat()));
  if (filter.overdue === true) conditions.push({ sql: 'due_at < ?', values: [now] });
  if (filter.overdue === false) conditions.push({ sql: '(due_at is null or due_at >= ?)', values: [now] });
  const { from, to } = intervalOf(filter);
  if (from !== null) conditions.push({ sql: 'reported_at >= ?', values: [from] });
  if (to !== null) conditions.push({ sql: 'reported_at < ?', values: [to] });
  return conditions;
}

/** In the order of likelihood: the first that holds the term ends the search in a row. */
const searched = ['description', 'address', 'class_name', 'id', 'external', 'folded'] as const;

/** Moments of the report: the first that fits, and the first after it that does not. */
export function intervalOf({ openedFrom, openedTo }: CaseFilter): { from: number | null; to: number | null } {
  return {
    from: openedFrom === undefined ? null : instantOf(openedFrom),
    to: openedTo === undefined ? null : instantOf(openedTo),
  };
}

function statesOf(state: CaseFilter['state']): readonly CaseStateName[] | null {
  if (state === undefined) return null;
  // `closed` is both the state 结案 and the word for every final state; the word wins, a list asks for the state.
  if (state === 'closed') return finalStates;
  if (state === 'open') return openStates;
  return [state].flat();
}

function oneOf(column: string, values: readonly string[]): Query {
  return { sql: `${column} in (${values.map(() => '?').join(', ')})`, values };
}

function whereClause(conditions: readonly Query[]): string {
  return conditions.length === 0 ? '' : `where ${conditions.map((condition) => condition.sql).join(' and ')}`;
}
