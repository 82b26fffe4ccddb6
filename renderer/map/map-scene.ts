import 'maplibre-gl/dist/maplibre-gl.css';
import type { Layer } from '@deck.gl/core';
import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Device } from '@luma.gl/core';
import { webgl2Adapter } from '@luma.gl/webgl';
import type { GeoJSON } from 'geojson';
import {
  Map as MapLibreMap,
  setWorkerUrl,
  type GeoJSONSource,
  type LayerSpecification,
  type LngLatBoundsLike,
  type StyleSpecification,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { mapPixelRatio, onScaleChange } from './display-scale.ts';
import { followCanvas } from './drawing-buffer.ts';
import type { NameBox } from './forces/clearings.ts';
import { labelSize, type LabelFacts } from './labels.ts';
import { largestCanvas } from './largest-canvas.ts';
import { before, type MapContent } from './style.ts';

setWorkerUrl(workerUrl);

/** Where the camera is: degrees and maplibre's zoom. */
export interface CameraPlace {
  readonly center: [number, number];
  readonly zoom: number;
}

export interface SceneOptions {
  readonly container: HTMLElement;
  readonly style: StyleSpecification;
  readonly font: string;
  readonly bounds: LngLatBoundsLike;
  readonly maxBounds: LngLatBoundsLike;
  /** Room left free around `bounds`, CSS pixels. */
  readonly padding: number;
  /** Where the camera was; null begins with the whole of `bounds`. */
  readonly place: CameraPlace | null;
  readonly loaded: () => void;
  readonly lost: () => void;
}

const GIVE_UP_WAITING_MS = 3_000;

/**
 * One maplibre map with deck.gl in its layer stack. It lives as long as its WebGL context: after a loss it is thrown away
 * and made anew, because deck.gl's layers do not come back (map-and-data.md §7).
 */
export class MapScene {
  readonly map: MapLibreMap;
  readonly #overlay = new MapLibreOverlay({
    interleaved: true,
    layers: [],
    onLoad: () => this.#begin(),
  });
  readonly #frame: HTMLElement;
  readonly #options: SceneOptions;
  /** Made here, so that there is somebody to end it also when the map goes before it has come. */
  readonly #device: Promise<Device>;
  #isLoaded = false;
  readonly #stopScale: () => void;
  #isLost = false;
  #isRemoved = false;

  /** @throws Error where no WebGL can be had */
  constructor(options: SceneOptions) {
    const { place, container } = options;
    this.#options = options;
    this.#frame = container.ownerDocument.createElement('div');
    Object.assign(this.#frame.style, { position: 'absolute', inset: '0' });
    container.prepend(this.#frame);
    this.map = new MapLibreMap({
      container: this.#frame,
      style: options.style,
      localIdeographFontFamily: options.font,
      maxBounds: options.maxBounds,
      attributionControl: false,
      renderWorldCopies: false,
      fadeDuration: 0,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      keyboard: false,
      doubleClickZoom: false,
      maxZoom: 18,
      maxCanvasSize: largestCanvas(),
      ...(mapPixelRatio() === devicePixelRatio ? {} : { pixelRatio: mapPixelRatio() }),
      ...(place === null ? { bounds: options.bounds, fitBoundsOptions: { padding: options.padding } } : place),
    });
    this.map.touchZoomRotate.disableRotation();
    const canvas = this.map.getCanvas();
    canvas.setAttribute('tabindex', '-1');
    // The panel round it is the region: two maps side by side would be two regions of one name.
    canvas.setAttribute('role', 'img');
    this.#stopScale = onScaleChange(() => this.map.resize());
    canvas.addEventListener('webglcontextlost', () => this.#lose());
    const gl = canvas.getContext('webgl2');
    if (gl === null) throw new Error('this browser has no WebGL 2');
    this.#device = webgl2Adapter.attach(gl, { _cacheShaders: true, _cachePipelines: true });
    // Before `load` the overlay's layers would be drawn above everything (stack.md SR2).
    this.map.once('load', () => void this.#attach());
  }

  async #attach(): Promise<void> {
    try {
      const device = await this.#device;
      if (this.#isRemoved) return;
      this.map.addControl(this.#overlay);
      followCanvas(this.map, device);
    } catch {
      this.#lose();
    }
  }

  #lose(): void {
    if (this.#isRemoved || this.#isLost) return;
    this.#isLost = true;
    this.#options.lost();
  }

  /** deck.gl can draw from now on: what is painted before would lack its layers. */
  #begin(): void {
    if (this.#isRemoved) return;
    this.#isLoaded = true;
    this.#options.loaded();
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Lays lines and names round deck.gl's layers; to be called once. */
  addContent({ sources, lines, names }: MapContent): void {
    for (const [id, source] of Object.entries(sources)) this.map.addSource(id, source);
    for (const layer of lines) this.map.addLayer(layer, before.lines);
    for (const layer of names) this.map.addLayer(layer);
  }

  setLayers(layers: Layer[]): void {
    this.#overlay.setProps({ layers });
  }

  /** Paints layers that are there as these are painted. */
  setPaint(layers: readonly LayerSpecification[]): void {
    for (const { id, paint } of layers) {
      for (const [name, value] of Object.entries(paint ?? {})) {
        this.map.setPaintProperty(id, name as 'line-color', value as string);
      }
    }
  }

  setData(source: string, data: GeoJSON): void {
    void this.map.getSource<GeoJSONSource>(source)?.setData(data);
  }

  /** Names that found room in the last picture. */
  names(): readonly NameBox[] {
    return this.map.queryRenderedFeatures({ layers: ['labels'] }).flatMap(({ geometry, properties }) => {
      if (geometry.type !== 'Point') return [];
      const [lon = NaN, lat = NaN] = geometry.coordinates;
      return [{ lon, lat, ...labelSize(properties as LabelFacts) }];
    });
  }

  /** Device pixels for each CSS pixel; null is the display's, whichever the window is on. */
  setPixelRatio(ratio: number | null): void {
    // Its own declaration forgets the null that its documentation offers.
    this.map.setPixelRatio(ratio as number);
  }

  place(): CameraPlace {
    const { lng, lat } = this.map.getCenter();
    return { center: [lng, lat], zoom: this.map.getZoom() };
  }

  /** Resolves in the frame that paints the whole picture next. */
  painted(): Promise<void> {
    return new Promise((resolve) => {
      this.map.once('render', () => resolve());
      this.map.triggerRepaint();
    });
  }

  /** Resolves when sources have no data left to lay out and draw, after three seconds in any case. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, GIVE_UP_WAITING_MS);
      this.map.once('idle', () => {
        clearTimeout(timer);
        resolve();
      });
      this.map.triggerRepaint();
    });
  }

  /** Resolves when the graphics process has finished everything that was sent to it; at once after a loss. */
  finished(): Promise<void> {
    const gl = this.map.getCanvas().getContext('webgl2');
    const fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0) ?? null;
    if (gl === null || fence === null) return Promise.resolve();
    gl.flush();
    return new Promise((resolve) => {
      const look = () => {
        if (!gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
          setTimeout(look, 4);
          return;
        }
        gl.deleteSync(fence);
        resolve();
      };
      look();
    });
  }

  remove(): void {
    this.#isRemoved = true;
    this.#stopScale();
    this.map.remove();
    // deck.gl lets go of a device that it was lent, but not of the observers by which that one watches the canvas: they
    // would keep the whole map in memory. It may come only now.
    void this.#device.then(
      (device) => {
        device.getDefaultCanvasContext().destroy();
        device.destroy();
      },
      () => {},
    );
    this.#frame.remove();
  }
}
