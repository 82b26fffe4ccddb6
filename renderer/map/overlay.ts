import type { Map as MapLibreMap } from 'maplibre-gl';
import { mapPixelRatio } from './display-scale.ts';

/** Degrees → CSS pixels of the map. */
export type Project = (lon: number, lat: number) => { readonly x: number; readonly y: number };

export function projectOf(map: MapLibreMap): Project {
  return (lon, lat) => map.project([lon, lat]);
}

export interface Pen {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/**
 * A transparent canvas over the whole map, out of the page while it is empty. Kept in memory, not on the graphics card:
 * there a small change would wait behind the map's own frame.
 */
export class Overlay {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #container: HTMLElement;

  constructor(container: HTMLElement, name: string) {
    this.#container = container;
    this.#canvas = container.ownerDocument.createElement('canvas');
    this.#canvas.hidden = true;
    this.#canvas.dataset['overlay'] = name;
    this.#canvas.setAttribute('aria-hidden', 'true');
    Object.assign(this.#canvas.style, { position: 'absolute', inset: '0', pointerEvents: 'none' });
    this.#context = this.#canvas.getContext('2d', { willReadFrequently: true });
    container.append(this.#canvas);
  }

  /** An empty canvas in the size of the container. @throws Error where there is no 2D drawing */
  wipe(): Pen {
    const { clientWidth, clientHeight } = this.#container;
    const ratio = mapPixelRatio();
    const [wide, high] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (this.#canvas.width !== wide || this.#canvas.height !== high) {
      this.#canvas.width = wide;
      this.#canvas.height = high;
      Object.assign(this.#canvas.style, { width: `${clientWidth}px`, height: `${clientHeight}px` });
    }
    const context = this.#context;
    if (context === null) throw new Error('this browser draws no 2D canvas');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, clientWidth, clientHeight);
    this.#canvas.hidden = false;
    return { context, width: clientWidth, height: clientHeight };
  }

  hide(): void {
    this.#canvas.hidden = true;
  }

  remove(): void {
    this.#canvas.remove();
  }
}
