import type { Scheduler } from '#host/ports/clock.ts';
import { alarmStream } from './alarm-stream.ts';
import { forceStream } from './force-stream.ts';
import type { HostParts } from './host-parts.ts';
import {
  backupStream,
  baseMapStream,
  caseStream,
  districtStream,
  healthStream,
  importStream,
} from './stream-sources.ts';
import { shiftStream } from './shift-stream.ts';
import { wallCaseStream, wallStream } from './wall-streams.ts';

type StreamParts = Pick<
  HostParts,
  | 'alarms'
  | 'health'
  | 'projection'
  | 'cases'
  | 'forces'
  | 'tables'
  | 'imports'
  | 'componentImports'
  | 'lab'
  | 'backups'
  | 'baseMaps'
  | 'wall'
  | 'shift'
  | 'clock'
> & {
  readonly facts: { onChanged(listener: () => void): () => void };
  readonly scheduler: Scheduler;
};

/** Every stream of the wire, by its name. */
export function liveStreams(parts: StreamParts) {
  const {
    alarms,
    health,
    facts,
    projection,
    cases,
    forces,
    tables,
    imports,
    componentImports,
    lab,
    backups,
    baseMaps,
    clock,
    scheduler,
  } = parts;
  const sequence = () => cases.sequence();
  const caseChanges = caseStream(cases);
  return {
    'cases.watch': caseChanges,
    'alarms.watch': alarmStream(alarms, clock, sequence),
    'health.watch': healthStream(
      health,
      (listener) => {
        const stops = [facts.onChanged(listener), projection.onStatus(listener)];
        return () => stops.forEach((stop) => stop());
      },
      scheduler,
    ),
    'forces.watch': forceStream({ forces, tables, clock, sequence }),
    'imports.watch': importStream([imports, componentImports], sequence),
    'district.watch': districtStream(lab, sequence),
    'backup.watch': backupStream(backups, sequence),
    'basemap.watch': baseMapStream(baseMaps, sequence),
    'wall.cases': wallCaseStream(caseChanges),
    'wall.watch': wallStream(parts.wall, sequence),
    'shift.watch': shiftStream(parts.shift, sequence),
  };
}
