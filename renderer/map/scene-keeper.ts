import type { Map as MapLibreMap } from 'maplibre-gl';
import { MapScene, type CameraPlace, type SceneOptions } from './map-scene.ts';

export interface SceneActs {
  options(place: CameraPlace | null): Omit<SceneOptions, 'place' | 'loaded' | 'lost'>;
  /** A new scene is there, not loaded yet: a person may move the camera and click before it is drawn. */
  made(scene: MapScene): void;
  loaded(scene: MapScene): void;
  /** Its graphics context went away; it is built anew after a moment. */
  lost(): void;
  /** No scene will come any more: there is no WebGL, or it was lost too often. */
  failed(): void;
}

const LOSSES_BEFORE_GIVING_UP = 3;
const REBUILD_AFTER_MS = 400;

/** The scene there is now. After a loss of the graphics context it is another one, with the camera where it was. */
export class SceneKeeper {
  readonly #acts: SceneActs;
  #scene: MapScene | null = null;
  #losses = 0;
  #isClosed = false;

  constructor(acts: SceneActs) {
    this.#acts = acts;
  }

  get scene(): MapScene | null {
    return this.#scene;
  }

  get map(): MapLibreMap | null {
    return this.#scene?.map ?? null;
  }

  /** Null until the scene can be painted on. */
  get loaded(): MapScene | null {
    return this.#scene?.isLoaded === true ? this.#scene : null;
  }

  build(place: CameraPlace | null = null): void {
    try {
      const scene: MapScene = new MapScene({
        ...this.#acts.options(place),
        place,
        loaded: () => {
          if (scene === this.#scene) this.#acts.loaded(scene);
        },
        lost: () => this.#lose(),
      });
      this.#scene = scene;
      this.#acts.made(scene);
    } catch {
      // No WebGL at all: the panel says so, list and actions go on.
      this.#acts.failed();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#drop();
  }

  #lose(): void {
    const place = this.#scene?.place() ?? null;
    this.#losses += 1;
    this.#acts.lost();
    if (this.#losses >= LOSSES_BEFORE_GIVING_UP) {
      this.#drop();
      this.#acts.failed();
      return;
    }
    setTimeout(() => {
      if (this.#isClosed) return;
      this.#drop();
      this.build(place);
    }, REBUILD_AFTER_MS);
  }

  #drop(): void {
    this.#scene?.remove();
    this.#scene = null;
  }
}
