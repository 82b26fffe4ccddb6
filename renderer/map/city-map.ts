import type { Map as MapLibreMap } from 'maplibre-gl';
import type { CaseRow } from '#contract/cases.ts';
import { browserClock } from './browser-clock.ts';
import { boxOf, Camera, FIT_PADDING, roomAround } from './camera.ts';
import { CaseBoard } from './case-board.ts';
import { byDueTime, caseAt } from './case-finder.ts';
import { CaseIndex } from './case-index.ts';
import type { ChainStop } from './chain-line.ts';
import type { CityMapOptions } from './city-map-options.ts';
import { clusterAt } from './cluster-canvas.ts';
import type { ComponentField, FoundComponent } from './components/component-field.ts';
import type { ForceField, ForceTrack } from './forces/force-field.ts';
import { ForceLayer, type ForceFigures } from './forces/force-layer.ts';
import { Pace } from './forces/pace.ts';
import { MapExtras } from './map-extras.ts';
import type { MapStatus } from './map-events.ts';
import type { MapLayers } from './map-layers.ts';
import { MapOverlays, type OverlaySight } from './map-overlays.ts';
import { DistrictShapes } from './district-shapes.ts';
import { DrawnLayers } from './drawn-layers.ts';
import { FramePromises } from './frame-promises.ts';
import type { FreshCanvas } from './fresh-canvas.ts';
import { labelFeatures } from './labels.ts';
import { pictureOf } from './map-picture.ts';
import type { CameraPlace, MapScene, SceneOptions } from './map-scene.ts';
import { MapSight } from './map-sight.ts';
import type { MapTheme } from './map-theme.ts';
import type { NetView } from './net-layers.ts';
import { projectOf } from './overlay.ts';
import { boundsOfPlace, type MapPlace } from './place-canvas.ts';
import { Painter } from './painter.ts';
import { Pointer } from './pointer.ts';
import { isInRing, ringBounds, type MapPosition } from './region.ts';
import { SceneKeeper } from './scene-keeper.ts';
import type { Sketch } from './sketch-canvas.ts';
import { groundStyle, layersOf, sourcesOf } from './style.ts';

const FORCES_EVERY_MS = 200;
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
 * 3. People and vehicles have a canvas of their own: the picture below is not painted because they moved.
 * 4. What is drawn can be made again from what the class holds: after a lost graphics context everything is built anew.
 */
export class CityMap {
  /** Base maps, and the camera for others that follow it. */
  readonly extras = new MapExtras();
  readonly #options: CityMapOptions;
  readonly #shapes: DistrictShapes;
  readonly #board = new CaseBoard();
  readonly #drawn: DrawnLayers;
  readonly #index: CaseIndex;
  readonly #overlays: MapOverlays;
  readonly #fresh: FreshCanvas;
  readonly #camera: Camera;
  readonly #pointer: Pointer;
  readonly #painter: Painter;
  readonly #frames: FramePromises;
  readonly #scenes: SceneKeeper;
  readonly #sight: MapSight;
  readonly #forces: ForceLayer;
  readonly #forcePace: Pace;
  #forceField: ForceField | null = null;
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
    this.#shapes = new DistrictShapes(district);
    this.#drawn = new DrawnLayers(this.#board, this.#shapes, () => this.#painter.request(true));
    this.#index = new CaseIndex(
      () => this.#board.shown(),
      (id) => this.#board.look(id) !== undefined,
    );
    this.#scenes = new SceneKeeper({
      options: () => this.#sceneOptions(),
      made: (scene) => this.#listen(scene),
      loaded: (scene) => this.#start(scene),
      lost: (status) => this.#lose(status),
      dropped: () => this.#frames.settle(),
    });
    const anyMap = () => this.#scenes.map;
    this.#sight = new MapSight(this.#shapes, anyMap, options.theme);
    const pictureMs = () => (this.#isReady ? this.#painter.lastMs : Infinity);
    this.#camera = new Camera(anyMap, pictureMs, this.#shapes.bounds);
    this.#forces = new ForceLayer(container, this.#shapes.bounds, () => this.#frames.draw());
    this.#pointer = new Pointer({
      ...{ shapes: this.#shapes, events, view: () => this.#netView() },
      clusterAt: (map, x, y) => clusterAt(this.#drawn.cases.clusters, projectOf(map), x, y),
      openCluster: ({ bounds }) => this.#camera.open(bounds),
      caseAt: (map, x, y) => caseAt(map, this.#board, this.#index, x, y, (id) => this.#drawn.cases.isAlone(id)),
      componentAt: (map, x, y) => this.#componentAt(map, x, y),
      forceAt: (map, x, y) => this.#forces.at(projectOf(map), x, y),
    });
    this.#painter = new Painter({
      ...browserClock,
      canvas: () => this.#scenes.loaded,
      prepare: (hasTime) => this.#prepare(hasTime),
      shown: () => this.#pictureShown(),
    });
    this.#frames = new FramePromises(() => this.#drawOverlays());
    this.#forcePace = new Pace(options.forcesEveryMs ?? FORCES_EVERY_MS, browserClock, () => this.#takeForces());
    this.#overlays = new MapOverlays(container, font, this.#forces);
    this.#fresh = this.#overlays.fresh;
    events.status('loading');
    this.#scenes.build();
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
      if (look === null || isMany || this.#sight.layers.points === 'none') this.#fresh.delete(row.id);
      else this.#fresh.set(row.id, row.lon ?? 0, row.lat ?? 0, look);
    }
    this.#painter.request(isMany);
    if (this.#scenes.scene === null) return Promise.resolve();
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
    this.#sight.figures = figures;
    this.#painter.request(false);
  }

  /** Which layers are shown; `arcUnit` is the unit whose arcs they may ask for. Figures follow by {@link setFigures}. */
  setLayers(layers: MapLayers, arcUnit: string | null): void {
    if (layers === this.#sight.layers && arcUnit === this.#sight.arcUnit) return;
    const hadForces = this.#sight.layers.forces;
    this.#sight.layers = layers;
    this.#sight.arcUnit = arcUnit;
    this.#drawn.components.show(layers.components);
    if (layers.forces !== hadForces) this.#takeForces();
    this.#board.setMode(layers.points, this.#options.now());
    this.#fresh.clear();
    this.#frames.draw();
    this.#painter.request(true);
  }

  /** Drills into an area, or back to the whole district. */
  setFocus(code: string | null): void {
    if (code === this.#sight.focus) return;
    this.#sight.focus = code;
    this.#scenes.scene?.setData('focus', this.#shapes.outline(code));
    this.#camera.fit(this.#shapes.area(code)?.bounds ?? null);
    this.#painter.request(true);
  }

  /** Rings the case and draws its chain. */
  setSelection(row: Pick<CaseRow, 'lon' | 'lat'> | null, chain: readonly ChainStop[]): void {
    const { lon = null, lat = null } = row ?? {};
    this.#overlays.chosen = { position: lon === null || lat === null ? null : [lon, lat], chain };
    this.#frames.draw();
  }

  /**
   * Where people and vehicles are now; null takes them away. Drawn at most five times a second; of what comes meanwhile
   * the last one. Nothing is uploaded or drawn when nobody moved.
   */
  setForces(field: ForceField | null): void {
    this.#forceField = field;
    this.#forcePace.ask();
  }

  /** The person or vehicle under a point of the map in CSS pixels: its place in the field that was drawn last. */
  forceAt(x: number, y: number): number | undefined {
    const { map } = this.#scenes;
    return map === null ? undefined : this.#forces.at(projectOf(map), x, y)?.index;
  }

  /** Draws the way of one of them, until another is given. */
  setTrack(track: ForceTrack | null): void {
    this.#overlays.track = track;
    this.#frames.draw();
  }

  /**
   * Components, null for none; they are drawn while `layers.components` is on. Points from zoom 15 on, at most 20,000 of
   * them in view; else the areas are filled by their numbers. A worker puts them in order first.
   */
  setComponents(field: ComponentField | null): void {
    this.#drawn.components.set(field);
  }

  /** What people and vehicles have cost so far. */
  forceFigures(): ForceFigures {
    return this.#forces.figures;
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
    if (theme === this.#sight.theme) return;
    this.#sight.theme = theme;
    this.#fresh.move();
    this.#frames.draw();
    const { lines, names } = layersOf(theme, this.#options.font);
    this.#scenes.loaded?.setPaint([...groundStyle(theme).layers, ...lines, ...names]);
    this.#painter.request(true);
  }

  /** Levels change with time: looks at every case again; those with another mark are drawn like changed ones. */
  refreshLevels(): void {
    const changed = this.#board.refresh(this.#options.now());
    for (const { id, lon, lat } of changed) {
      const look = this.#board.look(id);
      const isDrawn = look !== undefined && this.#sight.layers.points !== 'none';
      if (isDrawn && changed.length <= MANY_CHANGES) this.#fresh.set(id, lon ?? 0, lat ?? 0, look);
    }
    const areArcsStale =
      this.#sight.layers.arcs === 'hour' && this.#drawn.arcs.isStale(this.#netView(), this.#options.now());
    if (changed.length === 0 && !areArcsStale) return;
    this.#frames.draw();
    this.#painter.request(false);
  }

  /** Square kilometres of an area, by its full outline. */
  squareKm(code: string): number {
    return this.#shapes.squareKm(code);
  }

  /** Puts the camera there at once; what was fitted stays fitted no longer. */
  lookAt(place: CameraPlace): void {
    this.#camera.lookAt(place);
  }

  /** Resolves when all that is known is drawn, names too; after three seconds in any case. */
  settled = async (): Promise<void> => this.#scenes.loaded?.settled();

  zoomBy(steps: number): void {
    this.#camera.zoomBy(steps);
  }

  /** CSS pixels to the right and down. */
  panBy(dx: number, dy: number): void {
    this.#camera.panBy(dx, dy);
  }

  /** Drawn cases on the screen now, the one due first first. */
  casesInView(): readonly CaseRow[] {
    const { map } = this.#scenes;
    return map === null ? [] : byDueTime(this.#index.within(boxOf(map)));
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
    if (this.#scenes.scene?.isLoaded !== true) return null;
    this.#painter.request(true);
    await this.#frames.afterPicture();
    const scene = this.#scenes.scene;
    return scene === null
      ? null
      : pictureOf(scene, ratio, (pen, project) =>
          this.#overlays.paint(pen, project, this.#sight.theme, this.#overlaySight()),
        );
  }

  /** [lon, lat] under a point of the map in CSS pixels; undefined while there is no map. */
  positionAt(x: number, y: number): readonly [number, number] | undefined {
    const at = this.#scenes.map?.unproject([x, y]);
    return at === undefined ? undefined : [at.lng, at.lat];
  }

  /** CSS pixels of a position in degrees; undefined while there is no map. */
  pixelAt(lon: number, lat: number): readonly [number, number] | undefined {
    const at = this.#scenes.map?.project([lon, lat]);
    return at === undefined ? undefined : [at.x, at.y];
  }

  /** Layer ids, bottom to top; empty while there is no map. */
  layersOrder(): readonly string[] {
    return this.#scenes.map?.getLayersOrder() ?? [];
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
    this.#painter.drop();
    this.#forcePace.stop();
    this.#drawn.components.close();
    this.#pointer.close();
    this.#overlays.remove();
    this.#scenes.close();
    this.#frames.close();
  }

  #sceneOptions(): Omit<SceneOptions, 'place' | 'loaded' | 'lost'> {
    const { container, font } = this.#options;
    const { bounds } = this.#shapes;
    return {
      ...{ container, font, style: groundStyle(this.#sight.theme), padding: FIT_PADDING },
      bounds: [bounds[0], bounds[1], bounds[2], bounds[3]],
      maxBounds: roomAround(bounds),
    };
  }

  /** A person may move the camera and click before the map is drawn for the first time. */
  #listen({ map }: MapScene): void {
    this.#camera.watch(map);
    this.#pointer.watch(map);
    map.on('render', () => (this.#paintedFrames += 1));
    map.on('idle', () => this.#standAside());
    map.on('move', () => {
      this.#fresh.move();
      this.#drawOverlays();
      if (performance.now() - this.#viewToldAt > TELL_VIEW_EVERY_MS) this.#tellView();
    });
    map.on('resize', () => {
      this.#fresh.move();
      this.#forces.move();
      this.#frames.draw();
    });
    map.on('moveend', () => {
      this.#tellView();
      if (this.#sight.pictureKey !== this.#viewKey) this.#painter.request(true);
    });
  }

  #start(scene: MapScene): void {
    // First of all: deck.gl finds its places in the layer order only while no source is loading.
    scene.map.setPaintProperty('ground', 'background-color', this.#sight.theme.ground);
    this.#setLayers(this.#netView());
    const { district, font } = this.#options;
    scene.addContent({ sources: sourcesOf(district, this.#shapes), ...layersOf(this.#sight.theme, font) });
    scene.setData('focus', this.#shapes.outline(this.#sight.focus));
    this.extras.attach(scene.map, this.#shapes, this.#camera);
    this.#painter.request(true);
  }

  #lose(status: MapStatus): void {
    this.#isReady = false;
    this.#painter.drop();
    this.#drawn.forget();
    [this.#labelsKey, this.#viewKey, this.#legendKey] = ['', '', ''];
    this.#options.events.status(status);
  }

  #prepare(hasTime: boolean): boolean {
    const { scene } = this.#scenes;
    if (scene === null) return false;
    this.#fresh.beginPainting();
    this.#frames.beginPicture();
    const view = this.#netView();
    this.#viewKey = this.#sight.pictureKey;
    this.#setLayers(view);
    if (!hasTime) return false;
    const hasHeat = this.#drawn.heat.renew(scene, view);
    const labels = labelFeatures(this.#shapes, view, this.#drawn.cases.obstacles);
    const key = JSON.stringify(labels);
    if (key === this.#labelsKey) return hasHeat;
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
    this.#scenes.scene?.setLayers(this.#drawn.layers(view, this.#options.now()));
    this.#tellLegend(view);
  }

  #tellLegend(view: NetView): void {
    const legend = this.#drawn.legend(view, this.#forces.counts, this.#sight.view());
    const key = JSON.stringify(legend);
    if (key === this.#legendKey) return;
    this.#legendKey = key;
    this.#options.events.legend(legend);
  }

  /** People and vehicles make way for the names and marks that are below their canvas. */
  #standAside(): void {
    const scene = this.#scenes.loaded;
    if (scene === null || !this.#forces.isShown) return;
    this.#forces.setStanding({ marks: this.#drawn.cases.marks, names: scene.names() });
    this.#frames.draw();
  }

  #netView(): NetView {
    return this.#sight.netView(this.#drawn.components.density);
  }

  #componentAt(map: MapLibreMap, x: number, y: number): FoundComponent | undefined {
    const [at, next] = [map.unproject([x, y]), map.unproject([x + 1, y - 1])];
    return this.#drawn.components.at(at.lng, at.lat, [next.lng - at.lng, next.lat - at.lat]);
  }

  #takeForces(): void {
    const { forces } = this.#sight.layers;
    const wasShown = this.#forces.isShown;
    const isLegendNew = this.#forces.set(forces ? this.#forceField : null);
    if (!wasShown) this.#standAside();
    this.#frames.draw();
    if (isLegendNew && this.#isReady) this.#tellLegend(this.#netView());
  }

  #drawOverlays(): void {
    const { map } = this.#scenes;
    if (map === null || this.#isClosed) return;
    this.#overlays.draw(projectOf(map), this.#sight.theme, this.#overlaySight());
  }

  #overlaySight(): OverlaySight {
    const { clusters, sizes } = this.#drawn.cases;
    return { clusters, sizes, hasChain: this.#sight.layers.chain };
  }

  #tellView(): void {
    const view = this.#sight.view();
    if (view === null) return;
    if (this.#drawn.components.look(view)) this.#painter.request(true);
    this.#viewToldAt = performance.now();
    this.#options.events.view(view);
  }
}
