import '#renderer/styles/fonts.css';
import './page.css';
import { Map as MapLibreMap } from 'maplibre-gl';
import type { CaseRow } from '#contract/cases.ts';
import type { DistrictMap } from '#contract/grid.ts';
import { required } from '#domain/base/assert-never.ts';
import type { ChainStop } from '#renderer/map/chain-line.ts';
import { areaFigures } from '#renderer/map/area-figures.ts';
import { CityMap } from '#renderer/map/city-map.ts';
import type { MapLegend, MapStatus, MapView } from '#renderer/map/map-events.ts';
import { defaultLayers, type MapLayers } from '#renderer/map/map-layers.ts';
import { darkTheme, lightTheme, type MapTheme } from '#renderer/map/map-theme.ts';

/** What a test or a picture may ask of the page; on `window.mapPage`. */
export interface MapPage {
  readonly map: CityMap;
  /** maplibre's map below it, of the scene that lives now. */
  readonly ground: MapLibreMap;
  readonly district: DistrictMap;
  readonly rows: Map<string, CaseRow>;
  readonly seen: {
    readonly statuses: MapStatus[];
    readonly events: string[];
    legend: MapLegend | null;
    view: MapView | null;
  };
  /** Loads that many seeded cases; resolves once they are drawn. */
  load(count: number): Promise<void>;
  /** Changes cases at a rate; milliseconds from each call to its picture, sorted. */
  stream(perSecond: number, seconds: number): Promise<readonly number[]>;
  select(id: string): void;
  /** Drills into an area and shows only its cases, as the desk does. */
  focus(code: string | null): void;
  theme(name: 'dark' | 'light'): void;
  /** That many people and vehicles where other cases are, most of them with a fresh position; and the way of one. */
  forces(count: number): Promise<void>;
  /** That many components where cases are, each moved a little; they are shown. */
  components(count: number): Promise<void>;
  /** Draws in colours of a test's own. */
  paint(change: Partial<MapTheme>): void;
  /** Closes the map and opens one of another net with the same cases, as a desk does whose district changed. */
  reopen(district: DistrictMap): Promise<void>;
  /** Shows other layers than the desk does at first, with their figures; arcs are those of `unit`. */
  layers(change: Partial<MapLayers>, unit?: string): void;
}

declare global {
  interface Window {
    mapPage?: MapPage;
  }
}

const seen: MapPage['seen'] = { statuses: [], events: [], legend: null, view: null };
const rows = new Map<string, CaseRow>();
const now = Date.UTC(2026, 10, 24, 6, 35);
const settings = new URLSearchParams(location.search);

const district = (await (await fetch('/district.json')).json()) as DistrictMap;
const firstTheme = settings.get('theme') === 'light' ? lightTheme : darkTheme;
// As the desk does before it opens its map: a canvas does not wait for fonts, and draws in another weight meanwhile.
await Promise.all([400, 500, 700].map((weight) => document.fonts.load(`${weight} 12px 'Noto Sans SC'`, '顺义0')));

// The product keeps maplibre's map to itself; what a test reads off it is where names stand.
let ground: MapLibreMap | null = null;
const addControl = Reflect.get(MapLibreMap.prototype, 'addControl');
Object.assign(MapLibreMap.prototype, {
  addControl(this: MapLibreMap, ...parts: Parameters<MapLibreMap['addControl']>) {
    return keepGround(this, parts);
  },
});

function keepGround(made: MapLibreMap, parts: Parameters<MapLibreMap['addControl']>): unknown {
  ground = made;
  return addControl.apply(made, parts);
}

function openOn(net: DistrictMap): CityMap {
  return new CityMap({
    container: required(document.getElementById('map'), 'the page has a place for the map'),
    district: net,
    theme: firstTheme,
    font: 'Noto Sans SC',
    now: () => now,
    events: {
      selectCase: (id) => seen.events.push(`case ${id}`),
      focusArea: (code) => seen.events.push(`area ${code}`),
      hover: (hover) => seen.events.push(hover === null ? 'nothing' : hover.kind),
      status: (status) => seen.statuses.push(status),
      view: (view) => (seen.view = view),
      legend: (legend) => (seen.legend = legend),
    },
  });
}

let map = openOn(district);

const parents = new Map(district.areas.map(({ code, parent }) => [code, parent]));
const counts = new Map<string, number>();

function addToCounts(row: CaseRow): void {
  for (let code = row.gridCode; code !== null; code = parents.get(code) ?? null) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
}

async function load(count: number): Promise<void> {
  const fresh = (await (await fetch(`/cases.json?count=${count}`)).json()) as CaseRow[];
  rows.clear();
  counts.clear();
  for (const row of fresh) rows.set(row.id, row);
  for (const row of fresh) addToCounts(row);
  map.resetCases();
  let last = Promise.resolve();
  for (let at = 0; at < fresh.length; at += 1_000) last = map.applyCases(fresh.slice(at, at + 1_000), []);
  map.setFigures(counts);
  await last;
}

async function stream(perSecond: number, seconds: number): Promise<readonly number[]> {
  const pool = (await (await fetch(`/cases.json?count=${perSecond * seconds}&seed=99`)).json()) as CaseRow[];
  const times: Promise<number>[] = [];
  const startedAt = performance.now();
  for (const [index, row] of pool.entries()) {
    const waitMs = startedAt + (index * 1_000) / perSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const calledAt = performance.now();
    const fresh = { ...row, id: `s${row.id}` };
    rows.set(fresh.id, fresh);
    addToCounts(fresh);
    times.push(map.applyCases([fresh], []).then(() => performance.now() - calledAt));
    if (index % Math.ceil(perSecond / 2) === 0) map.setFigures(counts);
  }
  return (await Promise.all(times)).sort((a, b) => a - b);
}

function select(id: string): void {
  const row = required(rows.get(id), 'the case is loaded');
  const path: ChainStop[] = [];
  const byCode = new Map(district.areas.map((area) => [area.code, area]));
  const village = byCode.get(byCode.get(row.gridCode ?? '')?.parent ?? '');
  const town = byCode.get(village?.parent ?? '');
  const top = district.areas.find(({ level }) => level === 1);
  const stop = (area: typeof top, isCurrent: boolean, isReturn: boolean) => {
    if (area === undefined) return;
    path.push({ label: area.name, position: area.labelPoint, isCurrent, isReturn });
  };
  stop(top, false, false);
  stop(town, false, false);
  stop(village, false, true);
  stop(town, true, false);
  map.setSelection(row, path);
}

function focus(code: string | null): void {
  const isInside = ({ gridCode }: CaseRow) => {
    for (let at = gridCode; at !== null; at = parents.get(at) ?? null) if (at === code) return true;
    return false;
  };
  map.setFilter(code === null ? null : isInside);
  map.setFocus(code);
}

async function forces(count: number): Promise<void> {
  const places = (await (await fetch(`/cases.json?count=${count}&seed=7`)).json()) as CaseRow[];
  const positions = Float64Array.from(places.flatMap(({ lon, lat }) => [lon ?? NaN, lat ?? NaN]));
  const kinds = Uint8Array.from(places, (_, at) => (at % 10 === 0 ? 2 : at % 4 === 0 ? 1 : 0));
  const ages = Uint8Array.from(places, (_, at) => (at % 7 === 0 ? 1 : at % 11 === 0 ? 2 : 0));
  map.setForces({ count, positions, kinds, ages });
  const at = [0, 0.01, 0.02, 0.035].flatMap((step) => [116.66 + step, 40.13 + Math.sin(step * 90) / 60]);
  map.setTrack({ positions: new Float64Array(at) });
}

async function components(count: number): Promise<void> {
  const places = (await (await fetch('/cases.json?count=20000&seed=5')).json()) as CaseRow[];
  const positions = new Float64Array(2 * count);
  for (let at = 0; at < count; at += 1) {
    const { lon, lat } = required(places[at % places.length], 'there are places');
    positions[2 * at] = (lon ?? NaN) + Math.sin(at * 12.9898) / 300;
    positions[2 * at + 1] = (lat ?? NaN) + Math.sin(at * 78.233) / 400;
  }
  const classes = Uint8Array.from({ length: count }, (_, at) => at % 2);
  map.setComponents({ count, positions, classes, names: ['井盖', '路灯'] });
  layers({ components: true });
}

function layers(change: Partial<MapLayers>, unit: string | null = null): void {
  const chosen = { ...defaultLayers, ...change };
  map.setLayers(chosen, unit);
  const byCode = new Map(district.areas.map((area) => [area.code, area]));
  map.setFigures(
    areaFigures(chosen.figure, {
      rows: rows.values(),
      areas: district.areas,
      now,
      size: (code) => ({ squareKm: map.squareKm(code), population: byCode.get(code)?.population ?? null }),
      path(code) {
        const path: { code: string }[] = [];
        for (let at = code; at !== null; at = parents.get(at) ?? null) path.push({ code: at });
        return path;
      },
    }),
  );
}

async function reopen(net: DistrictMap): Promise<void> {
  map.close();
  ground = null;
  seen.statuses.length = 0;
  seen.events.length = 0;
  map = openOn(net);
  const drawn = map.applyCases([...rows.values()], []);
  map.setFigures(counts);
  while (seen.statuses.at(-1) === 'loading') await new Promise(requestAnimationFrame);
  await drawn;
}

window.mapPage = {
  get map() {
    return map;
  },
  get ground() {
    return required(ground, 'the map is loaded');
  },
  district,
  rows,
  seen,
  load,
  stream,
  select,
  components,
  focus,
  forces,
  layers,
  reopen,
  paint: (change) => map.setTheme({ ...firstTheme, ...change }),
  theme: (name) => map.setTheme(name === 'light' ? lightTheme : darkTheme),
};
