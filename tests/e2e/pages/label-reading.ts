import type { Page } from '@playwright/test';
import type {} from '#tests/visual/map/page.ts';

/** A name that stands on the map now. Boxes in CSS pixels: of the whole, and of each of its characters. */
export interface PlacedName {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Share of the ink that each character should have and has at its place, 0 … 1; 1 beyond the edge of the map. */
  readonly drawn: readonly number[];
  /** Whether it lies inside the map with all its characters. */
  readonly isWhole: boolean;
}

/** Names alone are painted, in red; small ones and those of neighbours in red as well. */
export async function paintNamesAlone(page: Page): Promise<void> {
  await page.evaluate(() => {
    const none = '#000000';
    window.mapPage?.paint({
      ...{ ground: none, text: '#ff0000', textQuiet: none, textFaint: '#ff0000', control: none, data: none, dot: none },
      ...{ borders: { fine: none, unit: none, outline: none }, context: { colour: none, opacity: 0 }, levelInk: none },
      ...{ levels: { 1: none, 2: none, 3: none, 4: none }, fills: [none, none, none, none] },
    });
    const { ground } = window.mapPage ?? {};
    for (const id of ['airport-outline', 'runways']) ground?.setPaintProperty(id, 'line-opacity', 0);
    ground?.setPaintProperty('context-names', 'text-opacity', 0);
    window.mapPage?.layers({ surface: 'none', points: 'none' });
  });
}

/**
 * Reads the names off the picture: where the map says that they stand, and whether each character is really there, by
 * comparing its place with the same character drawn by the browser. `instead` of one character looks for another: a reading
 * that did not notice would see nothing.
 */
export async function readNames(
  page: Page,
  instead: Readonly<Record<string, string>> = {},
): Promise<readonly PlacedName[]> {
  return page.evaluate(async (swapped) => {
    const { ground } = window.mapPage ?? {};
    if (ground === undefined) throw new Error('the page has no map');
    const canvas = ground.getCanvas();
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const pen = copy.getContext('2d', { willReadFrequently: true });
    await new Promise<void>((copied) => {
      ground.once('render', () => {
        pen?.drawImage(canvas, 0, 0);
        copied();
      });
      ground.triggerRepaint();
    });
    const ratio = canvas.width / canvas.clientWidth;
    const seen = new Set<string>();
    const names: PlacedName[] = [];
    for (const { properties, geometry } of ground.queryRenderedFeatures({ layers: ['labels'] })) {
      const { name, count, rank } = properties as { name: string; count: string; rank: string };
      const [lon = 0, lat = 0] = (geometry as unknown as { coordinates: number[] }).coordinates;
      const { x, y } = ground.project([lon, lat]);
      const key = `${name} ${Math.round(x)} ${Math.round(y)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const text = Array.from(`${name}${count}`)
        .map((one) => swapped[one] ?? one)
        .join('');
      const size = rank === 'grid' ? 11 : 12.5;
      const [padWide, high] = [Math.ceil(text.length * size * ratio) + 16, Math.ceil(size * ratio * 1.6)];
      const ideal = new OffscreenCanvas(padWide, high);
      const ink = ideal.getContext('2d', { willReadFrequently: true });
      if (ink === null || pen === null) throw new Error('this browser draws no 2D canvas');
      ink.font = `${size * ratio}px 'Noto Sans SC'`;
      ink.textBaseline = 'middle';
      ink.fillStyle = '#ff0000';
      const width = ink.measureText(text).width;
      ink.fillText(text, 0, high / 2);
      const should = ink.getImageData(0, 0, padWide, high).data;
      const [left, top] = [Math.round(x * ratio - width / 2), Math.round(y * ratio - high / 2)];
      const slack = Math.ceil(ratio * 2);
      const found = pen.getImageData(left - slack, top - slack, padWide + 2 * slack, high + 2 * slack);
      const share = (from: number, to: number, dx: number, dy: number) => {
        let [wanted, there] = [0, 0];
        for (let row = 0; row < high; row += 1) {
          for (let column = Math.floor(from); column < Math.ceil(to); column += 1) {
            const want = should[(row * padWide + column) * 4 + 3] ?? 0;
            if (want < 128) continue;
            wanted += 1;
            const at = ((row + slack + dy) * found.width + column + slack + dx) * 4;
            if ((found.data[at] ?? 0) > 90) there += 1;
          }
        }
        return wanted === 0 ? 1 : there / wanted;
      };
      // Where a glyph ends up between two pixels is the map's own matter, and spacing adds up along a name.
      const isOutside = (from: number, to: number) =>
        left + from < slack || left + to > copy.width - slack || top < slack || top + high > copy.height - slack;
      const drawn = Array.from(text).map((_, at) => {
        const from = ink.measureText(Array.from(text).slice(0, at).join('')).width;
        const to = ink.measureText(
          Array.from(text)
            .slice(0, at + 1)
            .join(''),
        ).width;
        if (isOutside(from, to)) return 1;
        let best = 0;
        for (let dy = -slack; dy <= slack; dy += 1) {
          for (let dx = -slack; dx <= slack; dx += 1) best = Math.max(best, share(from, to, dx, dy));
        }
        return best;
      });
      const box = { left: x - width / ratio / 2, top: y - size / 2, width: width / ratio, height: size };
      names.push({ text, ...box, drawn, isWhole: !isOutside(0, width) });
    }
    return names;
  }, instead);
}

/** Characters of which too little is there, each with its name. */
export function missingGlyphs(names: readonly PlacedName[]): readonly string[] {
  return names.flatMap(({ text, drawn }) =>
    Array.from(text).flatMap((glyph, at) => ((drawn[at] ?? 0) >= ENOUGH_INK ? [] : [`${glyph} in ${text}`])),
  );
}

/** Thin strokes between two pixels are paler; another character has about half of it. */
const ENOUGH_INK = 0.7;

/** Characters that the browser draws as it draws one that no font has. */
export async function charactersWithoutGlyph(page: Page, text: string): Promise<readonly string[]> {
  return page.evaluate((all) => {
    const pen = new OffscreenCanvas(40, 40).getContext('2d', { willReadFrequently: true });
    const drawn = (character: string) => {
      if (pen === null) throw new Error('this browser draws no 2D canvas');
      pen.clearRect(0, 0, 40, 40);
      pen.font = "28px 'Noto Sans SC'";
      pen.fillText(character, 4, 32);
      return pen.getImageData(0, 0, 40, 40).data.join(' ');
    };
    const nothing = new Set([drawn(' '), drawn('\u{10fffd}'), drawn('\u{e0fff}')]);
    return [...new Set(all)].filter((character) => nothing.has(drawn(character)));
  }, text);
}

/** Pairs of names whose boxes lie over each other. */
export function overlaps(names: readonly PlacedName[]): readonly string[] {
  return names.flatMap((a, at) =>
    names
      .slice(at + 1)
      .filter((b) => a.left < b.left + b.width && b.left < a.left + a.width)
      .filter((b) => a.top < b.top + b.height && b.top < a.top + a.height)
      .map((b) => `${a.text} / ${b.text}`),
  );
}
