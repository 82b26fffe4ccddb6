import type { FlatAttribute, FlatData } from './layers/flat-layer.ts';
import type { Shape } from './symbols.ts';

interface Dot {
  readonly lon: number;
  readonly lat: number;
  readonly shape: Shape;
  readonly cell: number;
  /** Place in the buffers; -1 when another dot stands for it. */
  slot: number;
}

/** Size of a thinning cell in degrees. */
export interface CellSize {
  readonly lon: number;
  readonly lat: number;
}

/**
 * Dots in dense arrays, one slot each. A change writes its own slot, a removal moves the last dot into the gap, so
 * nothing is rebuilt because one case changed (GM4). Of dots in the same cell one is drawn: they would cover each other.
 */
export class DotField {
  readonly #dots = new Map<string, Dot>();
  /** Cell → how many dots are in it. */
  readonly #cells = new Map<number, number>();
  #size: CellSize = { lon: 1e-6, lat: 1e-6 };
  #ids: string[] = [];
  #positions = new Float64Array(0);
  #shapes = new Float32Array(0);
  #position: FlatAttribute = { value: this.#positions, size: 2 };
  #shape: FlatAttribute = { value: this.#shapes, size: 1 };
  #arePositionsNew = false;
  #areShapesNew = false;
  #hasGaps = false;

  get size(): number {
    return this.#dots.size;
  }

  get drawn(): number {
    return this.#ids.length;
  }

  set(id: string, lon: number, lat: number, shape: Shape): void {
    const known = this.#dots.get(id);
    const cell = this.#cellOf(lon, lat);
    if (known !== undefined && known.lon === lon && known.lat === lat) {
      if (known.shape === shape) return;
      this.#dots.set(id, { lon, lat, shape, cell, slot: known.slot });
      if (known.slot >= 0) this.#write(known.slot, lon, lat, shape, false);
      return;
    }
    if (known !== undefined) this.remove(id);
    this.#add(id, lon, lat, shape, cell);
  }

  /** False if it was not there. */
  remove(id: string): boolean {
    const dot = this.#dots.get(id);
    if (dot === undefined) return false;
    this.#dots.delete(id);
    const left = (this.#cells.get(dot.cell) ?? 1) - 1;
    if (left === 0) this.#cells.delete(dot.cell);
    else this.#cells.set(dot.cell, left);
    if (dot.slot < 0) return true;
    if (left > 0) this.#hasGaps = true;
    this.#free(dot.slot);
    return true;
  }

  clear(): void {
    this.#dots.clear();
    this.#cells.clear();
    this.#ids = [];
    this.#hasGaps = false;
  }

  /** Thins anew when the cells have another size, or when a dot left whose cell has others. */
  thin(size: CellSize): void {
    const isSame = size.lon === this.#size.lon && size.lat === this.#size.lat;
    if (isSame && !this.#hasGaps) return;
    this.#size = size;
    const dots = [...this.#dots];
    this.clear();
    for (const [id, { lon, lat, shape }] of dots) this.#add(id, lon, lat, shape, this.#cellOf(lon, lat));
  }

  /** What to draw; attributes that did not change are the same objects as before. */
  data(): FlatData {
    if (this.#arePositionsNew) this.#position = { value: this.#positions, size: 2 };
    if (this.#areShapesNew) this.#shape = { value: this.#shapes, size: 1 };
    this.#arePositionsNew = false;
    this.#areShapesNew = false;
    return { length: this.#ids.length, attributes: { getPosition: this.#position, getValue: this.#shape } };
  }

  #add(id: string, lon: number, lat: number, shape: Shape, cell: number): void {
    const inCell = this.#cells.get(cell) ?? 0;
    this.#cells.set(cell, inCell + 1);
    const slot = inCell === 0 ? this.#ids.length : -1;
    this.#dots.set(id, { lon, lat, shape, cell, slot });
    if (slot < 0) return;
    this.#ids.push(id);
    this.#ensure(slot + 1);
    this.#write(slot, lon, lat, shape, true);
  }

  #free(slot: number): void {
    const lastId = this.#ids.pop();
    const last = lastId === undefined ? undefined : this.#dots.get(lastId);
    if (lastId === undefined || last === undefined || last.slot === slot) return;
    this.#ids[slot] = lastId;
    last.slot = slot;
    this.#write(slot, last.lon, last.lat, last.shape, true);
  }

  #write(slot: number, lon: number, lat: number, shape: Shape, hasMoved: boolean): void {
    this.#shapes[slot] = shape;
    this.#areShapesNew = true;
    if (!hasMoved) return;
    this.#positions[slot * 2] = lon;
    this.#positions[slot * 2 + 1] = lat;
    this.#arePositionsNew = true;
  }

  #ensure(count: number): void {
    if (count <= this.#shapes.length) return;
    const capacity = Math.max(1_024, this.#shapes.length * 2);
    const [positions, kinds] = [new Float64Array(capacity * 2), new Float32Array(capacity)];
    positions.set(this.#positions);
    kinds.set(this.#shapes);
    this.#positions = positions;
    this.#shapes = kinds;
  }

  #cellOf(lon: number, lat: number): number {
    return Math.floor(lon / this.#size.lon) * 2 ** 26 + Math.floor(lat / this.#size.lat);
  }
}
