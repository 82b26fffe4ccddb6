import type { NewOrder } from '#domain/case/commands.ts';
import { isOrderOpen } from '#domain/case/guards.ts';
import type { Day } from '#domain/reference/day.ts';
import type { DutyInForce, ReferenceTables } from '#domain/reference/reference-tables.ts';
import { shares } from './chances.ts';
import type { SimulatedCity } from './city.ts';
import type { Turn } from './scene.ts';

/** The way of a case through the units. */
export interface Road {
  /** Units that can get an order, coarsest first: township and village, or a department alone. */
  readonly units: readonly string[];
  /** From here on the units may handle it; finer ones only if it is sent down. */
  readonly leadAt: number;
  /** The responsibility 权责清单 behind it; null where only the territory speaks 属地. */
  readonly duty: DutyInForce | null;
}

/**
 * Where the case belongs: to the lead of the first responsibility, through its township; where that is a territorial
 * unit the road goes on down to village and grid. Without a responsibility the territory 属地兜底.
 */
export function roadOf(turn: Turn): Road {
  const { found, scene, grid, day } = turn;
  const { units } = scene.tables;
  const chain = units.chainFor(grid, day).flatMap(({ code, parent }) => (parent === null ? [] : code));
  const { record, classRef } = found;
  // As seen when it came in: a responsibility may change with the hour.
  const [duty] = scene.tables.dutiesFor({ record, classRef, areaCode: grid, at: found.recordedAt });
  if (duty === undefined) return { units: chain, leadAt: 0, duty: null };
  const at = chain.indexOf(duty.lead.unit.code);
  if (at >= 0) return { units: chain, leadAt: at, duty };
  const path = units.path(duty.lead.unit.code, day).filter((code) => units.unit(code, day)?.parent !== null);
  // In a net without townships the lead may be the coarsest area, which gets no orders.
  if (path.length === 0) return { units: chain, leadAt: 0, duty: null };
  return { units: path, leadAt: path.length - 1, duty };
}

/** The next unit down the road from `unit`; null if that one handles it itself. */
export function nextDown(turn: Turn, { units, leadAt }: Road, unit: string): string | null {
  const at = units.indexOf(unit);
  const next = at < 0 ? undefined : units[at + 1];
  if (next === undefined || !turn.scene.tables.units.isBelow(next, unit)) return null;
  if (at < leadAt) return next;
  return turn.random.chance(at === 0 ? shares.toCommunity : shares.toGrid) ? next : null;
}

/** Orders to the co-units of a responsibility, which go out with the order to its lead. */
export function ordersOf(turn: Turn, { duty }: Road, lead: string): readonly NewOrder[] {
  const taken = new Set([lead, ...turn.found.side.orders.filter(isOrderOpen).map(({ unit }) => unit)]);
  const co = duty?.co ?? [];
  return co
    .filter(({ unit }) => !taken.has(unit.code))
    .map(({ unit }) => {
      const role = unit.kind === 'community' && turn.found.record === 'ticket' ? 'main' : 'co';
      return { unit: unit.code, personId: null, role } as const;
    });
}

/** A unit that the case does not belong to: a township beside its own, or a department. Null where there is none. */
export function wrongUnit(turn: Turn, { units: right }: Road): string | null {
  const { scene, day, grid, random } = turn;
  const { areas } = scene.city;
  const [own] = scene.tables.units.chainFor(grid, day);
  const beside = own === undefined ? [] : areas.children(areas.area(own.code)?.parent ?? '');
  const townships = beside.map(({ code }) => code).filter((code) => isFree(turn, code) && !right.includes(code));
  const departments = departmentsOf(scene.tables, day).filter((code) => !right.includes(code));
  const first = random.chance(shares.toDepartment) ? departments : townships;
  const choice = first.length > 0 ? first : townships;
  return choice.length === 0 ? null : random.pick(choice);
}

/** Another unit below the holder than the right one: beside it in the net, which need not be below by management. */
export function wrongBelow(turn: Turn, right: string): string | null {
  const { areas } = turn.scene.city;
  const { units } = turn.scene.tables;
  const beside = areas.children(areas.area(right)?.parent ?? '').map(({ code }) => code);
  const others = beside.filter((code) => code !== right && isFree(turn, code) && units.isBelow(code, turn.unit));
  return others.length === 0 ? null : turn.random.pick(others);
}

/** A unit of the net below this one. */
export function someBelow(turn: Turn, unit: string): string | null {
  const below = turn.scene.city.areas.children(unit).filter(({ code }) => isFree(turn, code));
  return below.length === 0 ? null : turn.random.pick(below).code;
}

/** Whom a unit would call with a whistle 吹哨: departments and enterprises, else townships beside. */
export function called(turn: Turn): string | null {
  const { found, scene, day, random, unit } = turn;
  const taken = new Set([unit, ...found.side.orders.map((order) => order.unit)]);
  const [own] = scene.tables.units.chainFor(turn.grid, day);
  const beside = scene.city.areas.children(scene.city.areas.area(own?.code ?? '')?.parent ?? '');
  const all = [...departmentsOf(scene.tables, day), ...beside.map(({ code }) => code)];
  const free = all.filter((code) => !taken.has(code) && isFree(turn, code));
  return free.length === 0 ? null : random.pick(free.slice(0, 35));
}

/** Departments and enterprises of the district. */
export function departmentsOf(tables: ReferenceTables, day: Day): readonly string[] {
  const known = departments.get(tables);
  if (known !== undefined) return known;
  const kinds = ['department', 'utility_company'] as const;
  const found = tables.units.search({ text: '', day, kinds, below: null, limit: 100 }).map(({ code }) => code);
  departments.set(tables, found);
  return found;
}

const departments = new WeakMap<ReferenceTables, readonly string[]>();

function isFree({ scene, day }: Turn, code: string): boolean {
  const unit = scene.tables.units.inForce(code, day);
  return unit !== undefined && unit.parent !== null;
}

/** The township that manages a grid 签收 and those beside it. */
export function townshipsOf({ areas }: SimulatedCity, { units }: ReferenceTables, day: Day) {
  return (grid: string): { readonly own: string | null; readonly beside: readonly string[] } => {
    const own = units.chainFor(grid, day).find(({ parent }) => parent !== null)?.code ?? null;
    const beside = own === null ? [] : areas.children(areas.area(own)?.parent ?? '').map(({ code }) => code);
    return { own, beside: beside.filter((code) => code !== own && units.inForce(code, day) !== undefined) };
  };
}
