import '#renderer/styles/fonts.css';
import './page.css';
import type { CaseRow } from '#contract/cases.ts';
import type { DistrictMap } from '#contract/grid.ts';
import { required } from '#domain/base/assert-never.ts';
import { measureComponents, type ComponentTimes } from './components.ts';
import { drawLeaflet } from './leaflet.ts';
import { measureOf, type MapMeasure } from './measure.ts';
import { drawNative } from './native.ts';
import { drawOurs } from './ours.ts';
import { FONT, People, withArcs, type Scene } from './scene.ts';

/** Who draws. */
export type By = 'ours' | 'native' | 'leaflet';

declare global {
  interface Window {
    /** What may be asked of the page, once its data is there. */
    mapMeasure?: MapMeasure;
    /** Measures that many components instead. */
    mapComponents?: (count: number) => Promise<ComponentTimes>;
  }
}

/** Middle of the default district and a zoom that shows all of it. */
const place = [116.72, 40.13, 10.2] as const;

const settings = new URLSearchParams(location.search);
const container = required(document.getElementById('map'), 'the page has a place for the map');
const scene = await load(Number(settings.get('cases')), Number(settings.get('people')));
await document.fonts.load(`12.5px '${FONT}'`, '顺义区');
const make = { ours: drawOurs, native: drawNative, leaflet: drawLeaflet }[settings.get('by') as By];
window.mapComponents = (count) => measureComponents(container, scene, count);
window.mapMeasure = measureOf(container, scene, place, () => make(container, scene, place));

async function load(cases: number, people: number): Promise<Scene> {
  const json = async <T>(path: string): Promise<T> => (await (await fetch(path)).json()) as T;
  const district = await json<DistrictMap>('/district.json');
  const rows = withArcs(await json<CaseRow[]>(`/cases.json?count=${cases}`));
  const walkers = await json<CaseRow[]>(`/cases.json?count=${people}&seed=7`);
  const parents = new Map(district.areas.map(({ code, parent }) => [code, parent]));
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (let code = row.gridCode; code !== null; code = parents.get(code) ?? null) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return { district, rows, counts, people: new People(walkers) };
}
