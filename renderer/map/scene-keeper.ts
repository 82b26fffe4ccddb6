import type { Map as MapLibreMap } from 'maplibre-gl';
import { failed, LostContexts, type AfterLoss } from './lost-contexts.ts';
import { MapScene, type CameraPlace, type SceneOptions } from './map-scene.ts';

export interface SceneActs {
  options(place: CameraPlace | null): Omit<SceneOptions, 'place' | 'loaded' | 'lost'>;
  /** A new scene is there, not loaded yet: a person may move the camera and click before it is drawn. */
  made(scene: MapScene): void;
  loaded(scene: MapScene): void;
  /** Its graphics context went away, or could not be had; it is built anew after a moment, or after a longer one if `failed`. */
  lost(status: AfterLoss['status']): void;
  /** The scene is gone: nobody waits for a picture that does not come. */
  dropped(): void;
}

/** The scene there is now. After a loss of the graphics context it is another one, with the camera where it was. */
export class SceneKeeper {
  readonly #acts: SceneActs;
  readonly #losses = new LostContexts();
  #scene: MapScene | null = null;
  #rebuilding: ReturnType<typeof setTimeout> | undefined;

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
        lost: () => this.#rebuild(this.#scene?.place() ?? null, this.#losses.note(performance.now())),
      });
      this.#scene = scene;
      this.#acts.made(scene);
    } catch {
      // No WebGL: the panel says so, list and actions go on.
      this.#rebuild(place, failed);
    }
  }

  close(): void {
    clearTimeout(this.#rebuilding);
    this.#drop();
  }

  #rebuild(place: CameraPlace | null, { status, waitMs }: AfterLoss): void {
    this.#acts.lost(status);
    if (status === 'failed') this.#drop();
    clearTimeout(this.#rebuilding);
    this.#rebuilding = setTimeout(() => {
      this.#drop();
      this.build(place);
    }, waitMs);
  }

  #drop(): void {
    this.#scene?.remove();
    this.#scene = null;
    this.#acts.dropped();
  }
}
