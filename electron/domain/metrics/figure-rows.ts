import { fieldSizes, type FigureField, type FigureRecord } from './figure-record.ts';

const arrays = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;
type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const fields = Object.keys(fieldSizes) as readonly FigureField[];
const FIRST_ROWS = 1_024;

/** Figure records in columns, about 120 bytes each: a million of them as objects would take three times as much. */
export class FigureRows {
  #columns = fields.map((field): Column => new arrays[fieldSizes[field]](FIRST_ROWS));
  #size = 0;
  readonly #byDay = new Map<number, number[]>();

  get size(): number {
    return this.#size;
  }

  /** A record that reads and writes one row at a time: the one `at` names last. */
  cursor(): RowCursor {
    return makeCursor((field) => this.#columns[field] ?? new Uint8Array(0));
  }

  /** A new row, whose number is its own forever. */
  add(caseId: string): number {
    if (this.#size === (this.#columns[0]?.length ?? 0)) this.#grow();
    const row = this.#size;
    this.#size += 1;
    const day = Number(caseId.slice(0, 8));
    const ofDay = this.#byDay.get(day) ?? [];
    // Serials of a day are dense, but for the few that were lost with a refused batch.
    ofDay[Number(caseId.slice(8))] = row + 1;
    this.#byDay.set(day, ofDay);
    return row;
  }

  /** The row of a case; null if it has none. */
  find(caseId: string): number | null {
    const row = this.#byDay.get(Number(caseId.slice(0, 8)))?.[Number(caseId.slice(8))];
    return row === undefined || row === 0 ? null : row - 1;
  }

  #grow(): void {
    this.#columns = this.#columns.map((column, at) => {
      const field = fields[at];
      const wider = new arrays[field === undefined ? 'u8' : fieldSizes[field]](column.length * 2);
      wider.set(column);
      return wider;
    });
  }
}

export interface RowCursor extends FigureRecord {
  /** Number of the row that is read and written. */
  at: number;
}

function makeCursor(columnOf: (field: number) => Column): RowCursor {
  const cursor = { at: 0 };
  fields.forEach((field, index) => {
    Object.defineProperty(cursor, field, {
      enumerable: true,
      get: () => columnOf(index)[cursor.at],
      set: (value: number) => {
        columnOf(index)[cursor.at] = value;
      },
    });
  });
  return cursor as RowCursor;
}

/** The number of a case out of its record. */
export function caseIdOf({ idDay, idSerial }: Pick<FigureRecord, 'idDay' | 'idSerial'>): string {
  return `${idDay}${String(idSerial).padStart(6, '0')}`;
}
