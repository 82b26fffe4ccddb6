import type { Layer } from '@deck.gl/core';
import type { CaseRow } from '#contract/cases.ts';
import type { DistrictMap } from '#contract/grid.ts';
import { Camera, FIT_PADDING, metersPerPixel, roomAround } from './camera.ts';
import { CaseBoard } from './case-board.ts';
import { byDueTime, caseAt } from './case-finder.ts';
import { CaseIndex } from './case-index.ts';
import { CaseLayers } from './case-layers.ts';
import type { ChainStop } from './chain-line.ts';
import { clusterAt } from './cluster-canvas.ts';
import type { CityMapEvents, MapView } from './map-events.ts';
import { defaultLayers, type MapLayers } from './map-layers.ts';
import { legendOf } from './map-legend.ts';
import { MapOverlays, type OverlaySight } from './map-overlays.ts';
import { DistrictShapes } from './district-shapes.ts';
import { FramePromises } from './frame-promises.ts';
import type { FreshCanvas } from './fresh-canvas.ts';
import { labelFeatures } from './labels.ts';
import { levelInView } from './level-in-view.ts';
import { pictureOf } from './map-picture.ts';
import { failed, LostContexts, type AfterLoss } from './lost-contexts.ts';
import { MapScene, type CameraPlace } from './map-scene.ts';
import type { MapTheme } from './map-theme.ts';
import { classesIn, NetLayers, type NetView } from './net-layers.ts';
import { boundsOfPlace, type MapPlace } from './place-canvas.ts';
import { Painter } from './painter.ts';
import { Pointer } from './pointer.ts';
import { isInRing, ringBounds, type MapPosition } from './region.ts';
import type { Sketch } from './sketch-canvas.ts';
import { groundStyle, layersOf, sourcesOf } from './style.ts';
import { ArcLayer, HexLayer } from './surface-layers.ts';

export interface CityMapOptions {
  /** Gets the canvases; watched for its size. Must be positioned. */
  readonly container: HTMLElement;
  readonly district: DistrictMap;
  readonly theme: MapTheme;
  /** Family of the labels; loaded by the page before. */
  readonly font: string;
  readonly events: CityMapEvents;
  /** The host's time, epoch milliseconds. */
  readonly now: () => number;
}

/** More changes than this at once go into the whole picture. */
const MANY_CHANGES = 400;
/** While the camera moves, the view is told at most this often. */
const TELL_VIEW_EVERY_MS = 120;

/**
 * The grid map: maplibre and deck.gl outside React.
 *
 * 1. Changed cases are on the screen in the next frame, above the picture; the picture itself is painted again when its
 *    cost allows (`Painter`). In a quiet scene nothing is painted.
 * 2. A change writes its own slot of the point buffers; geometry is made once.
 * 3. What is drawn can be made again from what the class holds: after a lost graphics context everything is built anew.
 */
export class CityMap {
  readonly #options: CityMapOptions;
  readonly #shapes: DistrictShapes;
  readonly #net: NetLayers;
  readonly #board = new CaseBoard();
  readonly #caseLayers: CaseLayers;
  readonly #hexagons: HexLayer;
  readonly #arcs: ArcLayer;
  readonly #index: CaseIndex;
  readonly #overlays: MapOverlays;
  readonly #fresh: FreshCanvas;
  readonly #camera: Camera;
  readonly #pointer: Pointer;
  readonly #painter: Painter;
  readonly #frames: FramePromises;
  readonly #losses = new LostContexts();
  #rebuilding: ReturnType<typeof setTimeout> | undefined;
  #scene: MapScene | null = null;
  #theme: MapTheme;
  #layers: MapLayers = defaultLayers;
  #arcUnit: string | null = null;
  #figures: ReadonlyMap<string, number> = new Map();
  #focus: string | null = null;
  #labelsKey = '';
  #viewKey = '';
  #legendKey = '';
  #viewToldAt = 0;
  #paintedFrames = 0;
  #isReady = false;
  #isClosed = false;

  constructor(options: CityMapOptions) {
    const { container, district, font, events } = options;
    this.#options = options;
    this.#theme = options.theme;
    this.#shapes = new DistrictShapes(district);
    this.#net = new NetLayers(this.#shapes);
    this.#caseLayers = new CaseLayers(this.#board, this.#shapes);
    this.#hexagons = new HexLayer(this.#board, this.#shapes);
    this.#arcs = new ArcLayer(this.#board, this.#shapes);
    this.#index = new CaseIndex(
      () => this.#board.shown(),
      (id) => this.#board.look(id) !== undefined,
    );
    const loadedMap = () => (this.#scene?.isLoaded === true ? this.#scene.map : null);
    const pictureMs = () => (this.#isReady ? this.#painter.lastMs : Infinity);
    this.#camera = new Camera(() => this.#scene?.map ?? null, pictureMs, this.#shapes.bounds);
    this.#pointer = new Pointer({
      ...{ shapes: this.#shapes, events },
      view: () => ({ level: this.#level(), focus: this.#focus, figures: this.#figures, layers: this.#layers }),
      clusterAt: (map, x, y) => clusterAt(this.#caseLayers.clusters, (lon, lat) => map.project([lon, lat]), x, y),
      openCluster: ({ bounds }) => this.#camera.open(bounds),
      caseAt: (map, x, y) => caseAt(map, this.#board, this.#index, x, y, (id) => this.#caseLayers.isAlone(id)),
    });
    this.#painter = new Painter({
      canvas: () => (loadedMap() === null ? null : this.#scene),
      prepare: (hasTime) => this.#prepare(hasTime),
      shown: () => this.#pictureShown(),
      now: () => performance.now(),
      after: (delayMs, task) => {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
    });
    this.#frames = new FramePromises(() => this.#drawOverlays());
    this.#overlays = new MapOverlays(container, font);
    this.#fresh = this.#overlays.fresh;
    events.status('loading');
    this.#build(null);
  }

  /** A new snapshot begins. */
  resetCases(): void {
    this.#board.clear();
    this.#index.reset();
    this.#fresh.clear();
    this.#frames.draw();
    this.#painter.request(true);
  }

  /** Resolves once a frame that shows the changes was presented; at once when the map can't draw. */
  applyCases(upserts: readonly CaseRow[], removed: readonly string[]): Promise<void> {
    const changes = upserts.length + removed.length;
    if (changes === 0) return Promise.resolve();
    const now = this.#options.now();
    const isMany = changes > MANY_CHANGES;
    for (const id of removed) {
      this.#board.delete(id);
      this.#fresh.delete(id);
    }
    for (const row of upserts) {
      const look = this.#board.set(row, now);
      this.#index.set(row);
      if (look === null || isMany || this.#layers.points === 'none') this.#fresh.delete(row.id);
      else this.#fresh.set(row.id, row.lon ?? 0, row.lat ?? 0, look);
    }
    this.#painter.request(isMany);
    if (this.#scene === null) return Promise.resolve();
    return isMany ? this.#frames.afterPicture() : this.#frames.afterNext();
  }

  /** Only rows that fit are drawn, hovered and clicked; null is all. */
  setFilter(shows: ((row: CaseRow) => boolean) | null): void {
    this.#board.setFilter(shows, this.#options.now());
    this.#index.reset();
    this.#fresh.clear();
    this.#frames.draw();
    this.#painter.request(true);
  }

  /** `layers.figure` by area code, for fill and names. The map may change afterwards; it is read when painting. */
  setFigures(figures: ReadonlyMap<string, number>): void {
    this.#figures = figures;
    this.#painter.request(false);
  }

  /** Which layers are shown; `arcUnit` is the unit whose arcs they may ask for. Figures follow by {@link setFigures}. */
  setLayers(layers: MapLayers, arcUnit: string | null): void {
    if (layers === this.#layers && arcUnit === this.#arcUnit) return;
    this.#layers = layers;
    this.#arcUnit = arcUnit;
    this.#board.setMode(layers.points, this.#options.now());
    this.#fresh.clear();
    this.#frames.draw();
    this.#painter.request(true);
  }

  /** Drills into an area, or back to the whole district. */
  setFocus(code: string | null): void {
    if (code === this.#focus) return;
    this.#focus = code;
    this.#scene?.setData('focus', this.#shapes.outline(code));
    this.#camera.fit(this.#shapes.area(code)?.bounds ?? null);
    this.#painter.request(true);
  }

  /** Rings the case and draws its chain. */
  setSelection(row: Pick<CaseRow, 'lon' | 'lat'> | null, chain: readonly ChainStop[]): void {
    const { lon = null, lat = null } = row ?? {};
    this.#overlays.chosen = { position: lon === null || lat === null ? null : [lon, lat], chain };
    this.#frames.draw();
  }

  /** Draws a place of a district file that is looked at, and flies there; null takes it away and moves nothing. */
  showPlace(place: MapPlace | null): void {
    this.#overlays.place = place;
    this.#frames.draw();
    const bounds = place === null ? null : boundsOfPlace(place);
    if (bounds !== null) this.#camera.fit(bounds);
  }

  flyToCase({ lon, lat }: CaseRow): void {
    if (lon !== null && lat !== null) this.#camera.flyTo(lon, lat);
  }

  setTheme(theme: MapTheme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#fresh.move();
    this.#frames.draw();
    const scene = this.#scene;
    if (scene?.isLoaded !== true) return;
    const { lines, names } = layersOf(theme, this.#options.font);
    for (const { id, paint } of [...groundStyle(theme).layers, ...lines, ...names]) {
      for (const [name, value] of Object.entries(paint ?? {})) {
        scene.map.setPaintProperty(id, name as 'line-color', value as string);
      }
    }
    this.#painter.request(true);
  }

  /** Levels change with time: looks at every case again; those with another mark are drawn like changed ones. */
  refreshLevels(): void {
    const changed = this.#board.refresh(this.#options.now());
    for (const { id, lon, lat } of changed) {
      const look = this.#board.look(id);
      const isDrawn = look !== undefined && this.#layers.points !== 'none';
      if (isDrawn && changed.length <= MANY_CHANGES) this.#fresh.set(id, lon ?? 0, lat ?? 0, look);
    }
    const areArcsStale = this.#layers.arcs === 'hour' && this.#arcs.isStale(this.#netView(), this.#options.now());
    if (changed.length === 0 && !areArcsStale) return;
    this.#frames.draw();
    this.#painter.request(false);
  }

  /** Square kilometres of an area, by its full outline. */
  squareKm(code: string): number {
    return this.#shapes.squareKm(code);
  }

  zoomBy(steps: number): void {
    this.#camera.zoomBy(steps);
  }

  /** CSS pixels to the right and down. */
  panBy(dx: number, dy: number): void {
    this.#camera.panBy(dx, dy);
  }

  /** Drawn cases on the screen now, the one due first first. */
  casesInView(): readonly CaseRow[] {
    const bounds = this.#scene?.map.getBounds();
    if (bounds === undefined) return [];
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] as const;
    return byDueTime(this.#index.within(box));
  }

  /** Drawn cases inside a ring, the one due first first. */
  casesWithin(ring: readonly MapPosition[]): readonly CaseRow[] {
    const near = this.#index.within(ringBounds(ring));
    return byDueTime(near.filter(({ lon, lat }) => isInRing(ring, lon ?? NaN, lat ?? NaN)));
  }

  /** Draws a region or a measurement above the map, until others are given. */
  setSketches(sketches: readonly Sketch[]): void {
    this.#overlays.sketches = sketches;
    this.#frames.draw();
  }

  /**
   * A picture of what is shown, `ratio` pixels for each CSS pixel; null while there is no map. Changed cases are painted
   * into the map first.
   */
  async picture(ratio: number): Promise<HTMLCanvasElement | null> {
    if (this.#scene?.isLoaded !== true) return null;
    this.#painter.request(true);
    await this.#frames.afterPicture();
    const scene = this.#scene;
    return scene === null
      ? null
      : pictureOf(scene, ratio, (pen, project) =>
          this.#overlays.paint(pen, project, this.#theme, this.#overlaySight()),
        );
  }

  /** [lon, lat] under a point of the map in CSS pixels; undefined while there is no map. */
  positionAt(x: number, y: number): readonly [number, number] | undefined {
    const at = this.#scene?.map.unproject([x, y]);
    return at === undefined ? undefined : [at.lng, at.lat];
  }

  /** CSS pixels of a position in degrees; undefined while there is no map. */
  pixelAt(lon: number, lat: number): readonly [number, number] | undefined {
    const at = this.#scene?.map.project([lon, lat]);
    return at === undefined ? undefined : [at.x, at.y];
  }

  /** Layer ids, bottom to top; empty while there is no map. */
  layersOrder(): readonly string[] {
    return this.#scene?.map.getLayersOrder() ?? [];
  }

  /**
   * Whole pictures painted so far: because data changed, and all frames with those of camera and names; and what the
   * last one took, milliseconds.
   */
  pictures(): { readonly count: number; readonly frames: number; readonly lastMs: number } {
    return { count: this.#painter.count, frames: this.#paintedFrames, lastMs: this.#painter.lastMs };
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#rebuilding);
    this.#painter.drop();
    this.#pointer.close();
    this.#overlays.remove();
    this.#drop();
    this.#frames.close();
  }

  #build(place: CameraPlace | null): void {
    const { container, font } = this.#options;
    const { bounds } = this.#shapes;
    try {
      const scene = new MapScene({
        ...{ container, font, place, style: groundStyle(this.#theme), padding: FIT_PADDING },
        bounds: [bounds[0], bounds[1], bounds[2], bounds[3]],
        maxBounds: roomAround(bounds),
        loaded: () => this.#start(scene),
        lost: () => this.#lose(),
      });
      this.#scene = scene;
      this.#listen(scene);
    } catch {
      // No WebGL: the panel says so, list and actions go on.
      this.#rebuild(place, failed);
    }
  }

  /** A person may move the camera and click before the map is drawn for the first time. */
  #listen({ map }: MapScene): void {
    this.#camera.watch(map);
    this.#pointer.watch(map);
    map.on('render', () => (this.#paintedFrames += 1));
    map.on('move', () => {
      this.#fresh.move();
      this.#drawOverlays();
      if (performance.now() - this.#viewToldAt > TELL_VIEW_EVERY_MS) this.#tellView();
    });
    map.on('resize', () => {
      this.#fresh.move();
      this.#frames.draw();
    });
    map.on('moveend', () => {
      this.#tellView();
      if (this.#pictureKey() !== this.#viewKey) this.#painter.request(true);
    });
  }

  #start(scene: MapScene): void {
    if (scene !== this.#scene) return;
    // First of all: deck.gl finds its places in the layer order only while no source is loading.
    scene.map.setPaintProperty('ground', 'background-color', this.#theme.ground);
    this.#setLayers(this.#netView());
    const { district, font } = this.#options;
    scene.addContent({ sources: sourcesOf(district, this.#shapes), ...layersOf(this.#theme, font) });
    scene.setData('focus', this.#shapes.outline(this.#focus));
    this.#painter.request(true);
  }

  #lose(): void {
    const place = this.#scene?.place() ?? null;
    this.#isReady = false;
    this.#painter.drop();
    this.#net.forget();
    [this.#labelsKey, this.#viewKey, this.#legendKey] = ['', '', ''];
    this.#rebuild(place, this.#losses.note(performance.now()));
  }

  #rebuild(place: CameraPlace | null, { status, waitMs }: AfterLoss): void {
    this.#options.events.status(status);
    if (status === 'failed') this.#drop();
    clearTimeout(this.#rebuilding);
    this.#rebuilding = setTimeout(() => {
      this.#drop();
      this.#build(place);
    }, waitMs);
  }

  /** Nobody waits for a picture that does not come. */
  #drop(): void {
    this.#scene?.remove();
    this.#scene = null;
    this.#frames.settle();
  }

  #prepare(hasTime: boolean): boolean {
    const scene = this.#scene;
    if (scene === null) return false;
    this.#fresh.beginPainting();
    this.#frames.beginPicture();
    const view = this.#netView();
    this.#viewKey = this.#pictureKey();
    this.#setLayers(view);
    if (!hasTime) return false;
    const labels = labelFeatures(this.#shapes, view, this.#caseLayers.obstacles);
    const key = JSON.stringify(labels);
    if (key === this.#labelsKey) return false;
    this.#labelsKey = key;
    scene.setData('labels', labels);
    return true;
  }

  #pictureShown(): void {
    this.#fresh.endPainting();
    this.#drawOverlays();
    this.#frames.endPicture();
    if (this.#isReady) return;
    this.#isReady = true;
    this.#tellView();
    this.#options.events.status('ready');
  }

  #setLayers(view: NetView): void {
    const fill = classesIn(this.#shapes, view);
    const layers: Layer[] = [
      ...this.#hexagons.layers(view),
      ...this.#net.layers(view, fill.classes),
      ...this.#arcs.layers(view, this.#options.now()),
      ...this.#caseLayers.layers(view),
    ];
    this.#scene?.setLayers(layers);
    const [board, caseLayers, hexagons, arcs] = [this.#board, this.#caseLayers, this.#hexagons, this.#arcs];
    const legend = legendOf(view, { board, caseLayers, hexagons, arcs, fill });
    const key = JSON.stringify(legend);
    if (key === this.#legendKey) return;
    this.#legendKey = key;
    this.#options.events.legend(legend);
  }

  #drawOverlays(): void {
    const map = this.#scene?.map;
    if (map === undefined || this.#isClosed) return;
    const project = (lon: number, lat: number) => map.project([lon, lat]);
    this.#overlays.draw(project, this.#theme, this.#overlaySight());
  }

  #overlaySight(): OverlaySight {
    const { clusters, sizes } = this.#caseLayers;
    return { clusters, sizes, hasChain: this.#layers.chain };
  }

  /** Everything of the camera that the picture's data depend on: a mere shift is not among it. */
  #pictureKey(): string {
    const map = this.#scene?.map;
    return map === undefined ? '' : `${this.#level()} ${this.#focus} ${Math.round(map.getZoom() * 4)}`;
  }

  #netView(): NetView {
    return {
      ...{ level: this.#level(), focus: this.#focus, figures: this.#figures, theme: this.#theme },
      ...{ layers: this.#layers, arcUnit: this.#arcUnit },
      metersPerPixel: this.#metersPerPixel(),
    };
  }

  #level(): number {
    const { level } = this.#layers;
    if (level !== null && level >= this.#shapes.unitLevel && level <= this.#shapes.depth) return level;
    return levelInView({
      typicalWidthsMeters: this.#shapes.typicalWidths,
      unitLevel: this.#shapes.unitLevel,
      focusLevel: this.#shapes.area(this.#focus)?.level ?? null,
      metersPerPixel: this.#metersPerPixel(),
    });
  }

  #metersPerPixel(): number {
    const map = this.#scene?.map;
    return map === undefined ? Infinity : metersPerPixel(map.getZoom(), map.getCenter().lat);
  }

  #tellView(): void {
    const map = this.#scene?.map;
    if (map === undefined) return;
    this.#viewToldAt = performance.now();
    const box = map.getBounds();
    const bounds: MapView['bounds'] = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    this.#options.events.view({
      ...{ metersPerPixel: this.#metersPerPixel(), level: this.#level(), zoom: map.getZoom(), bounds },
    });
  }
}
