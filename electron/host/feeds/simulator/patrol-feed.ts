import { buildCity } from '#domain/simulation/city.ts';
import { Patrols } from '#domain/simulation/patrols.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import type { Forces } from '#host/ports/forces.ts';
import type { Simulation } from '#host/ports/simulation.ts';
import { roadsOf } from './roads-of.ts';

export interface PatrolFeedOptions {
  readonly simulation: Pick<Simulation, 'state'>;
  readonly forces: Forces;
  readonly district: LoadedDistrict;
  readonly seed: number;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

const TURN_MS = 500;
/** A turn that is later than this had no time: the machine slept. */
const SLEPT_MS = 60_000;

/**
 * People and vehicles of the simulated city, through the same register as real ones, in the host's own time: nobody walks
 * twenty times as fast as people do. They stand still while the simulator is paused.
 */
export function patrolFeed(options: PatrolFeedOptions): { start(): void; close(): void } {
  const { simulation, forces, district, seed, clock, scheduler } = options;
  let patrols: Patrols | null = null;
  let turnAt = 0;
  let cancel = () => {};

  function turn(): void {
    const now = clock.now();
    const hasRested = simulation.state() !== 'running' || now - turnAt > SLEPT_MS;
    turnAt = now;
    if (hasRested) patrols?.rest(now);
    const reports = patrols?.takeDue(now) ?? [];
    if (reports.length > 0) forces.report(reports);
    cancel = scheduler.after(TURN_MS, turn);
  }

  return {
    start: () => {
      if (simulation.state() === 'off' || patrols !== null) return;
      turnAt = clock.now();
      patrols = new Patrols(buildCity(district, roadsOf(district.map.context), seed), seed, clock.now());
      turn();
    },
    close: () => cancel(),
  };
}
