import type { StartScene } from '#domain/wall/scene.ts';
import type { Alarms } from '#host/ports/alarms.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Log } from '#host/ports/log.ts';
import type { Projection } from '#host/ports/projection.ts';
import type { Wall } from '#host/ports/wall.ts';
import { alarmCalls } from './alarm-calls.ts';
import { openDayFigures } from './day-figures-keeper.ts';
import { openWall } from './wall-keeper.ts';
import { wallToken } from './wall-token.ts';

interface WallParts {
  /** `DATA/wall` */
  readonly folder: string;
  readonly startScene: StartScene | null;
  readonly alarms: Pick<Alarms, 'standing'>;
  readonly cases: Pick<Cases, 'openStates'>;
  readonly projection: Pick<Projection, 'count' | 'status'>;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
  readonly log: Log;
}

/** The wall with its figures, and the token of its pages. Alarms of level Ⅰ call for it. @throws the system's error */
export async function openWallParts(
  parts: WallParts,
): Promise<{ readonly wall: Wall & { close(): Promise<void> }; readonly wallToken: string }> {
  const { folder, alarms, projection } = parts;
  const figures = await openDayFigures(parts);
  const wall = await openWall({
    ...parts,
    figures,
    interrupts: alarmCalls(alarms),
    isArchiveDown: () => projection.status().state !== 'ready',
  });
  const close = async () => {
    await figures.close();
    await wall.close();
  };
  return { wall: { ...bound(wall), close }, wallToken: await wallToken(folder) };
}

function bound(wall: Wall): Wall {
  return {
    overview: () => wall.overview(),
    hello: (page) => wall.hello(page),
    set: (change) => wall.set(change),
    push: (push, by) => wall.push(push, by),
    release: (what) => wall.release(what),
    items: () => wall.items(),
    onItems: (listener) => wall.onItems(listener),
  };
}
