import { degreeLengths, distanceMetres } from './distance.ts';
import { TimeList } from './time-list.ts';

/** WGS-84 degrees. */
export interface Located {
  readonly lon: number;
  readonly lat: number;
}

/** Side of a cell; about what a search reaches, so that it opens nine cells or a few more. */
const CELL_METRES = 100;
const ROWS_PER_DEGREE = 1_110;
const COLUMNS = 1_048_576;

/**
 * Points in cells of about 100 m: rows of equal latitude, each cut into columns by the length of a degree of longitude
 * at its middle. Within a cell items are in the order of a moment.
 */
export class SpatialCells<Item> {
  readonly #cells = new Map<number, TimeList<Item>>();

  add(point: Located, moment: number, item: Item): void {
    const key = keyOf(point);
    let cell = this.#cells.get(key);
    if (cell === undefined) {
      cell = new TimeList();
      this.#cells.set(key, cell);
    }
    cell.add(moment, item);
  }

  remove(point: Located, moment: number, item: Item): void {
    const key = keyOf(point);
    const cell = this.#cells.get(key);
    cell?.remove(moment, item);
    if (cell?.size === 0) this.#cells.delete(key);
  }

  /**
   * Calls `visit` for every item of the cells that come within `metres` of a point, of moments from `from`, included, to
   * `to`, excluded. Some of them lie further away.
   */
  near(point: Located, metres: number, from: number, to: number, visit: (item: Item) => void): void {
    const reach = metres / degreeLengths(point.lat).metresPerLat;
    const last = rowOf(point.lat + reach);
    // Columns narrow a little towards the poles; one more on each side holds what that may have moved.
    const columns = Math.ceil(metres / CELL_METRES) + 1;
    for (let row = rowOf(point.lat - reach); row <= last; row += 1) {
      const perDegree = columnsPerDegree(row);
      const middle = Math.floor(point.lon * perDegree);
      for (let column = middle - columns; column <= middle + columns; column += 1) {
        const cell = this.#cells.get(row * COLUMNS + column);
        if (cell !== undefined && touches(point, metres, row, column, perDegree)) cell.between(from, to, visit);
      }
    }
  }
}

/** Whether the corner or side of a cell that is nearest to the point lies within reach, with a metre to spare. */
function touches(point: Located, metres: number, row: number, column: number, perDegree: number): boolean {
  const lon = clamp(point.lon, column / perDegree, (column + 1) / perDegree);
  const lat = clamp(point.lat, row / ROWS_PER_DEGREE, (row + 1) / ROWS_PER_DEGREE);
  return distanceMetres(point, { lon, lat }) <= metres + 1;
}

function keyOf({ lon, lat }: Located): number {
  const row = rowOf(lat);
  return row * COLUMNS + Math.floor(lon * columnsPerDegree(row));
}

function rowOf(lat: number): number {
  return Math.floor(lat * ROWS_PER_DEGREE);
}

/** At least one, near the poles too. */
function columnsPerDegree(row: number): number {
  return Math.max(1, degreeLengths((row + 0.5) / ROWS_PER_DEGREE).metresPerLon / CELL_METRES);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
