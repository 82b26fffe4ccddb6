import type { CaseRow } from '#contract/cases.ts';
import { instant } from '#domain/base/instant.ts';
import { attentionLevel, type AttentionLevel } from '#domain/sla/attention-level.ts';
import { shapes, type Shape } from './layers/flat-layer.ts';
import { bytesOf, type MapTheme } from './map-theme.ts';

/** How a case looks on the map. */
export interface Look {
  readonly level: AttentionLevel;
  readonly shape: Shape;
  readonly colour: string;
}

/**
 * Marked cases carry the symbol of their level; normal ones are grey dots, hollow until a unit has them
 * (desk-wall-briefing.md §9.6).
 */
export function lookOf(row: CaseRow, theme: MapTheme, now: number): Look {
  const level = attentionLevel(
    {
      dueAt: row.dueAt === null ? null : instant(row.dueAt),
      clockStartedAt: instant(row.clockStartedAt ?? row.stateSince),
      returnCount: row.returnCount,
    },
    instant(now),
  );
  if (level !== null) {
    const shape = level === 2 ? shapes.triangle : level === 3 ? shapes.diamond : shapes.circle;
    return { level, shape, colour: theme.levels[level] };
  }
  return { level, shape: row.holderUnit === null ? shapes.ring : shapes.dot, colour: theme.textQuiet };
}

/** One draw: what deck.gl takes as binary data. */
export interface PointData {
  readonly length: number;
  readonly attributes: {
    readonly getPosition: { readonly value: Float64Array; readonly size: 2 };
    readonly getColor: { readonly value: Uint8Array; readonly size: 4; readonly normalized: true };
    readonly getShape: { readonly value: Float32Array; readonly size: 1 };
  };
}

/**
 * Points in dense arrays, one slot each. A change writes its own slot; a removal moves the last point into the gap.
 * Nothing is rebuilt because one case changed (GM4).
 */
export class PointBuffer {
  #positions = new Float64Array(0);
  #colours = new Uint8Array(0);
  #shapes = new Float32Array(0);
  readonly #slots = new Map<string, number>();
  #ids: string[] = [];

  get size(): number {
    return this.#ids.length;
  }

  set(id: string, lon: number, lat: number, look: Look): void {
    const known = this.#slots.get(id);
    const slot = known ?? this.#ids.length;
    if (known === undefined) {
      this.#slots.set(id, slot);
      this.#ids.push(id);
      this.#ensure(slot + 1);
    }
    this.#positions[slot * 2] = lon;
    this.#positions[slot * 2 + 1] = lat;
    this.#colours.set(bytesOf(look.colour), slot * 4);
    this.#shapes[slot] = look.shape;
  }

  /** False if it was not there. */
  remove(id: string): boolean {
    const slot = this.#slots.get(id);
    if (slot === undefined) return false;
    const last = this.#ids.length - 1;
    const lastId = this.#ids[last] ?? id;
    this.#positions.copyWithin(slot * 2, last * 2, last * 2 + 2);
    this.#colours.copyWithin(slot * 4, last * 4, last * 4 + 4);
    this.#shapes[slot] = this.#shapes[last] ?? 0;
    this.#ids[slot] = lastId;
    this.#slots.set(lastId, slot);
    this.#ids.pop();
    this.#slots.delete(id);
    return true;
  }

  clear(): void {
    this.#slots.clear();
    this.#ids = [];
  }

  /** The points as they are now, over the same memory; a new object, so that deck.gl uploads it. */
  data(): PointData {
    const length = this.#ids.length;
    return {
      length,
      attributes: {
        getPosition: { value: this.#positions.subarray(0, length * 2), size: 2 },
        getColor: { value: this.#colours.subarray(0, length * 4), size: 4, normalized: true },
        getShape: { value: this.#shapes.subarray(0, length), size: 1 },
      },
    };
  }

  #ensure(count: number): void {
    if (count <= this.#shapes.length) return;
    const capacity = Math.max(1_024, this.#shapes.length * 2);
    this.#positions = grown(this.#positions, new Float64Array(capacity * 2));
    this.#colours = grown(this.#colours, new Uint8Array(capacity * 4));
    this.#shapes = grown(this.#shapes, new Float32Array(capacity));
  }
}

function grown<Values extends Float64Array | Uint8Array | Float32Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}
