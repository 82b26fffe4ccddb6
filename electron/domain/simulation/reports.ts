import type { Actor } from '#domain/access/roles.ts';
import type { Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseCommand, ReceiveTicket, ReportCase } from '#domain/case/commands.ts';
import type { Source } from '#domain/case/state.ts';
import { sourceShares, type Crowd } from './arrival-curve.ts';
import type { SimulatedMatter } from './class-mix.ts';
import { drawByWeight } from './draw.ts';
import type { SimulatedPlace } from './places.ts';
import { takePhotos, type DemoPhotos } from './demo-photos.ts';
import { cityCentre, collectorActor, collectorId, deskActor, machineActor } from './staff.ts';

/** Something wrong in the city, which one or several people report. */
export interface Incident {
  readonly id: string;
  readonly crowd: Crowd;
  readonly matter: SimulatedMatter;
  /** The channel; null where it differs from reporter to reporter. */
  readonly source: Source | null;
  readonly place: SimulatedPlace;
  /** The township that the 12345 centre takes it to belong to; null when no ticket can be sent. */
  readonly township: string | null;
}

/**
 * A report as it comes in at `at` of the simulated clock: a grid case, or a ticket of 12345. The same `key` twice is the
 * same report, sent twice by its channel; the same `incident` under other keys is the same matter, reported by several
 * people.
 */
export interface SimulatedReport {
  readonly at: Instant;
  readonly key: string;
  readonly incident: string;
  readonly actor: Actor;
  readonly body: Omit<ReportCase, 'reportedAt' | 'extra'> | Omit<ReceiveTicket, 'issuedAt' | 'extra' | 'external'>;
}

/** Fact under which a demo case keeps its incident: the truth behind duplicates (live-and-storage.md §6). */
const INCIDENT = '演示事件';

/** Callers are known by number; some call again and again. */
const CALLERS = 6_000;
const CONFIDENTIAL_SHARE = 0.04;

/** One report of an incident, in the words of one reporter. */
export function reportOf(incident: Incident, key: string, at: Instant, random: Random): SimulatedReport {
  const { lon, lat, address } = incident.place;
  const { classRef, texts, timeClass } = incident.matter;
  const common = { classRef, lon, lat, address, description: random.pick(texts), isDemo: true } as const;
  if (timeClass !== null && incident.township !== null) {
    return {
      ...{ at, key, incident: incident.id, actor: cityCentre },
      body: {
        type: 'receive',
        ...common,
        timeClass,
        unit: incident.township,
        reporterId: `caller-${random.integer(1, CALLERS)}`,
        isConfidential: random.chance(CONFIDENTIAL_SHARE),
      },
    };
  }
  const own = sourceShares.filter((row) => row.crowd === incident.crowd);
  const source = incident.source ?? drawByWeight(random, own, ({ share }) => share).source;
  const actor = reporterOf(source, incident.place.gridCode, random);
  const reporterId = source === 'grid_staff' ? actor.id : null;
  return {
    ...{ at, key, incident: incident.id, actor },
    body: { type: 'report', source, ...common, reporterId, external: null, imported: null },
  };
}

/**
 * The command of a report. `at` is a moment of the host's clock, whatever the simulated one says; `run` keeps apart what
 * several starts of the simulator made of the same simulated minute. A collector brings photos.
 */
export function reportCommand(
  report: SimulatedReport,
  id: string,
  at: Instant,
  run: number,
  photos: DemoPhotos,
): CaseCommand {
  const { actor, body, key, incident } = report;
  const extra = { [INCIDENT]: `${run}-${incident}` };
  if (body.type === 'report') {
    const kinds = body.source === 'grid_staff' ? (['far', 'near'] as const) : [];
    const taken = takePhotos(photos, kinds, body, at, run, key);
    return { id, actor, body: { ...body, extra, reportedAt: at, photos: taken } };
  }
  return { id, actor, body: { ...body, extra, external: { feed: '12345', id: `DEMO-${run}-${key}` }, issuedAt: at } };
}

/** The incident behind a demo case; null for any other case. */
export function incidentOf(extra: Readonly<Record<string, string>>): string | null {
  return extra[INCIDENT] ?? null;
}

/** Collectors report themselves; for the public the acceptor writes it down. */
function reporterOf(source: Source, grid: string, random: Random): Actor {
  if (source === 'grid_staff') return collectorActor(collectorId(grid, random), grid);
  if (source === 'video' || source === 'department') return machineActor;
  return deskActor('ACCEPTOR', random);
}
