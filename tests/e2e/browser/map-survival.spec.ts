import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import type { MapLayers } from '#renderer/map/map-layers.ts';
import { canBeHidden } from '#tests/e2e/pages/hidden-tab.ts';
import { differingShare } from '#tests/e2e/pages/picture-diff.ts';
import { servePage, type ServedPage } from '#tests/visual/map/serve-page.ts';
import { openMap, settled } from '#tests/visual/map/shots.ts';

const size = { width: 420, height: 360 };
/** All that can be shown at once: filled areas, marks, arcs, names; hexagons and clusters take the place of others. */
const combinations: readonly Partial<MapLayers>[] = [
  { arcs: 'unit', level: 3 },
  { surface: 'hexagons', clusters: true },
  { points: 'stage', surface: 'none' },
];
/** Antialiasing of names that were laid out anew. */
const SAME = 0.002;

let served: ServedPage;

test.use({ viewport: size });
test.beforeEach(() => test.slow());
test.beforeAll(async () => {
  served = await servePage(resolve(import.meta.dirname, '../../..'));
});
test.afterAll(() => served.close());

test('a lost graphics context comes back with every layer, twice; after a third time the map waits and comes back', async ({
  page,
}) => {
  await page.clock.install();
  await open(page);
  const [first = {}, second = {}, third = {}] = combinations;
  for (const [at, layers] of [first, second].entries()) {
    const before = await picture(page, layers);
    await loseContext(page);
    await expect
      .poll(() => statuses(page))
      .toEqual([
        'loading',
        ...Array(at + 1)
          .fill(['ready', 'lost'])
          .flat(),
        'ready',
      ]);
    expect(differingShare(before, await picture(page)), JSON.stringify(layers)).toBeLessThan(SAME);
  }
  const before = await picture(page, third);
  await loseContext(page);
  await expect.poll(async () => (await statuses(page)).at(-1)).toBe('failed');
  await page.clock.runFor(60_000);
  await expect.poll(async () => (await statuses(page)).at(-1)).toBe('ready');
  expect(differingShare(before, await picture(page))).toBeLessThan(SAME);
});

test('hours in a hidden tab let nothing pile up, and the right picture is there at once', async ({ page }) => {
  await page.addInitScript(canBeHidden);
  await open(page);
  const before = await picture(page);
  // A batch that waits for its frame while the tab is hidden: the host would hear of it only after the return.
  const hidden = page.evaluate(async () => {
    const { map, rows } = window.mapPage ?? {};
    const row = rows?.values().next().value;
    const [lon, lat] = map?.positionAt(30, 30) ?? [];
    if (map === undefined || row === undefined || lon === undefined || lat === undefined) return 'no map';
    const drawn = map.applyCases([{ ...row, id: 'late', lon, lat, holderUnit: 'x', dueAt: null, returnCount: 0 }], []);
    window.showTab?.(false);
    await drawn;
    return 'acknowledged';
  });
  expect(await hidden).toBe('acknowledged');
  await change(page, 20);
  const soon = await page.evaluate(() => window.waitingFrames?.() ?? NaN);
  await change(page, 1_000);
  expect(await page.evaluate(() => window.waitingFrames?.() ?? NaN)).toBeLessThanOrEqual(soon);

  const framesUntilRight = await page.evaluate(async () => {
    const { map, rows } = window.mapPage ?? {};
    let frames = 0;
    const count = () => {
      frames += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    window.showTab?.(true);
    // More than the canvas above the map takes: resolved once the whole picture was presented with them.
    await map?.applyCases([...(rows?.values() ?? [])].slice(0, 401), []);
    return frames;
  });
  expect(framesUntilRight).toBeLessThanOrEqual(6);
  const after = await picture(page);
  expect(differingShare(before, after), 'what did not change looks as before').toBeLessThan(SAME);
  const { data, width } = PNG.sync.read(after);
  expect(data[(30 * width + 30) * 4], 'what came meanwhile is there').toBeGreaterThan(120);
});

test('a window that moves to a display of another scale is drawn in the fineness of that one', async ({ page }) => {
  await open(page);
  // Of a size of its own: whoever only watched that would see nothing.
  await page.evaluate((box) => {
    const map = document.getElementById('map');
    Object.assign(map?.style ?? {}, { inset: 'auto', width: `${box.width}px`, height: `${box.height}px` });
  }, size);
  const display = await displayOf(page);
  const moveTo = async (scale: number) => {
    await display.show({ width: size.width + scale * 2, height: size.height }, scale);
    await expect.poll(() => canvasWidth(page)).toBe(size.width * scale);
    await settled(page);
  };
  for (const scale of [2, 1.5]) {
    await moveTo(scale);
    const moved = await display.picture();
    await reopen(page);
    await settled(page);
    expect(differingShare(moved, await display.picture()), `${scale} × as opened there`).toBeLessThan(SAME);
  }
  // A picture that was saved leaves the map as free as before.
  await page.evaluate(async () => void (await window.mapPage?.map.picture(3)));
  await moveTo(1);
});

test('a map wider than the graphics card allows is drawn more coarsely, whole and in its place', async ({ page }) => {
  const limit = await page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    return Number(gl?.getParameter(gl.MAX_TEXTURE_SIZE));
  });
  const wide = { width: Math.ceil((limit / 4) * 1.1), height: 160 };
  const display = await displayOf(page);
  await display.show(wide, 4);
  await open(page);
  expect(await canvasWidth(page)).toBeLessThanOrEqual(limit);
  expect(await canvasWidth(page)).toBeGreaterThan(limit * 0.9);
  await page.evaluate(() => window.mapPage?.map.zoomBy(4));
  await settled(page);
  const coarse = PNG.sync.read(await display.picture());
  await display.show(wide, 1);
  await page.evaluate(() => window.mapPage?.ground.resize());
  await expect.poll(() => canvasWidth(page)).toBe(wide.width);
  await settled(page);
  const fine = PNG.sync.read(await display.picture());
  // Blocks of 8 by 8 CSS pixels: how light each is does not depend on the fineness, only on what is there.
  const [blocks, others] = [lightness(coarse, 32), lightness(fine, 8)];
  expect(blocks).toHaveLength(others.length);
  const far = blocks.filter((light, at) => Math.abs(light - (others[at] ?? 0)) > 24).length;
  // Borders are as thin as a pixel of the canvas. A map that is cut off or displaced differs in most blocks.
  expect(far / blocks.length).toBeLessThan(0.05);
  expect(Math.max(...others) - Math.min(...others), 'there is something to compare').toBeGreaterThan(60);
});

async function open(page: Page): Promise<void> {
  await openMap(page, served.url, { theme: 'dark', count: 600 });
}

/** What the map shows once nothing is left to paint, with other layers if they are given. */
async function picture(page: Page, layers: Partial<MapLayers> | null = null): Promise<Buffer> {
  if (layers !== null) await page.evaluate((to) => window.mapPage?.layers(to, '110113106'), layers);
  await settled(page);
  return page.screenshot();
}

async function reopen(page: Page): Promise<void> {
  await page.evaluate(async () => {
    if (window.mapPage !== undefined) await window.mapPage.reopen(window.mapPage.district);
  });
}

async function statuses(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => window.mapPage?.seen.statuses ?? []);
}

async function canvasWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelector<HTMLCanvasElement>('canvas.maplibregl-canvas')?.width ?? 0);
}

async function loseContext(page: Page): Promise<void> {
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.maplibregl-canvas');
    canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  });
}

/** Cases change so many times, in batches as the host sends them, in what is not drawn. */
async function change(page: Page, batches: number): Promise<void> {
  await page.evaluate(async (count) => {
    const { map, rows } = window.mapPage ?? {};
    const all = [...(rows?.values() ?? [])];
    for (let batch = 0; batch < count; batch += 1) {
      const from = (batch * 7) % 500;
      await map?.applyCases(
        all.slice(from, from + 50).map((row) => ({ ...row, description: `${batch}` })),
        [],
      );
      map?.refreshLevels();
    }
  }, batches);
}

/** The display a page is on. Playwright's own pictures would put it back. */
async function displayOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  return {
    show: async (box: typeof size, deviceScaleFactor: number) => {
      await session.send('Emulation.setDeviceMetricsOverride', { ...box, deviceScaleFactor, mobile: false });
    },
    picture: async () => Buffer.from((await session.send('Page.captureScreenshot')).data, 'base64'),
  };
}

/** Mean of the green channel of each square block, row by row. */
function lightness({ data, width, height }: PNG, block: number): readonly number[] {
  const [across, down] = [Math.floor(width / block), Math.floor(height / block)];
  return Array.from({ length: across * down }, (_, at) => {
    const [left, top] = [(at % across) * block, Math.floor(at / across) * block];
    let sum = 0;
    for (let y = top; y < top + block; y += 1) {
      for (let x = left; x < left + block; x += 1) sum += data[(y * width + x) * 4 + 1] ?? 0;
    }
    return sum / block ** 2;
  });
}
