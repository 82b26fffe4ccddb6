import type { Layer } from '@deck.gl/core';
import type { CaseRow } from '#contract/cases.ts';
import type { AreaRow, DistrictMap } from '#contract/grid.ts';
import { buildLocator, type Locator } from '#domain/grid/locate.ts';
import { AreaLayers, type AreaView } from './area-layers.ts';
import { CasePicture } from './case-picture.ts';
import type { PointBuffer } from './case-points.ts';
import { chainLines, type ChainStop } from './chain-line.ts';
import type { CityMapEvents } from './map-events.ts';
import { areasForLookup, districtShapes, type LevelShapes } from './district-shapes.ts';
import { focusData, selectionData, stopsData } from './drawn-things.ts';
import { FreshLayer } from './fresh-layer.ts';
import { FlatLayer } from './layers/flat-layer.ts';
import { levelInView } from './level-in-view.ts';
import { bytesOf, type MapTheme } from './map-theme.ts';
import { FIT_PADDING, MapScene, type Camera } from './map-scene.ts';
import { RepaintBudget } from './repaint-budget.ts';
import { anchors, mapStyle } from './style.ts';

export interface CityMapOptions {
  readonly container: HTMLElement;
  readonly district: DistrictMap;
  readonly theme: MapTheme;
  /** Family of the labels; loaded by the page before. */
  readonly font: string;
  readonly events: CityMapEvents;
  /** The host's time, epoch milliseconds. */
  readonly now: () => number;
}

const PICK_PIXELS = 10;
const LOSSES_BEFORE_GIVING_UP = 3;
const REBUILD_AFTER_MS = 400;
const FLIGHT_MS = 500;
/** More changes than this at once go into the whole picture. */
const MANY_CHANGES = 500;
const LABELS_EVERY_MS = 2_000;
const METERS_AT_EQUATOR = 78_271.517;

/**
 * The grid map: maplibre and deck.gl outside React.
 *
 * 1. Changed cases are on the screen in the next frame, above the picture; the picture itself is painted again when its
 *    cost allows ({@link RepaintBudget}). In a quiet scene nothing is painted.
 * 2. A change writes its own slot of the point buffers; geometry is made once.
 * 3. What is drawn can be made again from what the class holds: after a lost graphics context everything is built anew.
 */
export class CityMap {
  readonly #options: CityMapOptions;
  readonly #levels: readonly LevelShapes[];
  readonly #unitLevel: number;
  readonly #areas: ReadonlyMap<string, AreaRow>;
  readonly #areaLayers: AreaLayers;
  readonly #cases: CasePicture;
  readonly #budget = new RepaintBudget();
  readonly #fresh: FreshLayer;
  readonly #waiting: (() => void)[] = [];
  readonly #resize: ResizeObserver;
  #scene: MapScene | null = null;
  #theme: MapTheme;
  #figures: ReadonlyMap<string, number> = new Map();
  #focus: string | null = null;
  #selection: CaseRow | null = null;
  #chain: readonly ChainStop[] = [];
  #locator: Locator | null = null;
  #losses = 0;
  #zoomTarget: number | null = null;
  #frame = 0;
  #paintTimer: ReturnType<typeof setTimeout> | null = null;
  #isPainting = false;
  #isPaintDue = false;
  #isPaintForced = false;
  #labelsAt = 0;
  #labelsKey = '';
  #isReady = false;
  #isClosed = false;

  constructor(options: CityMapOptions) {
    this.#options = options;
    this.#theme = options.theme;
    this.#cases = new CasePicture(options.theme);
    this.#levels = districtShapes(options.district);
    this.#unitLevel = this.#levels.length > 2 ? 2 : 1;
    this.#areas = new Map(options.district.areas.map((area) => [area.code, area]));
    this.#areaLayers = new AreaLayers(this.#levels, this.#unitLevel, (code, focus) => this.#isWithin(code, focus));
    options.events.status('loading');
    this.#build(null);
    this.#fresh = new FreshLayer(options.container, 'fresh-cases');
    this.#resize = new ResizeObserver(() => {
      this.#scene?.map.resize();
      this.#drawSoon();
    });
    this.#resize.observe(options.container);
  }

  /** A new snapshot begins. */
  resetCases(): void {
    this.#cases.clear();
    this.#paint(true);
  }

  /** Resolves once a frame that shows the changes was presented; at once when the map can't draw. */
  applyCases(upserts: readonly CaseRow[], removed: readonly string[]): Promise<void> {
    const now = this.#options.now();
    const isMany = upserts.length + removed.length > MANY_CHANGES;
    for (const row of upserts) {
      const look = this.#cases.set(row, now);
      if (look === null) this.#fresh.delete(row.id);
      else if (!isMany) this.#fresh.set(row.id, row.lon ?? 0, row.lat ?? 0, look);
    }
    for (const id of removed) {
      this.#cases.delete(id);
      this.#fresh.delete(id);
    }
    if (upserts.length + removed.length === 0) return Promise.resolve();
    this.#paint(isMany);
    return this.#drawn();
  }

  /** Only rows that fit are drawn, hovered and clicked; null is all. */
  setFilter(shows: ((row: CaseRow) => boolean) | null): void {
    this.#cases.setFilter(shows, this.#theme, this.#options.now());
    this.#paint(true);
  }

  /** Open cases by area code, for fill and names. The map may change afterwards; it is read when painting. */
  setFigures(openByArea: ReadonlyMap<string, number>): void {
    this.#figures = openByArea;
    this.#paint(false);
  }

  /** Drills into an area, or back to the whole district. */
  setFocus(code: string | null): void {
    if (code === this.#focus) return;
    this.#focus = code;
    const bounds = code === null ? null : (this.#areas.get(code)?.bounds ?? null);
    this.#scene?.map.fitBounds(bounds ?? this.#districtBounds(), { padding: FIT_PADDING, duration: flightMs() });
    this.#drawFocus();
    this.#labelsKey = '';
    this.#paint(true);
  }

  /** Rings the case and draws its chain. */
  setSelection(row: CaseRow | null, chain: readonly ChainStop[]): void {
    this.#selection = row;
    this.#chain = chain;
    this.#drawSelection();
  }

  flyToCase({ lon, lat }: CaseRow): void {
    const { map } = this.#scene ?? {};
    if (map === undefined || lon === null || lat === null) return;
    map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), 12.5), duration: flightMs() });
  }

  setTheme(theme: MapTheme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#scene?.map.setStyle(this.#style(), { diff: true });
    this.#cases.setFilter(this.#cases.filter, theme, this.#options.now());
    this.#redrawSources();
    this.#paint(true);
  }

  /** Levels change with time: looks at every case again and paints if one has another mark. */
  refreshLevels(): void {
    if (this.#cases.refresh(this.#options.now())) this.#paint(false);
  }

  zoomBy(steps: number): void {
    const { map } = this.#scene ?? {};
    if (map === undefined) return;
    // Steps add up while the camera still moves.
    this.#zoomTarget = (map.isMoving() ? (this.#zoomTarget ?? map.getZoom()) : map.getZoom()) + steps;
    map.easeTo({ zoom: this.#zoomTarget, duration: flightMs() / 2 });
  }

  /** CSS pixels to the right and down. */
  panBy(dx: number, dy: number): void {
    this.#scene?.map.panBy([dx, dy], { duration: flightMs() / 2 });
  }

  /** Drawn cases on the screen now, the one due first first. */
  casesInView(): readonly CaseRow[] {
    const bounds = this.#scene?.map.getBounds();
    if (bounds === undefined) return [];
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] as const;
    return [...this.#cases.within(box)].sort(
      (a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || (a.id < b.id ? -1 : 1),
    );
  }

  /** [lon, lat] under a point of the map in CSS pixels; undefined while there is no map. */
  positionAt(x: number, y: number): readonly [number, number] | undefined {
    const at = this.#scene?.map.unproject([x, y]);
    return at === undefined ? undefined : [at.lng, at.lat];
  }

  close(): void {
    this.#isClosed = true;
    this.#resize.disconnect();
    cancelAnimationFrame(this.#frame);
    if (this.#paintTimer !== null) clearTimeout(this.#paintTimer);
    this.#fresh.remove();
    this.#scene?.remove();
    this.#scene = null;
    this.#settle();
  }

  #build(camera: Camera | null): void {
    const { container, font, events } = this.#options;
    const box = this.#districtBounds();
    const [width, height] = [box[2] - box[0], box[3] - box[1]];
    try {
      const scene = new MapScene({
        ...{ container, font, camera, style: this.#style(), bounds: box },
        maxBounds: [box[0] - width, box[1] - height, box[2] + width, box[3] + height],
        loaded: () => {
          // First of all: deck.gl finds its places in the layer order only while no source is loading.
          this.#scene?.setLayers(this.#layers(this.#areaView(this.#scene)));
          this.#redrawSources();
          this.#paint(true);
        },
        lost: () => this.#lose(),
      });
      this.#scene = scene;
      this.#listen(scene);
    } catch {
      // No WebGL at all: the panel says so, list and actions go on.
      events.status('failed');
      this.#settle();
    }
  }

  #lose(): void {
    const camera = this.#scene?.camera() ?? null;
    this.#losses += 1;
    this.#isReady = false;
    this.#isPainting = false;
    if (this.#losses >= LOSSES_BEFORE_GIVING_UP) {
      this.#scene?.remove();
      this.#scene = null;
      this.#options.events.status('failed');
      return this.#settle();
    }
    this.#options.events.status('lost');
    setTimeout(() => {
      if (this.#isClosed) return;
      this.#scene?.remove();
      this.#build(camera);
    }, REBUILD_AFTER_MS);
  }

  #listen(scene: MapScene): void {
    const { map } = scene;
    map.on('movestart', () => {
      if (this.#fresh.size > 0) this.#paint(true);
    });
    map.on('move', () => this.#drawFresh());
    map.on('moveend', () => {
      this.#tellView();
      this.#paint(true);
    });
    map.on('mousemove', ({ point }) => this.#hover(point.x, point.y));
    map.on('mouseout', () => this.#options.events.hover(null));
    map.on('click', ({ point }) => this.#click(point.x, point.y));
  }

  /** Asks for the whole picture: at once if `isForced`, else when its cost allows. */
  #paint(isForced: boolean): void {
    this.#isPaintDue = true;
    if (isForced) this.#isPaintForced = true;
    if (this.#isPainting || this.#scene?.isLoaded !== true) return;
    const waitMs = this.#isPaintForced ? 0 : this.#budget.waitAt(performance.now());
    if (this.#paintTimer !== null) {
      if (waitMs > 0) return;
      clearTimeout(this.#paintTimer);
    }
    this.#paintTimer = setTimeout(() => {
      this.#paintTimer = null;
      void this.#paintNow();
    }, waitMs);
  }

  async #paintNow(): Promise<void> {
    const scene = this.#scene;
    if (scene === null || this.#isPainting) return;
    this.#isPainting = true;
    this.#isPaintDue = false;
    this.#isPaintForced = false;
    this.#fresh.beginPainting();
    this.#budget.started(performance.now());
    const view = this.#areaView(scene);
    this.#updateLabels(scene, view);
    scene.setLayers(this.#layers(view));
    this.#tellLegend(view);
    await scene.rendered();
    await scene.finished();
    this.#isPainting = false;
    if (scene !== this.#scene) return;
    this.#budget.ended(performance.now());
    this.#fresh.endPainting();
    this.#drawSoon();
    if (!this.#isReady) {
      this.#isReady = true;
      this.#tellView();
      this.#options.events.status('ready');
    }
    if (this.#isPaintDue) this.#paint(this.#isPaintForced);
  }

  #layers(view: AreaView): Layer[] {
    return [...this.#areaLayers.layers(view), ...this.#caseLayers()];
  }

  #caseLayers(): Layer[] {
    const colours = { groundColor: bytesOf(this.#theme.ground), inkColor: bytesOf(this.#theme.levelInk) };
    const layer = (id: string, beforeId: string, points: PointBuffer) =>
      new FlatLayer({
        id,
        ...({ beforeId } as object),
        ...colours,
        data: points.data() as never,
        topology: 'point-list',
        pickable: false,
      });
    return [layer('cases', anchors.cases, this.#cases.dots), layer('marks', anchors.marks, this.#cases.marks)];
  }

  #areaView(scene: MapScene): AreaView {
    const focusLevel = this.#focus === null ? null : (this.#areas.get(this.#focus)?.level ?? null);
    const level = levelInView({
      typicalWidthsMeters: this.#levels.map(({ typicalWidthMeters }) => typicalWidthMeters),
      unitLevel: this.#unitLevel,
      focusLevel,
      metersPerPixel: metersPerPixel(scene),
    });
    return { level, focus: this.#focus, figures: this.#figures, theme: this.#theme };
  }

  /** Names with counts; setting them costs a layout, so counts alone change at most every other second. */
  #updateLabels(scene: MapScene, view: AreaView): void {
    const key = `${view.level} ${view.focus}`;
    const now = performance.now();
    if (key === this.#labelsKey && now - this.#labelsAt < LABELS_EVERY_MS) return;
    this.#labelsKey = key;
    this.#labelsAt = now;
    scene.setData('labels', this.#areaLayers.labels(view));
  }

  #redrawSources(): void {
    this.#labelsKey = '';
    this.#drawFocus();
    this.#drawSelection();
  }

  #drawFocus(): void {
    this.#scene?.setData('focus', focusData(this.#levels, this.#focus));
  }

  #drawSelection(): void {
    this.#scene?.setData('selection', selectionData(this.#selection));
    this.#scene?.setData('chain', { type: 'FeatureCollection', features: chainLines(this.#chain) });
    this.#scene?.setData('stops', stopsData(this.#chain));
  }

  #drawSoon(): void {
    if (this.#frame !== 0 || this.#isClosed) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#drawFresh();
    });
  }

  #drawFresh(): void {
    const { map } = this.#scene ?? {};
    if (map === undefined) return;
    const { clientWidth, clientHeight } = this.#options.container;
    this.#fresh.draw((lon, lat) => map.project([lon, lat]), this.#theme, clientWidth, clientHeight, devicePixelRatio);
  }

  /** Resolves after the next frame with the fresh layer was presented; before the map stands, once it does. */
  #drawn(): Promise<void> {
    if (this.#scene === null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length > 1) return;
      requestAnimationFrame(() => {
        this.#drawFresh();
        requestAnimationFrame(() => this.#settle());
      });
    });
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #tellView(): void {
    const scene = this.#scene;
    if (scene === null) return;
    this.#options.events.view({ metersPerPixel: metersPerPixel(scene), level: this.#areaView(scene).level });
  }

  #tellLegend(view: AreaView): void {
    this.#options.events.legend({
      level: view.level,
      classes: this.#areaLayers.classes(view),
      marks: this.#cases.markCounts(),
    });
  }

  #hover(x: number, y: number): void {
    const row = this.#caseAt(x, y);
    if (row !== undefined) return this.#options.events.hover({ kind: 'case', row, x, y });
    const scene = this.#scene;
    const path = this.#pathAt(x, y);
    const level = scene === null ? 0 : this.#areaView(scene).level;
    const area = path.find((one) => one.level === level);
    if (area === undefined) return this.#options.events.hover(null);
    const count = this.#figures.get(area.code) ?? 0;
    this.#options.events.hover({ kind: 'area', name: area.name, count, x, y });
  }

  #click(x: number, y: number): void {
    const row = this.#caseAt(x, y);
    if (row !== undefined) return this.#options.events.selectCase(row.id);
    const path = this.#pathAt(x, y).filter(({ level }) => level >= this.#unitLevel);
    const at = path.findIndex(({ code }) => code === this.#focus);
    const next = path[at + 1];
    if (next !== undefined) this.#options.events.focusArea(next.code);
  }

  #caseAt(x: number, y: number): CaseRow | undefined {
    const map = this.#scene?.map;
    if (map === undefined) return undefined;
    const [southWest, northEast] = [
      map.unproject([x - PICK_PIXELS, y + PICK_PIXELS]),
      map.unproject([x + PICK_PIXELS, y - PICK_PIXELS]),
    ];
    const near = this.#cases.within([southWest.lng, southWest.lat, northEast.lng, northEast.lat]);
    let best: { readonly row: CaseRow; readonly distance: number } | null = null;
    for (const row of near) {
      const at = map.project([row.lon ?? 0, row.lat ?? 0]);
      const distance = Math.hypot(at.x - x, at.y - y);
      if (distance <= PICK_PIXELS && (best === null || distance < best.distance)) best = { row, distance };
    }
    return best?.row;
  }

  /** Areas under a point, coarsest first; empty outside the district. */
  #pathAt(x: number, y: number): readonly AreaRow[] {
    const at = this.positionAt(x, y);
    const finest = this.#levels.at(-1);
    if (at === undefined || finest === undefined) return [];
    this.#locator ??= buildLocator(areasForLookup(finest));
    return this.#pathOf(this.#locator.locate(at[0], at[1]));
  }

  #pathOf(code: string | null): readonly AreaRow[] {
    const path: AreaRow[] = [];
    for (let area = this.#areas.get(code ?? ''); area !== undefined; area = this.#areas.get(area.parent ?? '')) {
      path.unshift(area);
    }
    return path;
  }

  #isWithin(code: string, focus: string): boolean {
    return this.#pathOf(code).some((area) => area.code === focus);
  }

  #districtBounds(): [number, number, number, number] {
    const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { area } of this.#levels[this.#unitLevel - 1]?.areas ?? []) {
      box[0] = Math.min(box[0], area.bounds[0]);
      box[1] = Math.min(box[1], area.bounds[1]);
      box[2] = Math.max(box[2], area.bounds[2]);
      box[3] = Math.max(box[3], area.bounds[3]);
    }
    return box;
  }

  #style(): ReturnType<typeof mapStyle> {
    return mapStyle(this.#options.district, this.#levels, this.#unitLevel, this.#theme, this.#options.font);
  }
}

/** Web-mercator at the middle of the screen. */
function metersPerPixel({ map }: MapScene): number {
  const { lat } = map.getCenter();
  return (METERS_AT_EQUATOR * Math.cos((lat * Math.PI) / 180)) / 2 ** map.getZoom();
}

function flightMs(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : FLIGHT_MS;
}
