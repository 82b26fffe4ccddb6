import { ok } from '#domain/base/result.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type HostReads = Pick<
  Handlers,
  | 'health.get'
  | 'journal.verify'
  | 'simulation.set'
  | 'grid.summary'
  | 'grid.locate'
  | 'district.get'
  | 'import.preview'
  | 'import.run'
  | 'import.cancel'
>;

/** The host itself, its district, and files handed in. */
export function hostReads({ health, journal, simulation, district, imports, componentImports }: HostParts): HostReads {
  return {
    'health.get': () => Promise.resolve(ok(health())),
    'journal.verify': async () => ok(await journal.verify()),

    'simulation.set': async ({ isRunning }) => {
      if (simulation.state() === 'off') return refuse('unavailable', { part: 'simulation' });
      simulation.setRunning(isRunning);
      // Paused means that nothing more comes: what was under way is recorded before the answer.
      if (!isRunning) await simulation.drained();
      return ok({ state: simulation.state() });
    },

    'grid.summary': () => {
      const { id, name, isSchematic, levels } = district.areas.district;
      const counts = levels.map((level) => level.length);
      return Promise.resolve(
        ok({
          ...{ id, name, isSchematic },
          summary: counts.join('/'),
          levels: counts.map((count, index) => ({ level: index + 1, count })),
        }),
      );
    },

    'grid.locate': ({ lon, lat }) => {
      const gridCode = district.locate(lon, lat);
      const path = gridCode === null ? [] : district.areas.path(gridCode);
      return Promise.resolve(ok({ gridCode, path: path.map(({ level, code, name }) => ({ level, code, name })) }));
    },

    'district.get': () => Promise.resolve(ok(district.map)),

    'import.preview': ({ path }) => imports.preview(path),

    // A caller that goes away stops nothing: an import is cancelled by its id, from any window.
    'import.run': (request) => imports.run(request),

    'import.cancel': ({ importId }) =>
      Promise.resolve(ok({ isCancelled: imports.cancel(importId) || componentImports.cancel(importId) })),
  };
}
