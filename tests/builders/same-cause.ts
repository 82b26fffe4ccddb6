import { DAY_MS, instant, plus, type Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { classKeyOf, type SameCauseFacts, type SameCauseQuery } from '#domain/same-cause/facts.ts';
import { classGroups } from '#domain/simulation/simulated-classes.ts';
import { morning } from './cases.ts';

/** An open report of a broken manhole cover in the middle of Shunyi. */
export function someFacts(change: Partial<SameCauseFacts> = {}): SameCauseFacts {
  return Object.freeze({
    id: '20261124000001',
    record: 'case',
    classKey: classKeyOf({ standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '01001' }),
    className: '雨水井盖',
    lon: 116.65,
    lat: 40.13,
    gridCode: '110113001001001',
    address: '光明街道幸福路12号东侧',
    description: '雨水井盖破损，行人容易踩空',
    reportedAt: morning,
    closedAt: null,
    reporterId: null,
    ...change,
  });
}

/** A question after duplicates of those facts, asked before they have a number. */
export function aDraft(change: Partial<SameCauseQuery> = {}): SameCauseQuery {
  const { record: _, closedAt: __, ...facts } = someFacts();
  return { ...facts, id: null, ...change };
}

const HOT_SPOTS = 16;
const HISTORY_MS = 90 * DAY_MS;
const OPEN_SHARE = 0.15;
const METERS_PER_DEGREE = 111_320;
const [west, south, east, north] = [116.5, 40.0, 116.95, 40.28] as const;
const people = ['居民反映', '巡查发现', '群众来电称', '网格员上报', '视频发现'];
const endings = ['请尽快处理', '影响通行', '存在安全隐患', '已多日无人处理', '希望解决', '较为严重', ''];
const spots = ['东侧', '西侧', '南门', '北门', '路口', '公交站旁', '人行道', '停车场旁'];

/**
 * Matters of a city of the last 90 days before `now`: 60 % at 16 hot spots of unequal weight (80 to 250 m wide), 30 %
 * along twelve roads, 10 % anywhere; 15 % open; three in a hundred without a point, half of these without a grid. Words
 * are those of the simulated classes, with something before and after them.
 */
export class CityOfFacts {
  readonly #random: Random;
  readonly #now: Instant;
  readonly #classes = classGroups.flatMap(({ classes, shares }, group) =>
    classes.map((row, index) => ({
      row,
      code: String(group * 100 + index).padStart(5, '0'),
      weight: row.weight * shares.collectors,
    })),
  );
  readonly #hotSpots: readonly { readonly at: readonly [number, number]; readonly metres: number }[];
  readonly #roads: readonly { readonly from: readonly [number, number]; readonly to: readonly [number, number] }[];

  constructor(seed: number, now: Instant) {
    this.#random = new Random(seed);
    this.#now = now;
    this.#hotSpots = Array.from({ length: HOT_SPOTS }, () => ({
      at: this.#anywhere(),
      metres: this.#random.integer(80, 250),
    }));
    this.#roads = Array.from({ length: 12 }, () => ({ from: this.#anywhere(), to: this.#anywhere() }));
  }

  facts(serial: number): SameCauseFacts {
    const random = this.#random;
    const isOpen = random.chance(OPEN_SHARE);
    const age = random.next() * HISTORY_MS * (isOpen ? 0.25 : 1);
    const reportedAt = instant(this.#now - age);
    const closedAt = isOpen ? null : instant(Math.min(this.#now, reportedAt + random.exponential(2 * DAY_MS)));
    return { ...this.#matter(), id: String(20_260_000_000_000 + serial), record: 'case', reportedAt, closedAt };
  }

  /** A report that comes in now. */
  draft(): SameCauseQuery {
    return { ...this.#matter(), id: null, reportedAt: plus(this.#now, 0) };
  }

  #matter(): Omit<SameCauseFacts, 'id' | 'record' | 'reportedAt' | 'closedAt'> {
    const random = this.#random;
    const [lon, lat] = this.#place();
    const { row, code } = this.#class();
    const missing = random.next();
    const gridCode = `110113${Math.floor((lon - west) * 60)}x${Math.floor((lat - south) * 80)}`;
    return {
      classKey: classKeyOf({ standardRef: 'GB/T 47678.5-2026', kind: row.kind, code }),
      className: row.name,
      lon: missing < 0.03 ? null : lon,
      lat: missing < 0.03 ? null : lat,
      gridCode: missing < 0.015 ? null : gridCode,
      address: `第${gridCode.slice(6)}网格幸福路${random.integer(1, 300)}号${random.pick(spots)}`,
      description: [random.pick(people), random.pick(row.texts), random.pick(endings)].join('，'),
      reporterId: random.chance(0.4) ? `collector-${random.integer(1, 800)}` : null,
    };
  }

  #class() {
    const total = this.#classes.reduce((sum, { weight }) => sum + weight, 0);
    let left = this.#random.next() * total;
    for (const known of this.#classes) {
      left -= known.weight;
      if (left <= 0) return known;
    }
    return this.#random.pick(this.#classes);
  }

  #place(): readonly [number, number] {
    const random = this.#random;
    const kind = random.next();
    if (kind < 0.6) {
      const spot = this.#hotSpots[Math.floor(random.next() ** 1.7 * HOT_SPOTS)] ?? random.pick(this.#hotSpots);
      return this.#moved(spot.at, spot.metres);
    }
    if (kind > 0.9) return this.#anywhere();
    const { from, to } = random.pick(this.#roads);
    const share = random.next();
    return this.#moved([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share], 12);
  }

  #moved([lon, lat]: readonly [number, number], metres: number): readonly [number, number] {
    const east = (this.#random.normal() * metres) / (METERS_PER_DEGREE * Math.cos((lat * Math.PI) / 180));
    return [lon + east, lat + (this.#random.normal() * metres) / METERS_PER_DEGREE];
  }

  #anywhere(): readonly [number, number] {
    return [west + this.#random.next() * (east - west), south + this.#random.next() * (north - south)];
  }
}
