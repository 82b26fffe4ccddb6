import { mapPixelRatio } from './display-scale.ts';

/** CSS pixels. */
const SIDE = 128;
/** A symbol with its outline reaches this far from its centre, CSS pixels. */
const REACH = 12;

interface Tile {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly left: number;
  readonly top: number;
  hasInk: boolean;
}

/**
 * A transparent overlay of small canvases, each made when something is first drawn there, and each on a layer of its own.
 * The browser then paints only the tile that changed, and puts no empty pixels together: without a graphics card a new
 * point costs hardly more than an empty frame (measured at 640×900: 42 ms of computing against 38 ms).
 */
export class OverlayTiles {
  readonly #frame: HTMLElement;
  readonly #container: HTMLElement;
  readonly #tiles = new Map<string, Tile>();
  #ratio = 0;

  constructor(container: HTMLElement, name: string) {
    this.#container = container;
    this.#frame = container.ownerDocument.createElement('div');
    this.#frame.dataset['overlay'] = name;
    this.#frame.setAttribute('aria-hidden', 'true');
    Object.assign(this.#frame.style, { position: 'absolute', inset: '0', overflow: 'hidden', pointerEvents: 'none' });
    container.append(this.#frame);
  }

  /** Draws something round a point, in CSS pixels of the map, on every tile it touches. */
  draw(x: number, y: number, ink: (context: CanvasRenderingContext2D) => void): void {
    const { clientWidth, clientHeight } = this.#container;
    if (!(x > -REACH && y > -REACH && x < clientWidth + REACH && y < clientHeight + REACH)) return;
    for (let column = Math.floor((x - REACH) / SIDE); column * SIDE < x + REACH; column += 1) {
      for (let row = Math.floor((y - REACH) / SIDE); row * SIDE < y + REACH; row += 1) {
        const tile = this.#tileAt(column, row);
        if (tile === null) return;
        const { context, left, top } = tile;
        context.setTransform(this.#ratio, 0, 0, this.#ratio, -left * this.#ratio, -top * this.#ratio);
        ink(context);
        if (tile.hasInk) continue;
        tile.hasInk = true;
        tile.canvas.hidden = false;
      }
    }
  }

  wipe(): void {
    for (const tile of this.#tiles.values()) {
      if (!tile.hasInk) continue;
      tile.hasInk = false;
      tile.canvas.hidden = true;
      tile.context.setTransform(1, 0, 0, 1, 0, 0);
      tile.context.clearRect(0, 0, tile.canvas.width, tile.canvas.height);
    }
    if (this.#ratio !== mapPixelRatio()) this.#discard();
  }

  remove(): void {
    this.#frame.remove();
  }

  #discard(): void {
    for (const { canvas } of this.#tiles.values()) canvas.remove();
    this.#tiles.clear();
  }

  #tileAt(column: number, row: number): Tile | null {
    const key = `${column} ${row}`;
    const known = this.#tiles.get(key);
    if (known !== undefined) return known;
    this.#ratio = mapPixelRatio();
    const canvas = this.#frame.ownerDocument.createElement('canvas');
    const pixels = Math.ceil(SIDE * this.#ratio);
    canvas.width = pixels;
    canvas.height = pixels;
    const [left, top] = [column * SIDE, row * SIDE];
    Object.assign(canvas.style, {
      position: 'absolute',
      willChange: 'opacity',
      left: `${left}px`,
      top: `${top}px`,
      width: `${pixels / this.#ratio}px`,
      height: `${pixels / this.#ratio}px`,
    });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) return null;
    this.#frame.append(canvas);
    const tile: Tile = { canvas, context, left, top, hasInk: false };
    this.#tiles.set(key, tile);
    return tile;
  }
}
