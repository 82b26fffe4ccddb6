import { CityMap } from '#renderer/map/city-map.ts';
import { defaultLayers } from '#renderer/map/map-layers.ts';
import { FONT, sceneTime, theme, type Drawer, type Scene } from './scene.ts';

/** The product's map. People are drawn as often as they are given, not five times a second. */
export function drawOurs(container: HTMLElement, { district, rows, counts, people }: Scene): Drawer {
  let hasStarted: () => void = () => {};
  const started = new Promise<void>((resolve) => (hasStarted = resolve));
  const { count, kinds, ages } = people;
  const map = new CityMap({
    ...{ container, district, theme, font: FONT, now: () => sceneTime, forcesEveryMs: 0 },
    events: {
      selectCase() {},
      focusArea() {},
      hover() {},
      view() {},
      legend() {},
      status: (status) => {
        if (status === 'ready') hasStarted();
      },
    },
  });
  map.setLayers({ ...defaultLayers, level: 4, arcs: 'hour' }, null);
  const cases = map.applyCases(rows, []);
  map.setFigures(counts);
  map.setForces({ count, kinds, ages, positions: people.home });
  return {
    settled: () => Promise.all([started, cases]).then(() => map.settled()),
    look: (lon, lat, zoom) => map.lookAt({ center: [lon, lat], zoom }),
    move: (positions) => map.setForces({ count, kinds, ages, positions }),
    pick(x, y) {
      const [lon, lat] = map.positionAt(x, y) ?? [NaN, NaN];
      const reach = 1e-3;
      const near = [-reach, reach].flatMap((dx) => [-reach, reach].map((dy) => [lon + dx, lat + dy] as const));
      const [a, b, d, c] = near;
      const ring = a === undefined || b === undefined || c === undefined || d === undefined ? [] : [a, b, c, d, a];
      return map.casesWithin(ring).length > 0 || map.forceAt(x, y) !== undefined;
    },
    uploaded: () => map.forceFigures().bytes,
  };
}
