/**
 * What can be wrong with a table. Codes are stable: message catalogs, scripts and tests use them. Those below `warning`
 * in {@link isWarning} let the table be used; any other keeps the version before in force (decision 0007).
 */
export const problemCodes = [
  /** The file can't be read as a table: not UTF-8, a quote without its end; `detail.reason` says which. */
  'unreadable',
  /** Neither head row nor rows. */
  'no_rows',
  'missing_column',
  /** Warning: a column that the table does not have; it is left out. */
  'unknown_column',
  'repeated_column',
  /** The row has more cells than the head row. */
  'too_many_cells',
  'empty',
  'not_a_code',
  'not_a_day',
  'not_a_number',
  'not_an_integer',
  'out_of_range',
  'not_a_flag',
  'not_hours',
  /** None of the values that the column takes; `detail.allowed` lists them. */
  'not_allowed',
  'too_long',
  /** `to` is not later than `from`. */
  'to_before_from',
  /** A table without days has two rows with one key; `detail.otherRow` names the first. */
  'duplicate_key',
  /** Two rows with one key are in force on one day; `detail.otherRow` names the other. */
  'overlapping_dates',
  /** Names a class, unit, person or row that no table has; `detail.table` says where it was looked for. */
  'unknown_reference',
  /** A unit that is its own parent or successor, at once or through others. */
  'circular_reference',
  /** Rows of one class with several conditions, of which none or several are the default. */
  'not_one_default',
  /** A row that the program can't be without is missing, or has a day on which nothing is in force. */
  'missing_row',
  /** Weights of a scoring scheme do not add up to 1 on `detail.day`; `detail.sum` is what they add up to. */
  'weights_sum',
  /** Two cells that must fit each other don't, as a value without its unit. */
  'incomplete',
  /** Warning: what is named is known but not in force on some day of this row; `detail.instead` says who stands in. */
  'reference_not_in_force',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/**
 * One fault of a table. `row` counts as a spreadsheet shows it: the head row is 1. `column` is null when the fault is
 * one of the whole row or file. `value` is the cell as written; `detail` fills the words of the message.
 */
export interface Problem {
  readonly table: string;
  readonly row: number;
  readonly column: string | null;
  readonly code: ProblemCode;
  readonly value: string;
  readonly detail: Readonly<Record<string, string>>;
}

const warnings: ReadonlySet<ProblemCode> = new Set(['unknown_column', 'reference_not_in_force']);

/** Whether a table with this problem may be used all the same. */
export function isWarning(problem: Pick<Problem, 'code'>): boolean {
  return warnings.has(problem.code);
}

export function hasFault(problems: readonly Problem[]): boolean {
  return problems.some((problem) => !isWarning(problem));
}

/** A problem in one line of English, for logs and the message of a refused start. */
export function problemText({ table, row, column, code, value, detail }: Problem): string {
  const facts = Object.entries(detail).map(([name, fact]) => `${name} ${fact}`);
  const where = column === null ? `row ${row}` : `row ${row}, ${column}`;
  const given = value === '' ? '' : ` "${value}"`;
  return `${table}: ${where}: ${code}${given}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}
