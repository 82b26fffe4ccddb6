import { instant, type Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { ForceKind, ForceReport } from '#domain/forces/force.ts';
import type { Position } from '#domain/grid/district.ts';
import { degreeLengths } from '#domain/same-cause/distance.ts';
import type { SimulatedCity } from './city.ts';
import { drawBetween } from './draw.ts';
import { seedOf } from './seed-of.ts';

/** People and vehicles of the simulated city when nothing else is asked for (live-and-storage.md §6, positions). */
export const patrolsByDefault = 500;

const PERIOD_MS = 30_000;
const PERIOD_SPREAD_MS = 5_000;
const WALK_METRES_PER_S = 1.2;
const SCOOTER_METRES_PER_S = 6;
const VEHICLE_METRES_PER_S = 9;
const STANDING_SHARE = 0.05;
const DRIFT_METRES = 8;
/** 3 % of the time without a line, 2 to 20 minutes each, then up to 40 positions at once. */
const GAP_SHARE = 0.03;
const GAP_FROM_MS = 2 * 60_000;
const GAP_TO_MS = 20 * 60_000;
const GAP_MEAN_MS = (GAP_FROM_MS + GAP_TO_MS) / 2;
const GAP_CHANCE = GAP_SHARE / (1 - GAP_SHARE) / (GAP_MEAN_MS / PERIOD_MS);
const MOST_KEPT = 40;
const WRONG_CLOCK_SHARE = 0.01;
const CLOCK_SPREAD_MS = 90_000;
const JUMP_CHANCE = 0.002;
const TRIES = 8;

interface Walker {
  readonly id: string;
  readonly kind: ForceKind;
  readonly unit: string;
  readonly metresPerS: number;
  readonly clockOffMs: number;
  readonly random: Random;
  /** Points it goes through, again and again: roads for vehicles, else anywhere in its grid. */
  readonly nextGoal: () => Position;
  at: Position;
  goal: Position;
  movedAt: number;
  dueAt: number;
  gapUntil: number;
  readonly kept: ForceReport[];
}

/**
 * People and vehicles of the simulated city (演示数据): 60 % grid staff, of them a third on scooters, 25 % lane stewards on
 * foot, 15 % vehicles on roads; with the faults of real terminals. The same seed gives the same people.
 */
export class Patrols {
  readonly #city: SimulatedCity;
  readonly #walkers: readonly Walker[];

  constructor(city: SimulatedCity, seed: number, from: Instant, number = patrolsByDefault) {
    this.#city = city;
    this.#walkers = Array.from({ length: number }, (_, index) => this.#walker(index, seed, from));
  }

  /** Nobody moves or sends until then: the simulator is paused, or the machine was asleep. */
  rest(until: Instant): void {
    for (const walker of this.#walkers) {
      walker.movedAt = until;
      while (walker.dueAt < until) walker.dueAt += PERIOD_MS;
    }
  }

  /** What their terminals send up to this moment; each call goes on from the one before. */
  takeDue(now: Instant): readonly ForceReport[] {
    const sent: ForceReport[] = [];
    for (const walker of this.#walkers) {
      while (walker.dueAt <= now) {
        const report = this.#step(walker, walker.dueAt);
        const { random } = walker;
        const isCut = walker.dueAt < walker.gapUntil;
        if (isCut) {
          walker.kept.push(report);
          if (walker.kept.length > MOST_KEPT) walker.kept.shift();
        } else {
          sent.push(...walker.kept.splice(0), report);
          if (random.chance(GAP_CHANCE)) walker.gapUntil = walker.dueAt + drawBetween(random, GAP_FROM_MS, GAP_TO_MS);
        }
        walker.dueAt += PERIOD_MS + drawBetween(random, -PERIOD_SPREAD_MS, PERIOD_SPREAD_MS);
      }
    }
    return sent;
  }

  #walker(index: number, seed: number, from: Instant): Walker {
    const random = new Random(seedOf(seed, 'patrol', index));
    const share = random.next();
    const kind: ForceKind = share < 0.6 ? 'grid_staff' : share < 0.85 ? 'lane_steward' : 'vehicle';
    const cell = random.pick(this.#city.cells);
    const path = this.#city.areas.path(cell.code);
    // Vehicles are a township's, people a village's.
    const unit = (kind === 'vehicle' ? path[1] : path[2])?.code ?? cell.code;
    const isStanding = random.chance(STANDING_SHARE);
    const own =
      kind === 'vehicle'
        ? VEHICLE_METRES_PER_S
        : kind === 'grid_staff' && random.chance(1 / 3)
          ? SCOOTER_METRES_PER_S
          : WALK_METRES_PER_S;
    const { roads } = this.#city;
    const isOnRoad = kind === 'vehicle' && roads.length > 0;
    const nextGoal = isOnRoad
      ? alongRoad(random.pick(roads).line, random)
      : () => this.#inCell(cell.code, cell.bounds, cell.labelPoint, random);
    const at = nextGoal();
    return {
      ...{ id: `${kind.replace('_', '-')}-${index + 1}`, kind, unit, random, nextGoal },
      metresPerS: isStanding ? 0 : own,
      clockOffMs: random.chance(WRONG_CLOCK_SHARE) ? drawBetween(random, -CLOCK_SPREAD_MS, CLOCK_SPREAD_MS) : 0,
      ...{ at, goal: nextGoal(), movedAt: from, dueAt: from + random.next() * PERIOD_MS, gapUntil: 0, kept: [] },
    };
  }

  #step(walker: Walker, time: number): ForceReport {
    const { id, kind, unit, random, metresPerS, clockOffMs } = walker;
    let metres = ((time - walker.movedAt) / 1_000) * metresPerS;
    walker.movedAt = time;
    for (let leg = 0; metres > 0 && leg < TRIES; leg += 1) {
      const left = metresBetween(walker.at, walker.goal);
      if (left > metres) {
        const part = metres / left;
        const [fromLon, fromLat] = walker.at;
        walker.at = [fromLon + (walker.goal[0] - fromLon) * part, fromLat + (walker.goal[1] - fromLat) * part];
        break;
      }
      metres -= left;
      walker.at = walker.goal;
      walker.goal = walker.nextGoal();
    }
    const spread = random.chance(JUMP_CHANCE) ? drawBetween(random, 1_500, 4_000) : metresPerS === 0 ? DRIFT_METRES : 2;
    const [lon, lat] = aside(walker.at, spread, random);
    return { id, kind, unit, lon, lat, at: instant(time + clockOffMs), isDemo: true };
  }

  #inCell(code: string, [west, south, east, north]: readonly number[], middle: Position, random: Random): Position {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const goal: Position = [drawBetween(random, west ?? 0, east ?? 0), drawBetween(random, south ?? 0, north ?? 0)];
      if (this.#city.locate(goal[0], goal[1]) === code) return goal;
    }
    return middle;
  }
}

/** The points of a road one after the other, there and back. */
function alongRoad(line: readonly Position[], random: Random): () => Position {
  let index = random.integer(0, line.length - 1);
  let step = random.chance(0.5) ? 1 : -1;
  return () => {
    if (line[index + step] === undefined) step = -step;
    index += step;
    return line[index] ?? line[0] ?? [0, 0];
  };
}

function metresBetween(from: Position, to: Position): number {
  const { metresPerLon, metresPerLat } = degreeLengths((from[1] + to[1]) / 2);
  return Math.hypot((to[0] - from[0]) * metresPerLon, (to[1] - from[1]) * metresPerLat);
}

/** Some metres away in any direction: a terminal is exact to that. */
function aside([lon, lat]: Position, metres: number, random: Random): Position {
  const { metresPerLon, metresPerLat } = degreeLengths(lat);
  const angle = random.next() * 2 * Math.PI;
  const distance = metres >= 1_000 ? metres : Math.abs(random.normal()) * metres;
  return [
    Math.round((lon + (Math.cos(angle) * distance) / metresPerLon) * 1e6) / 1e6,
    Math.round((lat + (Math.sin(angle) * distance) / metresPerLat) * 1e6) / 1e6,
  ];
}
