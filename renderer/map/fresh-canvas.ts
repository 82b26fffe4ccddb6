import type { PointSizes } from './density.ts';
import { drawDot, drawMark } from './draw-symbol.ts';
import type { Look } from './case-board.ts';
import type { MapTheme } from './map-theme.ts';
import { OverlayTiles } from './overlay-tiles.ts';
import type { Project } from './overlay.ts';

interface FreshCase {
  readonly lon: number;
  readonly lat: number;
  readonly look: Look;
  /** Number of the painting that will have it. */
  readonly turn: number;
}

/**
 * What is drawn above the map: the cases that changed since the whole picture was last painted. Drawing a few
 * of them costs a fraction of a millisecond; the picture below may wait for its turn (`RepaintBudget`).
 */
export class FreshCanvas {
  readonly #tiles: OverlayTiles;
  readonly #cases = new Map<string, FreshCase>();
  #turn = 0;
  #hasInk = false;
  /** Cases that are not on the canvas yet, where everything else on it is right. */
  #added: FreshCase[] = [];
  #isWhole = true;

  constructor(container: HTMLElement) {
    this.#tiles = new OverlayTiles(container, 'fresh');
  }

  get size(): number {
    return this.#cases.size;
  }

  set(id: string, lon: number, lat: number, look: Look): void {
    const before = this.#cases.get(id);
    const fresh: FreshCase = { lon, lat, look, turn: this.#turn };
    this.#cases.set(id, fresh);
    // While a page is hidden nothing is drawn for hours: what is drawn whole later need not be noted one by one.
    if (this.#added.length > this.#cases.size) this.#isWhole = false;
    if (!this.#isWhole) this.#added = [];
    else if (before === undefined || before.look.level === null) this.#added.push(fresh);
    else this.#isWhole = false;
  }

  delete(id: string): void {
    if (this.#cases.delete(id)) this.#isWhole = false;
  }

  clear(): void {
    this.#cases.clear();
    this.#isWhole = false;
  }

  /** The whole picture is being painted with all that is known now. */
  beginPainting(): void {
    this.#turn += 1;
  }

  /** That picture is being presented: only what came later is still fresh. */
  endPainting(): void {
    for (const [id, { turn }] of this.#cases) if (turn < this.#turn) this.#cases.delete(id);
    this.#isWhole = false;
  }

  /** The camera or the size of the map changed. */
  move(): void {
    this.#isWhole = false;
  }

  draw(project: Project, theme: MapTheme, sizes: PointSizes): void {
    if (!this.#hasInk && this.#cases.size === 0) {
      this.#added = [];
      this.#isWhole = true;
      return;
    }
    if (this.#isWhole && this.#added.length === 0) return;
    const isAddition = this.#isWhole && this.#hasInk;
    if (!isAddition) this.#tiles.wipe();
    for (const { lon, lat, look } of isAddition ? this.#added : this.#cases.values()) {
      const { x, y } = project(lon, lat);
      this.#tiles.draw(x, y, (context) => {
        if (look.level === null) drawDot(context, x, y, look.shape, theme, sizes);
        else drawMark(context, x, y, look.level, theme);
      });
    }
    this.#added = [];
    this.#isWhole = true;
    this.#hasInk = this.#cases.size > 0;
  }

  remove(): void {
    this.#tiles.remove();
  }
}
