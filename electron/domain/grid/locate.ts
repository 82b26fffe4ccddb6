import type { Area, Position } from './district.ts';

/** Point → area of the finest level. */
export interface Locator {
  /** Code of the one area that holds the point (WGS-84 degrees), or null outside every area. */
  locate(lon: number, lat: number): string | null;
}

/**
 * Builds an index over areas that do not overlap.
 *
 * 1. Exact: an area holds a point if a ray to the east crosses its edges an odd number of times. An edge counts from its
 *    southern end (included) to its northern end (excluded), and is computed from south to north whichever way a ring
 *    runs: two areas that share an edge compute the same number, so a point on it is in exactly one of them.
 * 2. Where real data overlaps, the area that comes first in the list has the point: never two.
 * 3. Quick: a raster over the bounds says for most cells that they lie wholly inside one area, or in none. Only cells
 *    that an edge touches are tested.
 */
export function buildLocator(areas: readonly Area[]): Locator {
  const edges = edgesOf(areas);
  const raster = rasterFor(areas);
  if (raster === null) return { locate: () => null };
  const { cells, lists } = fillRaster(raster, edges);
  const codes = areas.map((area) => area.code);
  const { west, south, columns, rows, cellsPerLon, cellsPerLat } = raster;

  return {
    locate(lon, lat) {
      const column = Math.floor((lon - west) * cellsPerLon);
      const row = Math.floor((lat - south) * cellsPerLat);
      if (!(column >= 0 && row >= 0 && column < columns && row < rows)) return null;
      const cell = cells[row * columns + column] ?? NOWHERE;
      if (cell >= 0) return codes[cell] ?? null;
      if (cell === NOWHERE) return null;
      const start = FIRST_LIST - cell;
      const end = start + 1 + (lists[start] ?? 0);
      for (let at = start + 1; at < end; at += 1) {
        const area = lists[at] ?? 0;
        if (holds(edges, area, lon, lat)) return codes[area] ?? null;
      }
      return null;
    },
  };
}

/** Cell values: an area's number ≥ 0, or NOWHERE, or FIRST_LIST − offset of a candidate list. */
const NOWHERE = -1;
const FIRST_LIST = -2;

/** Edges of area `n` are at `starts[n]` … `starts[n + 1]`, four numbers each: south lon, south lat, north lon, north lat. */
interface Edges {
  readonly starts: Int32Array;
  readonly values: Float64Array;
}

interface Raster {
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  readonly cellsPerLon: number;
  readonly cellsPerLat: number;
}

function edgesOf(areas: readonly Area[]): Edges {
  const starts = new Int32Array(areas.length + 1);
  const values: number[] = [];
  for (const [index, area] of areas.entries()) {
    for (const ring of area.polygons.flat()) pushRing(ring, values);
    starts[index + 1] = values.length / 4;
  }
  return { starts, values: Float64Array.from(values) };
}

function pushRing(ring: readonly Position[], values: number[]): void {
  for (let at = 1; at < ring.length; at += 1) {
    const [a, b] = [ring[at - 1], ring[at]];
    if (a === undefined || b === undefined) continue;
    if (a[1] < b[1] || (a[1] === b[1] && a[0] <= b[0])) values.push(a[0], a[1], b[0], b[1]);
    else values.push(b[0], b[1], a[0], a[1]);
  }
}

function holds({ starts, values }: Edges, area: number, lon: number, lat: number): boolean {
  let isInside = false;
  const end = (starts[area + 1] ?? 0) * 4;
  for (let at = (starts[area] ?? 0) * 4; at < end; at += 4) {
    const southLat = values[at + 1] ?? 0;
    const northLat = values[at + 3] ?? 0;
    if (lat < southLat || lat >= northLat) continue;
    const southLon = values[at] ?? 0;
    const crossing = southLon + (((values[at + 2] ?? 0) - southLon) * (lat - southLat)) / (northLat - southLat);
    if (lon < crossing) isInside = !isInside;
  }
  return isInside;
}

function rasterFor(areas: readonly Area[]): Raster | null {
  if (areas.length === 0) return null;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { bounds } of areas) {
    west = Math.min(west, bounds[0]);
    south = Math.min(south, bounds[1]);
    east = Math.max(east, bounds[2]);
    north = Math.max(north, bounds[3]);
  }
  // About 500 cells an area: an area of the default district is then some 22 cells wide.
  const side = Math.min(1_024, Math.max(64, Math.ceil(Math.sqrt(areas.length * 500))));
  // A hair more than the bounds, so that points on the outermost edges have a cell.
  const width = Math.max(east - west, 1e-9) * (1 + 1e-9);
  const height = Math.max(north - south, 1e-9) * (1 + 1e-9);
  return { west, south, columns: side, rows: side, cellsPerLon: side / width, cellsPerLat: side / height };
}

/** Cells are widened by this share of a cell, so that rounding never hides an edge from a point's cell. */
const MARGIN = 1e-6;

function fillRaster(raster: Raster, edges: Edges): { cells: Int32Array; lists: Int32Array } {
  const candidates = touchedCells(raster, edges);
  const { columns, rows } = raster;
  const cells = new Int32Array(columns * rows).fill(NOWHERE);
  const lists: number[] = [];
  for (const [cell, areas] of candidates) {
    cells[cell] = FIRST_LIST - lists.length;
    lists.push(areas.length, ...areas);
  }
  const boxes = boxesOf(edges);
  const byRow = areasByRow(raster, boxes);
  for (let row = 0; row < rows; row += 1) {
    const inRow = byRow[row] ?? [];
    let owner: number | null = null;
    for (let column = 0; column < columns; column += 1) {
      const cell = row * columns + column;
      if (cells[cell] !== NOWHERE) {
        owner = null;
        continue;
      }
      // No edge lies between two untouched neighbours, so they have the same owner.
      owner ??= ownerOfCell(raster, edges, boxes, inRow, row, column, candidates.get(cell - 1));
      cells[cell] = owner;
    }
  }
  return { cells, lists: Int32Array.from(lists) };
}

/** For every cell that an edge touches, the areas of those edges in ascending order; walls along a row of cells. */
function touchedCells(raster: Raster, { starts, values }: Edges): Map<number, number[]> {
  const touched = new Map<number, number[]>();
  const { west, south, columns, rows, cellsPerLon, cellsPerLat } = raster;
  for (let area = 0; area + 1 < starts.length; area += 1) {
    const end = (starts[area + 1] ?? 0) * 4;
    for (let at = (starts[area] ?? 0) * 4; at < end; at += 4) {
      const x1 = ((values[at] ?? 0) - west) * cellsPerLon;
      const y1 = ((values[at + 1] ?? 0) - south) * cellsPerLat;
      const x2 = ((values[at + 2] ?? 0) - west) * cellsPerLon;
      const y2 = ((values[at + 3] ?? 0) - south) * cellsPerLat;
      const firstRow = clamp(Math.floor(y1 - MARGIN), rows);
      const lastRow = clamp(Math.floor(y2 + MARGIN), rows);
      for (let row = firstRow; row <= lastRow; row += 1) {
        const isLevel = y2 - y1 < 1e-12;
        const xa = isLevel ? x1 : xAt(Math.max(row - MARGIN, y1));
        const xb = isLevel ? x2 : xAt(Math.min(row + 1 + MARGIN, y2));
        const firstColumn = clamp(Math.floor(Math.min(xa, xb) - MARGIN), columns);
        const lastColumn = clamp(Math.floor(Math.max(xa, xb) + MARGIN), columns);
        for (let column = firstColumn; column <= lastColumn; column += 1) addArea(row * columns + column, area);
      }
      function xAt(y: number): number {
        return x1 + ((x2 - x1) * (Math.min(y, y2) - y1)) / (y2 - y1);
      }
    }
  }
  return touched;

  function addArea(cell: number, area: number): void {
    const known = touched.get(cell);
    if (known === undefined) touched.set(cell, [area]);
    else if (known.at(-1) !== area) known.push(area);
  }
}

function ownerOfCell(
  raster: Raster,
  edges: Edges,
  boxes: Float64Array,
  inRow: readonly number[],
  row: number,
  column: number,
  likely: readonly number[] | undefined,
): number {
  const lon = raster.west + (column + 0.5) / raster.cellsPerLon;
  const lat = raster.south + (row + 0.5) / raster.cellsPerLat;
  const first = likely?.find((area) => holds(edges, area, lon, lat));
  // Overlaps in real data: an area that comes earlier in the list may hold the cell as well.
  const limit = first ?? edges.starts.length - 1;
  for (const area of inRow) {
    if (area >= limit) break;
    const box = area * 4;
    if (lat < (boxes[box + 1] ?? 0) || lat > (boxes[box + 3] ?? 0)) continue;
    if (lon < (boxes[box] ?? 0) || lon > (boxes[box + 2] ?? 0)) continue;
    if (holds(edges, area, lon, lat)) return area;
  }
  return first ?? NOWHERE;
}

/** For each row of cells the areas whose box reaches into it, in ascending order. */
function areasByRow({ south, rows, cellsPerLat }: Raster, boxes: Float64Array): readonly (readonly number[])[] {
  const byRow = Array.from({ length: rows }, (): number[] => []);
  for (let area = 0; area * 4 < boxes.length; area += 1) {
    const first = clamp(Math.floor(((boxes[area * 4 + 1] ?? 0) - south) * cellsPerLat - MARGIN), rows);
    const last = clamp(Math.floor(((boxes[area * 4 + 3] ?? 0) - south) * cellsPerLat + MARGIN), rows);
    for (let row = first; row <= last; row += 1) byRow[row]?.push(area);
  }
  return byRow;
}

function boxesOf({ starts, values }: Edges): Float64Array {
  const boxes = new Float64Array((starts.length - 1) * 4);
  for (let area = 0; area + 1 < starts.length; area += 1) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    const end = (starts[area + 1] ?? 0) * 4;
    for (let at = (starts[area] ?? 0) * 4; at < end; at += 4) {
      west = Math.min(west, values[at] ?? 0, values[at + 2] ?? 0);
      east = Math.max(east, values[at] ?? 0, values[at + 2] ?? 0);
      south = Math.min(south, values[at + 1] ?? 0);
      north = Math.max(north, values[at + 3] ?? 0);
    }
    boxes.set([west, south, east, north], area * 4);
  }
  return boxes;
}

function clamp(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}
