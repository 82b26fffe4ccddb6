import type { SqlValue } from 'sql.js';
import type { CaseRow } from '#contract/cases.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import { rowFields } from './schema.ts';
import { areaPathText, searchText } from './search-text.ts';

/** The values of `upsertCase`. Whoever changes what is stored raises the version in schema.ts. */
export function valuesOf(projected: ProjectedCase): SqlValue[] {
  const { row } = projected;
  const values = rowFields.map((field) => valueOf(row[field]));
  values.push(
    JSON.stringify(projected.sequences),
    areaPathText(projected.areaPath),
    searchText([row.description, row.address, row.className, row.id, projected.external]),
  );
  return values;
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

function valueOf(field: CaseRow[keyof CaseRow]): SqlValue {
  return typeof field === 'boolean' ? Number(field) : field;
}

function isFlag(field: keyof CaseRow): boolean {
  return field === 'isDemo' || field === 'isArchived' || field === 'isUrgent';
}
