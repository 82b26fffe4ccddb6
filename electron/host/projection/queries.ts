import type { SqlValue } from 'sql.js';
import type { CaseFilter } from '#contract/cases.ts';
import { instantOf } from '#contract/schema.ts';
import { finalStates, openStates, type CaseStateName } from '#domain/case/lifecycle.ts';
import type { PageEnd } from './cursor.ts';
import type { EndedEnd } from './messages.ts';
import { factColumns, selectedColumns } from './schema.ts';
import { codePrefix, foldText } from './search-text.ts';

/** A statement and the values of its parameters. */
export interface Query {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Gives one row: how many cases fit, how many of them are open. */
export function countQuery(filter: CaseFilter, now: number): Query {
  const where = conditionsOf(filter, now);
  return {
    sql: `select count(*), count(*) filter (where state in (${openStateList})) from cases ${whereClause(where)}`,
    values: where.flatMap((condition) => condition.values),
  };
}

/** Newest report first, equal instants by id downwards; `after` is the last row of the page before. */
export function listQuery(filter: CaseFilter, now: number, limit: number, after: PageEnd | null): Query {
  const where = conditionsOf(filter, now);
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

const openStateList = openStates.map((state) => `'${state}'`).join(', ');

/**
 * One condition per part of the filter. `openedFrom` is included, `openedTo` is not, so that days and months lie side
 * by side without a gap or a case in both. A blank text is no condition.
 */
function conditionsOf(filter: CaseFilter, now: number): Query[] {
  const conditions: Query[] = [];
  const states = statesOf(filter.state);
  if (states !== null) {
    // Closed cases are most of all cases: with the plus the rows are walked in their order instead of sorted per page.
    const column = states.every((state) => openStates.includes(state)) ? 'state' : '+state';
    conditions.push(oneOf(column, states));
  }
  if (filter.record !== undefined) conditions.push({ sql: 'record = ?', values: [filter.record] });
  if (filter.gridCode !== undefined) {
    conditions.push({ sql: 'instr(area_path, ?) > 0', values: [codePrefix(filter.gridCode)] });
  }
  if (filter.unit !== undefined) conditions.push({ sql: 'holder_unit = ?', values: [filter.unit] });
  const text = foldText(filter.text ?? '').trim();
  if (text !== '') conditions.push({ sql: 'instr(search, ?) > 0', values: [text] });
  if (filter.source !== undefined) conditions.push(oneOf('source', [filter.source].flat()));
  if (filter.overdue === true) conditions.push({ sql: 'due_at < ?', values: [now] });
  if (filter.overdue === false) conditions.push({ sql: '(due_at is null or due_at >= ?)', values: [now] });
  if (filter.openedFrom !== undefined) {
    conditions.push({ sql: 'reported_at >= ?', values: [instantOf(filter.openedFrom)] });
  }
  if (filter.openedTo !== undefined) {
    conditions.push({ sql: 'reported_at < ?', values: [instantOf(filter.openedTo)] });
  }
  return conditions;
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
