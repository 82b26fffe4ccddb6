import { ChosenCanvas, type Chosen } from './chosen-canvas.ts';
import { ClusterCanvas } from './cluster-canvas.ts';
import type { Cluster } from './clusters.ts';
import type { PointSizes } from './density.ts';
import type { ForceTrack } from './forces/force-field.ts';
import type { ForceLayer } from './forces/force-layer.ts';
import { TrackCanvas } from './forces/track-canvas.ts';
import { FreshCanvas } from './fresh-canvas.ts';
import type { MapTheme } from './map-theme.ts';
import type { Pen, Project } from './overlay.ts';
import { PlaceCanvas, type MapPlace } from './place-canvas.ts';
import { SketchCanvas, type Sketch } from './sketch-canvas.ts';

/**
 * The canvases above the picture, bottom to top: people and vehicles, clusters, changed cases, a place of a district file,
 * a track, the selection, what a person draws.
 */
export class MapOverlays {
  readonly fresh: FreshCanvas;
  chosen: Chosen = { position: null, chain: [] };
  sketches: readonly Sketch[] = [];
  place: MapPlace | null = null;
  track: ForceTrack | null = null;
  readonly #forces: ForceLayer;
  readonly #track: TrackCanvas;
  readonly #clusters: ClusterCanvas;
  readonly #place: PlaceCanvas;
  readonly #chosen: ChosenCanvas;
  readonly #sketches: SketchCanvas;

  /** @param forces whose canvas is in `container` already, below all others */
  constructor(container: HTMLElement, font: string, forces: ForceLayer) {
    this.#forces = forces;
    this.#clusters = new ClusterCanvas(container, font);
    this.fresh = new FreshCanvas(container);
    this.#place = new PlaceCanvas(container);
    this.#track = new TrackCanvas(container);
    this.#chosen = new ChosenCanvas(container, font);
    this.#sketches = new SketchCanvas(container, font);
  }

  draw(project: Project, theme: MapTheme, sight: OverlaySight): void {
    this.#forces.draw(project, theme);
    this.#clusters.draw(project, theme, sight.clusters);
    this.fresh.draw(project, theme, sight.sizes);
    this.#place.draw(project, theme, this.place);
    this.#track.draw(project, theme, this.track);
    this.#chosen.draw(project, theme, this.#shown(sight));
    this.#sketches.draw(project, theme, this.sketches);
  }

  /** The same on another canvas; changed cases are in the picture by then. */
  paint(pen: Pen, project: Project, theme: MapTheme, sight: OverlaySight): void {
    this.#forces.paint(pen, project, theme);
    this.#clusters.paint(pen, project, theme, sight.clusters);
    this.#track.paint(pen, project, theme, this.track);
    this.#chosen.paint(pen, project, theme, this.#shown(sight));
    this.#sketches.paint(pen, project, theme, this.sketches);
  }

  remove(): void {
    this.#forces.remove();
    this.#clusters.remove();
    this.fresh.remove();
    this.#place.remove();
    this.#track.remove();
    this.#chosen.remove();
    this.#sketches.remove();
  }

  #shown({ hasChain }: OverlaySight): Chosen {
    return hasChain ? this.chosen : { ...this.chosen, chain: [] };
  }
}

export interface OverlaySight {
  readonly clusters: readonly Cluster[];
  readonly sizes: PointSizes;
  readonly hasChain: boolean;
}
