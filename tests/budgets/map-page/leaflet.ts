import 'leaflet/dist/leaflet.css';
import type { FeatureCollection, GeoJsonObject } from 'geojson';
import * as L from 'leaflet';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { arcLines, fillsOf, FONT, lookOfCase, theme, type Drawer, type Scene } from './scene.ts';

/** The scene in Leaflet with one canvas. Its zoom counts tiles of 256 pixels, so it is one more than maplibre's. */
export function drawLeaflet(container: HTMLElement, scene: Scene, place: readonly [number, number, number]): Drawer {
  const { district, rows, people } = scene;
  container.style.background = theme.ground;
  const renderer = L.canvas({ padding: 0 });
  const map = L.map(container, {
    ...{ renderer, preferCanvas: true, zoomControl: false, attributionControl: false, zoomSnap: 0 },
    ...{ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false },
    ...{ center: [place[1], place[0]], zoom: place[2] + 1, maxZoom: 19 },
  });
  const topology = district.topology as unknown as Topology;
  const level = (at: number) => topology.objects[`level${at}`] as GeometryCollection;
  const fills = fillsOf(scene);
  const still = { renderer, interactive: false } as const;
  L.geoJSON(feature(topology, level(4)) as FeatureCollection, {
    ...still,
    style: (area) => ({
      ...still,
      stroke: false,
      fillOpacity: 1,
      fillColor: fills.get(String(area?.id)) ?? theme.ground,
    }),
  }).addTo(map);
  for (const [at, weight, opacity] of [
    [4, 1, 0.2],
    [3, 1, 0.3],
    [2, 1, 0.75],
    [1, 1.5, 1],
  ] as const) {
    const lines = mesh(topology, level(at)) as GeoJsonObject;
    L.geoJSON(lines, { style: { ...still, color: theme.borders.fine, weight, opacity, fill: false } }).addTo(map);
  }
  const cases = rows.map((row) => {
    const { colour, radius } = lookOfCase(row);
    return L.circleMarker([row.lat ?? 0, row.lon ?? 0], {
      ...{ ...still, radius, stroke: false, fillColor: colour, fillOpacity: 0.6 },
    }).addTo(map);
  });
  for (const arc of arcLines(scene)) {
    L.polyline(
      arc.map(([lon, lat]): [number, number] => [lat, lon]),
      { ...still, color: theme.data, weight: 1, opacity: 0.85 },
    ).addTo(map);
  }
  const persons = Array.from({ length: people.count }, (_, at) =>
    L.circleMarker([people.home[2 * at + 1] ?? 0, people.home[2 * at] ?? 0], {
      ...{ ...still, radius: 1.2, stroke: false, fillColor: theme.data, fillOpacity: 1 },
    }).addTo(map),
  );
  const names = new Names(district.areas.filter(({ level: at }) => at === 3));
  names.addTo(map);
  return {
    settled: () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    look: (lon, lat, zoom) => void map.setView([lat, lon], zoom + 1, { animate: false }),
    move(positions) {
      for (const [at, person] of persons.entries()) {
        person.setLatLng([positions[2 * at + 1] ?? 0, positions[2 * at] ?? 0]);
      }
    },
    pick(x, y) {
      const at = map.containerPointToLayerPoint([x, y]);
      // Leaflet's own way of finding what is below the pointer: every mark is asked, with the others' reach.
      const isNear = ({ _point: { x: left, y: top } }: L.CircleMarker) =>
        Math.abs(left - at.x) <= REACH && Math.abs(top - at.y) <= REACH;
      return persons.some(isNear) || cases.some(isNear);
    },
  };
}

declare module 'leaflet' {
  interface CircleMarker {
    readonly _point: L.Point;
  }
}

/** CSS pixels around the pointer. */
const REACH = 9;

interface Named {
  readonly name: string;
  readonly labelPoint: readonly [number, number];
}

/** Names that do not overlap, on a canvas of their own. */
class Names extends L.Layer {
  readonly #named: readonly Named[];
  readonly #canvas = document.createElement('canvas');

  constructor(named: readonly Named[]) {
    super();
    this.#named = named;
  }

  override onAdd(map: L.Map): this {
    Object.assign(this.#canvas.style, { position: 'absolute', inset: '0', zIndex: '500', pointerEvents: 'none' });
    map.getContainer().append(this.#canvas);
    map.on('move zoom viewreset resize', () => this.#draw(map));
    this.#draw(map);
    return this;
  }

  #draw(map: L.Map): void {
    const { x: width, y: height } = map.getSize();
    this.#canvas.width = width;
    this.#canvas.height = height;
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    context.font = `12.5px '${FONT}'`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineWidth = 2.6;
    context.strokeStyle = theme.ground;
    context.fillStyle = theme.text;
    const taken: { x: number; y: number; wide: number }[] = [];
    for (const { name, labelPoint } of this.#named) {
      const { x, y } = map.latLngToContainerPoint([labelPoint[1], labelPoint[0]]);
      const wide = name.length * 12.5 + 4;
      if (x < -wide || y < -20 || x > width + wide || y > height + 20) continue;
      if (taken.some((one) => Math.abs(one.x - x) < (one.wide + wide) / 2 && Math.abs(one.y - y) < 19)) continue;
      taken.push({ x, y, wide });
      context.strokeText(name, x, y);
      context.fillText(name, x, y);
    }
  }
}
