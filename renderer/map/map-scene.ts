import 'maplibre-gl/dist/maplibre-gl.css';
import type { Layer } from '@deck.gl/core';
import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { FeatureCollection } from 'geojson';
import {
  Map as MapLibreMap,
  setWorkerUrl,
  type GeoJSONSource,
  type LngLatBoundsLike,
  type StyleSpecification,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

setWorkerUrl(workerUrl);

export interface Camera {
  readonly center: [number, number];
  readonly zoom: number;
}

export interface SceneOptions {
  readonly container: HTMLElement;
  readonly style: StyleSpecification;
  readonly font: string;
  readonly bounds: LngLatBoundsLike;
  readonly maxBounds: LngLatBoundsLike;
  /** Where the camera was; null begins with the whole of `bounds`. */
  readonly camera: Camera | null;
  readonly loaded: () => void;
  readonly lost: () => void;
}

/** Room left free around an area that is flown to, CSS pixels. */
export const FIT_PADDING = 28;

/**
 * One maplibre map with deck.gl in its layer stack. It lives as long as its WebGL context: after a loss it is thrown away
 * and made anew, because deck.gl's layers do not come back (map-and-data.md §7).
 */
export class MapScene {
  readonly map: MapLibreMap;
  readonly #overlay = new MapLibreOverlay({ interleaved: true, layers: [] });
  #isLoaded = false;
  #isRemoved = false;

  /** @throws Error where no WebGL can be had */
  constructor(options: SceneOptions) {
    const { camera } = options;
    this.map = new MapLibreMap({
      container: options.container,
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
      ...(camera === null
        ? { bounds: options.bounds, fitBoundsOptions: { padding: FIT_PADDING } }
        : { center: camera.center, zoom: camera.zoom }),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.getCanvas().setAttribute('tabindex', '-1');
    this.map.getCanvas().addEventListener('webglcontextlost', () => {
      if (!this.#isRemoved) options.lost();
    });
    // Before `load` the overlay's layers would be drawn above everything (stack.md SR2).
    this.map.once('load', () => {
      this.map.addControl(this.#overlay);
      this.#isLoaded = true;
      options.loaded();
    });
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  setLayers(layers: Layer[]): void {
    this.#overlay.setProps({ layers });
  }

  setData(source: string, data: FeatureCollection): void {
    const found = this.map.getSource<GeoJSONSource>(source);
    if (found !== undefined) void found.setData(data);
  }

  camera(): Camera {
    const { lng, lat } = this.map.getCenter();
    return { center: [lng, lat], zoom: this.map.getZoom() };
  }

  /** Asks for a picture; resolves when it was sent to the graphics process. */
  rendered(): Promise<void> {
    return new Promise((resolve) => {
      this.map.once('render', () => resolve());
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
        if (gl.isContextLost() || gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) {
          gl.deleteSync(fence);
          resolve();
        } else requestAnimationFrame(look);
      };
      look();
    });
  }

  remove(): void {
    this.#isRemoved = true;
    this.map.remove();
  }
}

let largest: [number, number] | null = null;

/** By default maplibre cuts canvases at 4096 pixels and stretches them (desk-wall-briefing.md M5). */
function largestCanvas(): [number, number] {
  if (largest !== null) return largest;
  const gl = document.createElement('canvas').getContext('webgl2');
  const size = (gl?.getParameter(gl.MAX_TEXTURE_SIZE) as number | undefined) ?? 4_096;
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  largest = [size, size];
  return largest;
}
