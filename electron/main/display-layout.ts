import type { Area } from './windows/window-place.ts';

/** A display as the system tells it now; lengths in device-independent pixels of the whole desktop. */
export interface DisplayFacts {
  /** Good until the next change: the system renumbers displays (M4). */
  readonly id: number;
  /** Empty where the driver tells none. */
  readonly label: string;
  readonly bounds: Area;
  readonly scaleFactor: number;
}

/** A display as it was when the wall was set up. `name` is that of the wall's page on it; null: it does not belong to the wall. */
export interface KnownDisplay {
  readonly name: string | null;
  readonly label: string;
  readonly bounds: Area;
}

/** Which displays of this machine are the wall, told with all others that were there, so that each can be told apart later. */
export interface WallPlan {
  readonly displays: readonly KnownDisplay[];
  /** One picture across all displays of the wall, where their scale is one and together they are a rectangle (W1). */
  readonly isSpanning: boolean;
  /** Chosen so by a person: a display of the wall may lie over a desk window. Else a desk window outranks the wall (W3). */
  readonly coversDesk: boolean;
}

/** One window of the wall: where, and the displays that it covers. */
export interface WallPlace {
  readonly name: string;
  readonly bounds: Area;
  readonly displays: readonly number[];
}

/** The last choice goes with the wall of a machine whose displays were never chosen: what has no desk, else all there is. */
export function usualPlan(present: readonly DisplayFacts[], desks: readonly Area[]): WallPlan {
  const free = present.filter((display) => !isUnderDesk(display, present, desks));
  return planOf({ chosen: free.length > 0 ? free : present, present, desks, isSpanning: false, before: null });
}

/**
 * The plan of a choice. A display that was part of the wall before keeps its name, since the host keeps scenes by name; others get
 * the first free `wall-N`, from left to right.
 */
export function planOf(given: {
  readonly chosen: readonly DisplayFacts[];
  readonly present: readonly DisplayFacts[];
  readonly desks: readonly Area[];
  readonly isSpanning: boolean;
  readonly before: WallPlan | null;
}): WallPlan {
  const { chosen, present, desks, isSpanning, before } = given;
  const names = before === null ? new Map<number, string>() : wallNames(before, present);
  const taken = new Set(chosen.flatMap(({ id }) => names.get(id) ?? []));
  const displays = inOrder(present).map(({ id, label, bounds }): KnownDisplay => {
    if (!chosen.some((one) => one.id === id)) return { name: null, label, bounds };
    const name = names.get(id) ?? freeName(taken);
    taken.add(name);
    return { name, label, bounds };
  });
  return { displays, isSpanning, coversDesk: chosen.some((display) => isUnderDesk(display, present, desks)) };
}

/**
 * Where the wall's windows go. A display that is gone has none until it is back, so a window is never twice or out of sight; one
 * with a desk window on it has none either, unless a person chose it so.
 *
 * @param desks bounds of the desk windows as they are now
 */
export function wallPlaces(
  plan: WallPlan,
  present: readonly DisplayFacts[],
  desks: readonly Area[],
): readonly WallPlace[] {
  const found = [...recognise(plan.displays, present)].flatMap(([{ name }, display]) => {
    if (name === null || (!plan.coversDesk && isUnderDesk(display, present, desks))) return [];
    return [{ name, display }];
  });
  const walls = found.toSorted((one, other) => byPlace(one.display, other.display));
  const [first] = walls;
  if (first === undefined) return [];
  const whole = rectangleOf(walls.map(({ display }) => display));
  if (plan.isSpanning && whole !== null)
    return [{ name: first.name, bounds: whole, displays: walls.map(({ display }) => display.id) }];
  return walls.map(({ name, display }) => ({ name, bounds: display.bounds, displays: [display.id] }));
}

/** Names of the wall's displays that are here, by their number of now. */
export function wallNames(plan: WallPlan, present: readonly DisplayFacts[]): ReadonlyMap<number, string> {
  const found = [...recognise(plan.displays, present)];
  return new Map(found.flatMap(([{ name }, { id }]) => (name === null ? [] : [[id, name] as const])));
}

/** The rectangle that displays of one scale fill together without a gap; null when they do not. */
export function rectangleOf(displays: readonly DisplayFacts[]): Area | null {
  if (displays.length === 0 || new Set(displays.map(({ scaleFactor }) => scaleFactor)).size > 1) return null;
  const all = displays.map(({ bounds }) => bounds);
  const x = Math.min(...all.map((area) => area.x));
  const y = Math.min(...all.map((area) => area.y));
  const width = Math.max(...all.map((area) => area.x + area.width)) - x;
  const height = Math.max(...all.map((area) => area.y + area.height)) - y;
  const filled = all.reduce((sum, area) => sum + area.width * area.height, 0);
  return filled === width * height ? { x, y, width, height } : null;
}

/** The display that has most of an area; undefined when the area is on none. */
export function displayUnder(area: Area, present: readonly DisplayFacts[]): DisplayFacts | undefined {
  const [most] = present.toSorted((one, other) => shared(other.bounds, area) - shared(one.bounds, area));
  return most !== undefined && shared(most.bounds, area) > 0 ? most : undefined;
}

/** Same place and same size. */
export function isSameArea(one: Area, other: Area): boolean {
  return one.x === other.x && one.y === other.y && isSameSize(one, other);
}

type Likeness = (known: KnownDisplay, display: DisplayFacts) => boolean;

const hasLabel: Likeness = ({ label }, display) => label !== '' && label === display.label;
const hasSize: Likeness = ({ bounds }, display) => isSameSize(bounds, display.bounds);
const hasPlace: Likeness = ({ bounds }, display) => bounds.x === display.bounds.x && bounds.y === display.bounds.y;

/** From what can hardly be chance to what is only likely; within one, from left to right. */
const likenesses: readonly Likeness[] = [
  (known, display) => hasLabel(known, display) && hasSize(known, display) && hasPlace(known, display),
  (known, display) => hasLabel(known, display) && hasSize(known, display),
  (known, display) => hasLabel(known, display),
  (known, display) => mayBe(known, display) && hasSize(known, display) && hasPlace(known, display),
  (known, display) => mayBe(known, display) && hasSize(known, display),
];

/** Which display that is here now is which known one: by label, size and place, never by the system's number (M4). */
function recognise(
  known: readonly KnownDisplay[],
  present: readonly DisplayFacts[],
): ReadonlyMap<KnownDisplay, DisplayFacts> {
  const found = new Map<KnownDisplay, DisplayFacts>();
  let open = known.toSorted(byPlace);
  let free = inOrder(present);
  const match = (isLike: Likeness) => {
    for (const one of open) {
      const display = free.find((candidate) => isLike(one, candidate));
      if (display === undefined) continue;
      found.set(one, display);
      free = free.filter((candidate) => candidate !== display);
    }
    open = open.filter((one) => !found.has(one));
  };
  for (const isLike of likenesses) match(isLike);
  // As many as before: those that are left were set to another size.
  if (known.length === present.length) match(mayBe);
  return found;
}

/** Two displays that tell different labels are two displays. */
function mayBe(known: KnownDisplay, display: DisplayFacts): boolean {
  return known.label === '' || display.label === '' || known.label === display.label;
}

function isUnderDesk(display: DisplayFacts, present: readonly DisplayFacts[], desks: readonly Area[]): boolean {
  return desks.some((desk) => displayUnder(desk, present)?.id === display.id);
}

function freeName(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    if (!taken.has(`wall-${number}`)) return `wall-${number}`;
  }
}

function inOrder(displays: readonly DisplayFacts[]): readonly DisplayFacts[] {
  return displays.toSorted(byPlace);
}

function byPlace(one: { readonly bounds: Area }, other: { readonly bounds: Area }): number {
  return one.bounds.x - other.bounds.x || one.bounds.y - other.bounds.y;
}

function isSameSize(one: Area, other: Area): boolean {
  return one.width === other.width && one.height === other.height;
}

function shared(one: Area, other: Area): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}
