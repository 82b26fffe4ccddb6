import { ok, refused, type Result } from '#domain/base/result.ts';
import { isDay, type Day } from './day.ts';
import type { ProblemCode } from './problem.ts';

/** Kinds of cells, for an editor to choose its field by. */
export const columnTypes = ['text', 'code', 'day', 'integer', 'number', 'flag', 'choice', 'hours', 'codes'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** Words of a column for screens. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

export interface CellFault {
  readonly code: ProblemCode;
  readonly detail: Readonly<Record<string, string>>;
}

/** A column of a table and how its cells are read. */
export interface Column<Value> {
  /** The cell of the head row. */
  readonly id: string;
  readonly label: Label;
  readonly type: ColumnType;
  readonly isRequired: boolean;
  /** Values of a `choice`, else empty. */
  readonly choices: readonly string[];
  /** Reads a trimmed cell. */
  read(cell: string): Result<Value, CellFault>;
}

/** Part of the day, in minutes since midnight, `to` excluded; `from` > `to` runs over midnight. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** Whether the minute of the day (0 to 1,439) lies in the hours. */
export function isWithinHours({ from, to }: Hours, minute: number): boolean {
  return from < to ? from <= minute && minute < to : from <= minute || minute < to;
}

const allDay: Hours = { from: 0, to: 1_440 };

/** Whether the hours are the whole day. */
export function isAllDay({ from, to }: Hours): boolean {
  return to - from === allDay.to;
}

const MAX_TEXT = 500;

/** @param limits.max  greatest number of characters, 500 unless given */
export function text(id: string, label: Label, limits: { readonly max?: number } = {}): Column<string> {
  return column(id, label, 'text', (cell) => textOf(cell, limits.max ?? MAX_TEXT));
}

/** @param pattern  what a code looks like; letters, digits, `-`, `_`, `.` unless given */
export function code(id: string, label: Label, pattern = /^[\p{L}\d._-]{1,80}$/u): Column<string> {
  return column(id, label, 'code', (cell) => (pattern.test(cell) ? ok(cell) : fault('not_a_code')));
}

export function day(id: string, label: Label): Column<Day> {
  return column(id, label, 'day', (cell) => (isDay(cell) ? ok(cell) : fault('not_a_day')));
}

export function integer(id: string, label: Label, min: number, max: number): Column<number> {
  return column(id, label, 'integer', (cell) => {
    if (!/^-?\d{1,15}$/.test(cell)) return fault(/^-?[\d.]+$/.test(cell) ? 'not_an_integer' : 'not_a_number');
    return inRange(Number(cell), min, max);
  });
}

export function decimal(id: string, label: Label, min: number, max: number): Column<number> {
  return column(id, label, 'number', (cell) =>
    /^-?\d{1,12}(\.\d{1,9})?$/.test(cell) ? inRange(Number(cell), min, max) : fault('not_a_number'),
  );
}

/** `true` or `false`, also `TRUE` and `FALSE` as spreadsheets write them, and 是 and 否. */
export function flag(id: string, label: Label): Column<boolean> {
  return column(id, label, 'flag', (cell) => {
    const word = cell.toLowerCase();
    if (word === 'true' || word === '是') return ok(true);
    return word === 'false' || word === '否' ? ok(false) : fault('not_a_flag');
  });
}

export function choice<const Value extends string>(id: string, label: Label, choices: readonly Value[]): Column<Value> {
  const read = (cell: string): Result<Value, CellFault> => {
    const found = choices.find((one) => one === cell);
    return found === undefined ? fault('not_allowed', { allowed: choices.join(' ') }) : ok(found);
  };
  return { id, label, type: 'choice', isRequired: true, choices, read };
}

/** `all`, or `HH:MM-HH:MM`, which may run over midnight. */
export function hours(id: string, label: Label): Column<Hours> {
  return column(id, label, 'hours', (cell) => {
    if (cell === 'all') return ok(allDay);
    const [, fromHour = '', fromMinute = '', toHour = '', toMinute = ''] =
      /^([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)$/.exec(cell) ?? [];
    if (fromHour === '') return fault('not_hours');
    const range = { from: Number(fromHour) * 60 + Number(fromMinute), to: Number(toHour) * 60 + Number(toMinute) };
    return range.from === range.to || range.to > 1_440 ? fault('not_hours') : ok(range);
  });
}

/** Codes parted by spaces, `;` or `；`; an empty cell is an empty list. */
export function codes(id: string, label: Label, pattern = /^[\p{L}\d._:@-]{1,80}$/u): Column<readonly string[]> {
  const read = (cell: string): Result<readonly string[], CellFault> => {
    const found = cell.split(/[\s;；]+/).filter((part) => part !== '');
    const wrong = found.find((part) => !pattern.test(part));
    return wrong === undefined ? ok(found) : fault('not_a_code', { part: wrong });
  };
  return { id, label, type: 'codes', isRequired: false, choices: [], read };
}

/** The same column where an empty cell is allowed and reads as `absent`. */
export function optional<Value, const Absent>(of: Column<Value>, absent: Absent): Column<Value | Absent> {
  return { ...of, isRequired: false, read: (cell) => (cell === '' ? ok(absent) : of.read(cell)) };
}

function column<Value>(
  id: string,
  label: Label,
  type: ColumnType,
  read: (cell: string) => Result<Value, CellFault>,
): Column<Value> {
  return {
    ...{ id, label, type, isRequired: true, choices: [] },
    read: (cell) => (cell === '' ? fault('empty') : read(cell)),
  };
}

function textOf(cell: string, max: number): Result<string, CellFault> {
  return cell.length > max ? fault('too_long', { max: String(max) }) : ok(cell);
}

function inRange(value: number, min: number, max: number): Result<number, CellFault> {
  return value < min || value > max ? fault('out_of_range', { min: String(min), max: String(max) }) : ok(value);
}

function fault(faultCode: ProblemCode, detail: Readonly<Record<string, string>> = {}): Result<never, CellFault> {
  return refused({ code: faultCode, detail });
}
