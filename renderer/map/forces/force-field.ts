/** Who moves: grid staff 网格员, lane stewards 小巷管家, vehicles 车辆. `ForceField.kinds` holds the place in this list. */
export const forceKinds = ['gridStaff', 'laneSteward', 'vehicle'] as const;
export type ForceKind = (typeof forceKinds)[number];

/** How far a position may be believed; `ForceField.ages` holds the place in this list. The rule belongs to the giver. */
export const forceAges = ['fresh', 'old', 'silent'] as const;
export type ForceAge = (typeof forceAges)[number];

/**
 * Where people and vehicles are. The map reads the arrays when it draws and keeps none of them longer than until the field
 * after the next one: a giver fills two sets in turn. `kinds` and `ages` are looked at only when they are other objects
 * than before, so give the same ones while they are right.
 */
export interface ForceField {
  /** How many; the arrays may be longer. */
  readonly count: number;
  /** Longitude and latitude of each in degrees, WGS-84. */
  readonly positions: Float64Array;
  /** Of each, its place in {@link forceKinds}. */
  readonly kinds: Uint8Array;
  /** Of each, its place in {@link forceAges}. */
  readonly ages: Uint8Array;
}

/** Where one of them was: longitude and latitude in degrees, the oldest first. */
export interface ForceTrack {
  readonly positions: Float64Array;
}

/** How many of a kind are on the map, and of these those with an old position and those that are silent. */
export interface ForceCount {
  readonly kind: ForceKind;
  readonly count: number;
  readonly old: number;
  readonly silent: number;
}

export function kindAt({ kinds }: ForceField, index: number): ForceKind {
  return forceKinds[kinds[index] ?? 0] ?? 'gridStaff';
}

export function ageAt({ ages }: ForceField, index: number): ForceAge {
  return forceAges[ages[index] ?? 0] ?? 'silent';
}

/** Only kinds that are there. */
export function countForces(field: ForceField): readonly ForceCount[] {
  const tallies = forceKinds.map(() => [0, 0, 0] as [number, number, number]);
  for (let at = 0; at < field.count; at += 1) {
    const tally = tallies[field.kinds[at] ?? 0];
    const age = field.ages[at] ?? 0;
    if (tally !== undefined && (age === 0 || age === 1 || age === 2)) tally[age] += 1;
  }
  return forceKinds.flatMap((kind, index) => {
    const [fresh, old, silent] = tallies[index] ?? [0, 0, 0];
    const count = fresh + old + silent;
    return count === 0 ? [] : [{ kind, count, old, silent }];
  });
}
