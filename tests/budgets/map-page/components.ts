import type { CaseRow } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import { CityMap } from '#renderer/map/city-map.ts';
import type { MapLegend } from '#renderer/map/map-events.ts';
import { defaultLayers } from '#renderer/map/map-layers.ts';
import { finish, frames, phase } from './measure.ts';
import { FONT, sceneTime, theme, type Scene } from './scene.ts';

/** Milliseconds, but `shown`. */
export interface ComponentTimes {
  readonly indexedMs: number;
  readonly longestFrameMs: number;
  readonly nearPan: number;
  readonly nearPanP95: number;
  /** Points in view near by. */
  readonly shown: number;
}

const ZOOM = 15.5;

/** Components where cases are, each moved a little, put on the map far out and looked at near by. */
export async function measureComponents(
  container: HTMLElement,
  { district, rows }: Scene,
  count: number,
): Promise<ComponentTimes> {
  let legend: MapLegend | null = null;
  let isReady = false;
  const map = new CityMap({
    ...{ container, district, theme, font: FONT, now: () => sceneTime },
    events: {
      selectCase() {},
      focusArea() {},
      hover() {},
      view() {},
      legend: (said) => (legend = said),
      status: (status) => (isReady ||= status === 'ready'),
    },
  });
  const said = () => (legend as MapLegend | null)?.components ?? null;
  while (!isReady) await frames(1);
  map.setLayers({ ...defaultLayers, components: true }, null);
  await map.settled();
  finish(container);

  const field = { count, positions: spread(rows, count), classes: new Uint8Array(count), names: [''] };
  const startedAt = performance.now();
  let [last, longest] = [startedAt, 0];
  map.setComponents(field);
  while (said()?.state !== 'far') {
    await frames(1);
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (said()?.state === 'failed') throw new Error('the components could not be put in order');
  }
  const indexedMs = last - startedAt;
  await map.settled();

  const { lon, lat } = required(rows[0], 'there are cases');
  const look = (east: number) => map.lookAt({ center: [(lon ?? 0) + east, lat ?? 0], zoom: ZOOM });
  look(0);
  while (said()?.state !== 'points') await frames(1);
  await map.settled();
  finish(container);
  const near = await phase(container, (share) => look(0.02 * Math.sin(2 * Math.PI * share)));
  const drawn = said();
  const shown = drawn?.state === 'points' ? drawn.shown : 0;
  return { indexedMs, longestFrameMs: longest, nearPan: near.frame, nearPanP95: near.p95, shown };
}

function spread(rows: readonly CaseRow[], count: number): Float64Array {
  const positions = new Float64Array(2 * count);
  for (let at = 0; at < count; at += 1) {
    const { lon, lat } = required(rows[at % rows.length], 'there are cases');
    positions[2 * at] = (lon ?? NaN) + Math.sin(at * 12.9898) / 300;
    positions[2 * at + 1] = (lat ?? NaN) + Math.sin(at * 78.233) / 400;
  }
  return positions;
}
