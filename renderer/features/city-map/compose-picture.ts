import { drawDot, drawMark } from '#renderer/map/draw-symbol.ts';
import { drawForce } from '#renderer/map/forces/draw-force.ts';
import { pointSizes } from '#renderer/map/density.ts';
import type { MapTheme } from '#renderer/map/map-theme.ts';
import { shapes } from '#renderer/map/symbols.ts';
import type { LegendSection, Swatch } from './legend-sections.ts';

/** What stands round the map in a picture of it. */
export interface PictureFrame {
  readonly title: string;
  readonly sections: readonly LegendSection[];
  readonly scale: { readonly text: string; readonly widthPixels: number } | null;
  /** How many cases, which filter, time of data. */
  readonly facts: readonly string[];
  /** Of base maps: name, approval number, owner, day. */
  readonly credits: readonly string[];
  /** 审图号, or 示意图. */
  readonly approval: string;
}

const FONT_PIXELS = 12;
const LINE = 19;
const EDGE = 8;
const PAD = 8;
const SWATCH = 16;
const LEGEND_WIDTH = 190;

/**
 * Writes title, legend, scale, time and approval into the picture, in the places where the screen has them: whoever is
 * given the picture alone knows what it shows. `ratio` is pixels of the picture for each CSS pixel.
 */
export function composePicture(
  canvas: HTMLCanvasElement,
  ratio: number,
  theme: MapTheme,
  font: string,
  { title, sections, scale, facts, credits, approval }: PictureFrame,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const [width, height] = [canvas.width / ratio, canvas.height / ratio];
  context.textBaseline = 'middle';
  const type = (weight: number) => (context.font = `${weight} ${FONT_PIXELS}px '${font}'`);
  const box = (x: number, y: number, wide: number, high: number) => {
    context.fillStyle = theme.fills[0];
    context.fillRect(x, y, wide, high);
    context.lineWidth = 1;
    context.strokeStyle = theme.control;
    context.strokeRect(x + 0.5, y + 0.5, wide - 1, high - 1);
  };
  const write = (text: string, x: number, y: number, colour: string, most = Infinity) => {
    context.fillStyle = colour;
    context.fillText(fitted(context, text, most), x, y);
  };

  type(700);
  const titleWidth = context.measureText(title).width;
  box(EDGE, EDGE, titleWidth + 2 * PAD, 28);
  write(title, EDGE + PAD, EDGE + 14.5, theme.text);

  const lines = sections.reduce((sum, { title: head, rows }) => sum + rows.length + (head === null ? 0 : 1), 0);
  if (lines > 0) {
    const left = width - EDGE - LEGEND_WIDTH;
    box(left, EDGE, LEGEND_WIDTH, lines * LINE + sections.length * PAD);
    let y = EDGE + PAD / 2;
    for (const { title: head, rows } of sections) {
      if (head !== null) {
        type(500);
        write(head, left + PAD, y + LINE / 2, theme.text, LEGEND_WIDTH - 2 * PAD);
        y += LINE;
      }
      for (const { swatch, text, value } of rows) {
        const middle = y + LINE / 2;
        if (swatch !== null) drawSwatch(context, swatch, left + PAD + SWATCH / 2, middle, theme);
        type(500);
        const valueWidth = value === null ? 0 : context.measureText(value).width;
        if (value !== null) write(value, left + LEGEND_WIDTH - PAD - valueWidth, middle, theme.text);
        type(400);
        const start = swatch === null ? PAD : PAD + SWATCH + 6;
        write(text, left + start, middle, theme.textQuiet, LEGEND_WIDTH - start - PAD - valueWidth - 6);
        y += LINE;
      }
      y += PAD;
    }
  }

  type(400);
  const bottom = height - EDGE - 28;
  const factText = facts.join('　');
  const scaleWidth = scale === null ? 0 : scale.widthPixels + 8 + context.measureText(scale.text).width + 12;
  box(EDGE, bottom, scaleWidth + context.measureText(factText).width + 2 * PAD, 28);
  if (scale !== null) {
    const x = EDGE + PAD;
    context.beginPath();
    context.moveTo(x + 0.5, bottom + 10);
    context.lineTo(x + 0.5, bottom + 17.5);
    context.lineTo(x + scale.widthPixels + 0.5, bottom + 17.5);
    context.lineTo(x + scale.widthPixels + 0.5, bottom + 10);
    context.lineWidth = 1.2;
    context.strokeStyle = theme.textQuiet;
    context.stroke();
    write(scale.text, x + scale.widthPixels + 8, bottom + 14.5, theme.text);
  }
  write(factText, EDGE + PAD + scaleWidth, bottom + 14.5, theme.text);
  const approvalWidth = context.measureText(approval).width;
  box(width - EDGE - approvalWidth - 2 * PAD, bottom, approvalWidth + 2 * PAD, 28);
  write(approval, width - EDGE - PAD - approvalWidth, bottom + 14.5, theme.text);
  for (const [index, credit] of credits.entries()) {
    const top = bottom - 32 * (index + 1);
    const wide = Math.min(context.measureText(credit).width, width - 2 * (EDGE + PAD));
    box(width - EDGE - wide - 2 * PAD, top, wide + 2 * PAD, 28);
    write(credit, width - EDGE - PAD - wide, top + 14.5, theme.text, wide);
  }
}

function drawSwatch(context: CanvasRenderingContext2D, swatch: Swatch, x: number, y: number, theme: MapTheme): void {
  switch (swatch.kind) {
    case 'mark':
      return drawMark(context, x, y, swatch.level, theme);
    case 'shape':
      return drawDot(context, x, y, swatch.shape, theme, { ...pointSizes(0), dotRadius: 3 });
    case 'alarm':
      // Pennants are on the screen alone.
      return;
    case 'component':
      return drawDot(context, x, y, shapes.groupFrame, { ...theme, dot: theme.control }, pointSizes(0));
    case 'force':
      return drawForce(context, x, y, { kind: swatch.force, age: swatch.age, radius: 4.5 }, theme);
    case 'fill':
      context.fillStyle = swatch.colour;
      context.fillRect(x - 8, y - 5, 16, 10);
      context.lineWidth = 1;
      context.strokeStyle = theme.control;
      context.strokeRect(x - 8.5, y - 5.5, 17, 11);
      return;
    case 'line':
    case 'arc':
      context.beginPath();
      context.moveTo(x - 7, y + (swatch.kind === 'arc' ? 5 : 0));
      context.quadraticCurveTo(x - 1, swatch.kind === 'arc' ? y - 9 : y, x + 7, y + (swatch.kind === 'arc' ? 3 : 0));
      context.lineWidth = 2;
      context.strokeStyle = theme.data;
      context.stroke();
      return;
    case 'cluster':
      context.beginPath();
      context.arc(x, y, 7, 0, 2 * Math.PI);
      context.lineWidth = 1.5;
      context.strokeStyle = theme.textQuiet;
      context.stroke();
  }
}

/** Cut with … where it is wider than `most`. */
function fitted(context: CanvasRenderingContext2D, text: string, most: number): string {
  if (context.measureText(text).width <= most) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > most) length -= 1;
  return `${text.slice(0, length)}…`;
}
