import type { Actor } from '#domain/access/roles.ts';
import type { Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseCommand, ReportCase } from '#domain/case/commands.ts';
import type { Source } from '#domain/case/state.ts';
import { sourceShares, type Crowd } from './arrival-curve.ts';
import type { SimulatedMatter } from './class-mix.ts';
import { drawByWeight } from './draw.ts';
import type { SimulatedPlace } from './places.ts';
import { collectorActor, collectorId, deskActor, machineActor } from './staff.ts';

/** Something wrong in the city, which one or several people report. */
export interface Incident {
  readonly id: string;
  readonly crowd: Crowd;
  readonly matter: SimulatedMatter;
  readonly place: SimulatedPlace;
}

/**
 * A report as it comes in at `at` of the simulated clock. The same `key` twice is the same report, sent twice by its
 * channel; the same `incident` under other keys is the same matter, reported by several people.
 */
export interface SimulatedReport {
  readonly at: Instant;
  readonly key: string;
  readonly incident: string;
  readonly actor: Actor;
  readonly body: Omit<ReportCase, 'reportedAt'>;
}

/** One report of an incident, in the words of one reporter. */
export function reportOf(incident: Incident, key: string, at: Instant, random: Random): SimulatedReport {
  const own = sourceShares.filter((row) => row.crowd === incident.crowd);
  const { source } = drawByWeight(random, own, ({ share }) => share);
  const actor = reporterOf(source, incident.place.gridCode, random);
  const { lon, lat, address } = incident.place;
  return {
    at,
    key,
    incident: incident.id,
    actor,
    body: {
      type: 'report',
      source,
      classRef: incident.matter.classRef,
      ...{ lon, lat, address },
      description: random.pick(incident.matter.texts),
      reporterId: source === 'grid_staff' ? actor.id : null,
      external: null,
      extra: {},
      isDemo: true,
      imported: null,
    },
  };
}

/** The command of a report; `reportedAt` is a moment of the host's clock, whatever the simulated one says. */
export function reportCommand({ actor, body }: SimulatedReport, id: string, reportedAt: Instant): CaseCommand {
  return { id, actor, body: { ...body, reportedAt } };
}

/** Collectors report themselves; for the public the acceptor writes it down. */
function reporterOf(source: Source, grid: string, random: Random): Actor {
  if (source === 'grid_staff') return collectorActor(collectorId(grid, random), grid);
  if (source === 'video' || source === 'department') return machineActor;
  return deskActor('ACCEPTOR', random);
}
