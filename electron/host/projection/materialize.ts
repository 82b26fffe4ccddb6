import type { SqlValue } from 'sql.js';
import type { CaseRow } from '#contract/cases.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import type { SameCauseFacts } from '#domain/same-cause/facts.ts';
import { rowFields } from './schema.ts';
import { areaPathText, foldedText } from './search-text.ts';

/** The values of `upsertCase`. Whoever changes what is stored raises the version in schema.ts. */
export function valuesOf(projected: ProjectedCase): SqlValue[] {
  const { row, external } = projected;
  const values = rowFields.map((field) => valueOf(row[field]));
  values.push(
    JSON.stringify(projected.sequences),
    projected.classKey,
    projected.reporterId,
    external,
    yearOf(row.id),
    endOf(row),
    areaPathText(projected.areaPath),
    foldedText([row.description, row.address, row.className, row.id, external]),
  );
  return values;
}

/** The year of a case is that of its number, which begins with the day of the report in Beijing: it never changes. */
export function yearOf(id: string): string {
  return /^\d{4}/.exec(id)?.[0] ?? '0000';
}

/** When the case ended; one that ended without a closing (不立案, 作废) since it is in that state. Null: it is open. */
export function endOf({ state, closedAt, stateSince }: CaseRow): number | null {
  return isOpen(state) ? null : (closedAt ?? stateSince);
}

/** A row out of its columns, in the order of `rowFields`. What is in the tables was typed when it went in. */
export function rowOf(values: readonly SqlValue[]): CaseRow {
  const row: Record<string, unknown> = {};
  rowFields.forEach((field, column) => {
    const value = values[column];
    row[field] = isFlag(field) ? value === 1 : value;
  });
  return row as CaseRow;
}

/** Facts out of their columns, in the order of `factColumns`. */
export function factsOf(values: readonly SqlValue[]): SameCauseFacts {
  const [id, record, classKey, className, lon, lat, gridCode, address, description, reportedAt, closedAt, reporterId] =
    values;
  const hasPoint = lon !== null && lat !== null;
  const facts = {
    ...{ id, record, classKey, className, lon: hasPoint ? lon : null, lat: hasPoint ? lat : null },
    ...{ gridCode, address, description, reportedAt, closedAt, reporterId },
  };
  return facts as SameCauseFacts;
}

function valueOf(field: CaseRow[keyof CaseRow]): SqlValue {
  return typeof field === 'boolean' ? Number(field) : field;
}

function isFlag(field: keyof CaseRow): boolean {
  return field === 'isDemo' || field === 'isArchived' || field === 'isUrgent';
}
