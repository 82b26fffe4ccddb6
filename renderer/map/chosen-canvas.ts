import { onCurve, placeChain, type ChainStop, type PlacedHop, type PlacedStop } from './chain-line.ts';
import { labelBox, type Box } from './label-boxes.ts';
import type { MapTheme } from './map-theme.ts';
import { Overlay, type Pen, type Project } from './overlay.ts';

/** The selected case: where it is, [lon, lat] degrees, null when it has no place; and its chain. */
export interface Chosen {
  readonly position: readonly [number, number] | null;
  readonly chain: readonly ChainStop[];
}

const RING = 13;
const STOP = 3.5;
const LINE = 2;
const FONT_PIXELS = 12;
const LABEL_HEIGHT = 16;
/** Whoever has the case now is joined to it by dots when farther away than this, CSS pixels. */
const JOINED_FROM = 30;

/**
 * A transparent canvas above the map with the selection: a ring round the case, its chain as curves with numbered stops.
 * Not among maplibre's sources, whose change costs several whole pictures: walking through a list must not wait.
 */
export class ChosenCanvas {
  readonly #overlay: Overlay;
  readonly #font: string;
  #hasInk = false;

  constructor(container: HTMLElement, font: string) {
    this.#overlay = new Overlay(container, 'chosen');
    this.#font = font;
  }

  draw(project: Project, theme: MapTheme, chosen: Chosen): void {
    const isEmpty = chosen.position === null && chosen.chain.length === 0;
    if (isEmpty && !this.#hasInk) return;
    this.#hasInk = !isEmpty;
    if (isEmpty) this.#overlay.hide();
    else this.paint(this.#overlay.wipe(), project, theme, chosen);
  }

  paint(pen: Pen, project: Project, theme: MapTheme, { position, chain }: Chosen): void {
    const { hops, places } = placeChain(chain, project);
    const at = position === null ? null : project(position[0], position[1]);
    const { context } = pen;
    context.lineCap = 'round';
    const holder = places.find(({ isCurrent }) => isCurrent);
    if (at !== null && holder !== undefined && Math.hypot(at.x - holder.x, at.y - holder.y) > JOINED_FROM) {
      drawJoint(context, holder, at, theme);
    }
    for (const hop of hops) drawHop(context, hop, theme);
    for (const place of places) {
      // A stop at the case itself is told by the ring; its square would cover the case's symbol.
      if (at === null || Math.hypot(at.x - place.x, at.y - place.y) > RING) drawStop(context, place, theme);
    }
    if (at !== null) drawRing(context, at.x, at.y, theme);
    this.#drawNames(pen, places, at, theme);
  }

  remove(): void {
    this.#overlay.remove();
  }

  #drawNames(pen: Pen, places: readonly PlacedStop[], at: { x: number; y: number } | null, theme: MapTheme): void {
    const { context } = pen;
    const taken: Box[] = places.map(({ x, y }) => ({ x: x - STOP, y: y - STOP, width: 2 * STOP, height: 2 * STOP }));
    if (at !== null) taken.push({ x: at.x - RING, y: at.y - RING, width: 2 * RING, height: 2 * RING });
    for (const place of places) {
      context.font = `${place.isCurrent ? 700 : 500} ${FONT_PIXELS}px '${this.#font}'`;
      const size = { width: context.measureText(place.text).width, height: LABEL_HEIGHT };
      const box = labelBox(place, size, taken, pen);
      taken.push(box);
      context.textBaseline = 'middle';
      context.globalAlpha = 0.86;
      context.fillStyle = theme.ground;
      context.fillRect(box.x - 3, box.y - 1, box.width + 6, box.height + 2);
      context.globalAlpha = 1;
      context.fillStyle = theme.text;
      context.fillText(place.text, box.x, box.y + LABEL_HEIGHT / 2);
    }
  }
}

function drawHop(context: CanvasRenderingContext2D, hop: PlacedHop, theme: MapTheme): void {
  const { from, control, to } = hop;
  for (const [width, colour] of [
    [LINE + 2.5, theme.ground],
    [LINE, theme.data],
  ] as const) {
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.quadraticCurveTo(control.x, control.y, to.x, to.y);
    context.setLineDash(hop.isReturn && colour === theme.data ? [6, 5] : []);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.globalAlpha = colour === theme.data ? 1 : 0.55;
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  const middle = onCurve(hop, 0.56);
  const corner = (turn: number, length: number) =>
    [middle.x + Math.cos(middle.angle + turn) * length, middle.y + Math.sin(middle.angle + turn) * length] as const;
  context.beginPath();
  context.moveTo(...corner(0, 5.5));
  context.lineTo(...corner(2.5, 5.5));
  context.lineTo(...corner(-2.5, 5.5));
  context.closePath();
  context.fillStyle = theme.data;
  context.fill();
}

function drawStop(context: CanvasRenderingContext2D, { x, y, isCurrent }: PlacedStop, theme: MapTheme): void {
  const half = isCurrent ? STOP + 1 : STOP;
  context.fillStyle = theme.ground;
  context.fillRect(x - half - 2, y - half - 2, 2 * half + 4, 2 * half + 4);
  context.fillStyle = isCurrent ? theme.text : theme.data;
  context.fillRect(x - half, y - half, 2 * half, 2 * half);
  if (!isCurrent) return;
  context.fillStyle = theme.data;
  context.fillRect(x - half + 1.5, y - half + 1.5, 2 * half - 3, 2 * half - 3);
}

function drawJoint(
  context: CanvasRenderingContext2D,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  theme: MapTheme,
): void {
  const share = 1 - RING / Math.hypot(to.x - from.x, to.y - from.y);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
  context.setLineDash([1.5, 4]);
  context.lineWidth = 1.5;
  context.strokeStyle = theme.textQuiet;
  context.stroke();
  context.setLineDash([]);
}

function drawRing(context: CanvasRenderingContext2D, x: number, y: number, theme: MapTheme): void {
  for (const [width, colour] of [
    [5, theme.ground],
    [2, theme.text],
  ] as const) {
    context.beginPath();
    context.arc(x, y, RING, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}
