import type { ForceBatch, PositionTally } from '#contract/forces.ts';
import { unpackPeople, unpackPlaces } from '#contract/packed-forces.ts';
import { instant } from '#domain/base/instant.ts';
import {
  ageOf,
  forceKinds as namedKinds,
  positionAges,
  type AgeLimits,
  type ForcePosition,
  type PositionAge,
} from '#domain/forces/force.ts';
import type { ForceField, ForceKind } from '#renderer/map/forces/force-field.ts';

/** What is known beside the positions. */
export interface ForceStatus {
  /** Host time of the last batch, null before the first. */
  readonly asOf: number | null;
  readonly limits: AgeLimits & { readonly isPlaceholder: boolean };
  readonly tally: PositionTally;
  /** Some of them are 演示数据. */
  readonly hasDemo: boolean;
  readonly count: number;
}

const noStatus: ForceStatus = {
  asOf: null,
  limits: { oldMs: Infinity, silentMs: Infinity, isPlaceholder: false },
  tally: { taken: 0, older: 0, refused: 0, dropped: 0 },
  hasDemo: false,
  count: 0,
};

/** The map's names of kinds, in the order of the domain's. */
const mapKinds: readonly ForceKind[] = ['gridStaff', 'laneSteward', 'vehicle'];

/**
 * Last known positions of people and vehicles as the host streams them, and as the map draws them. A field's arrays stay as
 * they are until the field after the next one.
 */
export class LiveForces {
  readonly #people = new Map<number, ForcePosition>();
  #status = noStatus;
  #kinds: ReadonlySet<ForceKind> = new Set(mapKinds);
  /** Those of the last field, in its order; null when it has to be put together anew. */
  #shown: readonly number[] | null = null;
  #kindNumbers = new Uint8Array(0);
  #ages = new Uint8Array(0);
  #buffers: readonly [Float64Array, Float64Array] = [new Float64Array(0), new Float64Array(0)];
  #turn: 0 | 1 = 0;

  get status(): ForceStatus {
    return this.#status;
  }

  /** Everything held is void: everybody comes again. */
  reset(): void {
    this.#people.clear();
    this.#shown = null;
    this.#status = noStatus;
  }

  apply({ asOf, limits, tally, people, moved, gone }: ForceBatch): void {
    const newcomers = new Map(unpackPeople(people).map((person) => [person.slot, person]));
    for (const place of unpackPlaces(moved, instant(asOf))) {
      const known = this.#people.get(place.slot);
      const person = newcomers.get(place.slot) ?? known;
      if (person === undefined) continue;
      if (known === undefined) this.#shown = null;
      const { id, kind, unit, isDemo } = person;
      this.#people.set(place.slot, { id, kind, unit, isDemo, ...place });
    }
    for (const slot of gone) if (this.#people.delete(slot)) this.#shown = null;
    const isDemo = [...newcomers.values()].some((person) => person.isDemo);
    const hasDemo = isDemo || (this.#people.size > 0 && this.#status.hasDemo);
    this.#status = { asOf, limits, tally, hasDemo, count: this.#people.size };
  }

  /** Kinds that are drawn. */
  show(kinds: readonly ForceKind[]): void {
    this.#kinds = new Set(kinds);
    this.#shown = null;
  }

  /** For the map, at this moment of the host. */
  field(now: number): ForceField {
    const shown = this.#shown ?? this.#compose();
    const positions = this.#positionsFor(shown.length);
    const ages = new Uint8Array(shown.length);
    for (const [index, slot] of shown.entries()) {
      const person = this.#people.get(slot);
      if (person === undefined) continue;
      positions[2 * index] = person.lon;
      positions[2 * index + 1] = person.lat;
      ages[index] = positionAges.indexOf(ageOf(person.at, now, this.#status.limits));
    }
    // The map looks at ages only when they are another object.
    if (ages.length !== this.#ages.length || ages.some((age, index) => age !== this.#ages[index])) this.#ages = ages;
    return { count: shown.length, positions, kinds: this.#kindNumbers, ages: this.#ages };
  }

  /** Who has that place in the last field. */
  at(index: number): ForcePosition | undefined {
    const slot = this.#shown?.[index];
    return slot === undefined ? undefined : this.#people.get(slot);
  }

  /** As last heard of; undefined once forgotten. */
  bySlot(slot: number): ForcePosition | undefined {
    return this.#people.get(slot);
  }

  age(person: ForcePosition, now: number): PositionAge {
    return ageOf(person.at, now, this.#status.limits);
  }

  #compose(): readonly number[] {
    const shown = [...this.#people.values()].filter(({ kind }) => this.#kinds.has(mapKind(kind)));
    this.#shown = shown.map(({ slot }) => slot);
    this.#kindNumbers = Uint8Array.from(shown, ({ kind }) => namedKinds.indexOf(kind));
    return this.#shown;
  }

  #positionsFor(count: number): Float64Array {
    this.#turn = this.#turn === 0 ? 1 : 0;
    if (this.#buffers[0].length < 2 * count) {
      const length = 2 * Math.max(256, 2 ** Math.ceil(Math.log2(count)));
      this.#buffers = [new Float64Array(length), new Float64Array(length)];
    }
    return this.#buffers[this.#turn];
  }
}

/** The map's name of a kind of the domain. */
export function mapKind(kind: ForcePosition['kind']): ForceKind {
  return mapKinds[namedKinds.indexOf(kind)] ?? 'gridStaff';
}
