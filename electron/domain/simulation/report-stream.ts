import { MINUTE_MS, SECOND_MS, instant, plus, type Instant } from '#domain/base/instant.ts';
import { required } from '#domain/base/assert-never.ts';
import { Random } from '#domain/base/random.ts';
import { crowds, curveAt, dayFactor, shareOf, sourceShares, type Crowd } from './arrival-curve.ts';
import type { SimulatedCity } from './city.ts';
import { cityTime } from './city-time.ts';
import type { ClassMix } from './class-mix.ts';
import { drawBetween, drawRun } from './draw.ts';
import { Heap } from './heap.ts';
import { drawPlace, nearby, type SimulatedPlace } from './places.ts';
import { reportOf, type Incident, type SimulatedReport } from './reports.ts';
import { seedOf } from './seed-of.ts';
import { isStorm } from './storm.ts';

export interface ReportStreamOptions {
  readonly city: SimulatedCity;
  readonly classes: ClassMix;
  /** Who must sign a ticket of that grid 签收, and who might be taken for it. */
  readonly townships: (grid: string) => { readonly own: string | null; readonly beside: readonly string[] };
  readonly seed: number;
  /** Reports per hour of the simulated clock, averaged over ordinary days; what a channel sends twice counts once. */
  readonly ratePerHour: number;
  readonly from: Instant;
}

/** Share of incidents that follow another one nearby (self-exciting part), and how soon (live-and-storage.md §6). */
const EXCITED_SHARE = 0.15;
const EXCITED_MEAN_MS = 20 * MINUTE_MS;
const EXCITED_METERS = 300;

/** Same matter by several people: how often, and the chance of each further one after the second (mean group 2.4; 6). */
const duplicates = {
  collectors: { share: 0.03, further: 0.286 },
  citizens: { share: 0.12, further: 0.286 },
  machines: { share: 0, further: 0 },
  storm: { share: 0.35, further: 0.8 },
} as const;
const MOST_DUPLICATES = 20;
const DUPLICATE_WITHIN_MS = 90 * MINUTE_MS;

const SENT_TWICE_SHARE = 0.015;

/** Tickets that the centre sends to the township beside (退单); a judgement. */
const WRONG_TOWNSHIP_SHARE = 0.03;

/** Of what citizens report: the rest comes from leaders. */
const hotlineShare = (sourceShares.find(({ source }) => source === 'hotline')?.share ?? 0) / shareOf('citizens');

/** A storm makes eight times as many reports, but no hour has more than twelve average ones (domain.md §9: 1,500). */
const STORM_FACTOR = 8;
const BUSIEST_FACTOR = 12;

/**
 * The reports of a city in order of the simulated clock, without end (live-and-storage.md §6): Poisson arrivals by the
 * curves of the crowds × day factor, clusters, storms, duplicates. What begins in a minute depends on seed and minute
 * alone.
 */
export class ReportStream {
  readonly #options: ReportStreamOptions;
  readonly #ahead = new Heap<SimulatedReport>();
  #minute: number;

  constructor(options: ReportStreamOptions) {
    this.#options = options;
    this.#minute = Math.floor(options.from / MINUTE_MS);
  }

  /** The next report that is due by then, taken out of the stream; null when there is none. */
  takeDue(now: Instant): SimulatedReport | null {
    while (this.#minute * MINUTE_MS <= now) this.#makeMinute();
    const next = this.#ahead.firstKey();
    return next !== undefined && next <= now ? required(this.#ahead.pop(), 'a key has its item') : null;
  }

  /** No report is due before this moment. */
  nothingBefore(): Instant {
    return instant(Math.min(this.#ahead.firstKey() ?? Number.POSITIVE_INFINITY, this.#minute * MINUTE_MS));
  }

  #makeMinute(): void {
    const start = instant(this.#minute * MINUTE_MS);
    const random = new Random(seedOf(this.#options.seed, 'minute', this.#minute));
    const storm = isStorm(this.#options.seed, start);
    let serial = 0;
    const newId = () => `${this.#minute}-${(serial += 1)}`;
    let usual = 0;
    for (const crowd of crowds) {
      const rate = this.#incidentsPerMs(crowd, start);
      usual += rate;
      this.#arrivals(rate, start, random, (at) => this.#happen(newId, crowd, at, random));
    }
    if (storm) {
      const bound = (this.#options.ratePerHour * BUSIEST_FACTOR) / (60 * MINUTE_MS);
      const extra = Math.min(usual * STORM_FACTOR, bound) - usual;
      this.#arrivals(Math.max(0, extra) / stormGroupMean, start, random, (at) => this.#blow(newId, at, random));
    }
    this.#minute += 1;
  }

  /** Rate of first incidents, so that followers and duplicates together make up the rate asked for. */
  #incidentsPerMs(crowd: Crowd, at: Instant): number {
    const { seed, ratePerHour } = this.#options;
    const { share, further } = duplicates[crowd];
    const groupMean = 1 + share * (1 + further / (1 - further));
    const reports = ratePerHour * shareOf(crowd) * curveAt(crowd, at) * dayFactor(seed, cityTime(at).day);
    return (reports * (1 - EXCITED_SHARE)) / groupMean / (60 * MINUTE_MS);
  }

  #arrivals(ratePerMs: number, start: Instant, random: Random, happen: (at: Instant) => void): void {
    if (ratePerMs <= 0) return;
    for (let at = start + random.exponential(1 / ratePerMs); at < start + MINUTE_MS;) {
      happen(instant(at));
      at += random.exponential(1 / ratePerMs);
    }
  }

  /** An incident, its duplicates, and the incidents that follow it close by. */
  #happen(newId: () => string, crowd: Crowd, at: Instant, random: Random): void {
    const { city } = this.#options;
    const first = {
      ...{ id: newId(), crowd, ...this.#matterOf(crowd, random) },
      ...this.#placed(drawPlace(city, random), random),
    };
    this.#report(first, duplicates[crowd], at, random);
    let last = at;
    for (let more = drawRun(random, EXCITED_SHARE, MOST_DUPLICATES); more > 0; more -= 1) {
      last = plus(last, random.exponential(EXCITED_MEAN_MS));
      const follower = {
        id: newId(),
        crowd,
        matter: first.matter,
        source: first.source,
        ...this.#placed(nearby(city, first.place, EXCITED_METERS, random), random),
      };
      this.#report(follower, duplicates[crowd], last, random);
    }
  }

  #blow(newId: () => string, at: Instant, random: Random): void {
    const { city, classes } = this.#options;
    const crowd: Crowd = random.chance(0.5) ? 'citizens' : 'collectors';
    const ticket = crowd === 'citizens' ? classes.drawTicket(random, true) : null;
    const incident = {
      ...{ id: newId(), crowd, matter: ticket ?? classes.drawStormy(random), source: null },
      ...this.#placed(drawPlace(city, random), random),
    };
    this.#report(incident, duplicates.storm, at, random);
  }

  /** Citizens call 12345, but for what leaders pass on. */
  #matterOf(crowd: Crowd, random: Random): Pick<Incident, 'matter' | 'source'> {
    const { classes } = this.#options;
    if (crowd !== 'citizens') return { matter: classes.draw(crowd, random), source: null };
    const isHotline = random.chance(hotlineShare);
    const matter = (isHotline ? classes.drawTicket(random) : null) ?? classes.draw(crowd, random);
    return { matter, source: isHotline ? 'hotline' : 'leader' };
  }

  /** The place, and the township that a ticket would go to: now and then the one beside. */
  #placed(place: SimulatedPlace, random: Random): Pick<Incident, 'place' | 'township'> {
    const townships = this.#options.townships(place.gridCode);
    const isWrong = random.chance(WRONG_TOWNSHIP_SHARE) && townships.beside.length > 0;
    return { place, township: isWrong ? random.pick(townships.beside) : townships.own };
  }

  #report(
    incident: Incident,
    several: { readonly share: number; readonly further: number },
    at: Instant,
    random: Random,
  ): void {
    const count = random.chance(several.share) ? 2 + drawRun(random, several.further, MOST_DUPLICATES) : 1;
    for (let reporter = 0; reporter < count; reporter += 1) {
      const own = reporter === 0 ? at : plus(at, random.next() * DUPLICATE_WITHIN_MS);
      const place = reporter === 0 ? incident.place : nearby(this.#options.city, incident.place, 15, random);
      const report = reportOf({ ...incident, place }, `${incident.id}-${reporter}`, own, random);
      this.#ahead.push(own, report);
      if (!random.chance(SENT_TWICE_SHARE)) continue;
      const again = plus(own, drawBetween(random, 2 * SECOND_MS, 5 * MINUTE_MS));
      this.#ahead.push(again, { ...report, at: again });
    }
  }
}

/** Reports per storm incident: 35 % are reported by a group with a mean of six. */
const stormGroupMean = 1 + duplicates.storm.share * (1 + duplicates.storm.further / (1 - duplicates.storm.further));
