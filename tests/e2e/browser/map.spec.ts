import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { required } from '#domain/base/assert-never.ts';
import { before, layerIds } from '#renderer/map/style.ts';
import { servePage, type ServedPage } from '#tests/visual/map/serve-page.ts';
import { browserFrames, frames, openMap, settled } from '#tests/visual/map/shots.ts';

let served: ServedPage;
const faults: string[] = [];

test.use({ viewport: { width: 740, height: 948 } });
test.beforeAll(async () => {
  served = await servePage(resolve(import.meta.dirname, '../../..'));
});
test.afterAll(() => served.close());
test.beforeEach(({ page }) => {
  faults.length = 0;
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
});
test.afterEach(() => expect(faults).toEqual([]));

test('layers stand in their order, and a quiet map paints nothing', async ({ page }) => {
  await open(page, 400);
  const order = await page.evaluate(() => window.mapPage?.map.layersOrder() ?? []);
  expect(order.filter((id) => !id.startsWith('deck'))).toEqual([...layerIds]);
  const deck = (id: string) => order.findIndex((one) => one.endsWith(`before:${id}`));
  for (const place of [before.net, before.cases]) expect(deck(place)).toBe(order.indexOf(place) - 1);

  await settled(page);
  const painted = await frames(page);
  await browserFrames(page, 180);
  expect(await frames(page)).toBe(painted);
});

test('a new case is on the screen in the next frame, without a whole picture', async ({ page }) => {
  await open(page, 400);
  await settled(page);
  const before = await frames(page);
  const at = await page.evaluate(async () => {
    const { map, rows } = window.mapPage ?? {};
    const plain = rows?.values().next().value;
    if (map === undefined || plain === undefined) return undefined;
    const [lon, lat] = map.positionAt(370, 60) ?? [0, 0];
    const applied = map.applyCases([{ ...plain, id: 'fresh', lon, lat, holderUnit: 'x', dueAt: null }], []);
    await applied;
    return map.pixelAt(lon, lat);
  });
  const [x, y] = required(at, 'the case has a place on the screen');
  expect(Math.round(x)).toBe(370);
  expect(Math.round(y)).toBe(60);
  expect((await frames(page)) - before).toBeLessThanOrEqual(1);
  const { data } = PNG.sync.read(await page.screenshot({ clip: { x: 369, y: 59, width: 2, height: 2 } }));
  expect(data[0], 'the middle of the dot is far lighter than the ground').toBeGreaterThan(120);
});

test('a click selects a case or drills into an area; hovering tells what is there', async ({ page }) => {
  await open(page, 400);
  const [x, y] = await page.evaluate(() => {
    const { map, rows } = window.mapPage ?? {};
    const marked = [...(rows?.values() ?? [])].find(({ returnCount }) => returnCount >= 2);
    return map?.pixelAt(marked?.lon ?? 0, marked?.lat ?? 0) ?? [0, 0];
  });
  await page.mouse.click(x, y);
  await expect.poll(() => lastEvent(page)).toMatch(/^case \d+$/);
  await page.mouse.move(5, 5);
  await expect.poll(() => lastEvent(page)).toBe('nothing');
  const [ground, code] = await page.evaluate(() => {
    const { map, district, rows } = window.mapPage ?? {};
    for (const area of district?.areas.filter(({ level }) => level === 2) ?? []) {
      const [left, top] = map?.pixelAt(...area.labelPoint) ?? [0, 0];
      const isFree = [...(rows?.values() ?? [])].every(({ lon, lat }) => {
        const [dotX, dotY] = map?.pixelAt(lon ?? 0, lat ?? 0) ?? [0, 0];
        return Math.hypot(dotX - left, dotY - top) > 14;
      });
      if (isFree) return [[left, top], area.code] as const;
    }
    return [[0, 0], ''] as const;
  });
  await page.mouse.move(ground[0], ground[1]);
  await expect.poll(() => lastEvent(page)).toBe('area');
  await page.mouse.click(ground[0], ground[1]);
  // Hovering goes on after the click, so the last event may be another.
  await expect.poll(() => page.evaluate(() => window.mapPage?.seen.events)).toContain(`area ${code}`);
});

test('people walk above the map: it is not painted again for them, and nothing is uploaded while they stand', async ({
  page,
}) => {
  await open(page, 400);
  await settled(page);
  const painted = await frames(page);
  await page.evaluate(() => window.mapPage?.forces(500));
  const figures = () => page.evaluate(() => window.mapPage?.map.forceFigures());
  await expect.poll(async () => (await figures())?.drawn).toBeGreaterThan(0);
  await browserFrames(page, 60);
  const first = required(await figures(), 'the map is there');
  expect(first.bytes).toBe(500 * 9);

  const found = await page.evaluate(async () => {
    const { map } = window.mapPage ?? {};
    const [x, y] = map?.pixelAt(116.7, 40.2) ?? [0, 0];
    const one = { count: 1, kinds: new Uint8Array(1), ages: new Uint8Array(1) };
    map?.setForces({ ...one, positions: new Float64Array([116.69, 40.2]) });
    map?.setForces({ ...one, positions: new Float64Array([116.7, 40.2]) });
    while (map?.forceAt(x, y) === undefined) await new Promise(requestAnimationFrame);
    return [Math.round(x), Math.round(y), map.forceAt(x, y), map.forceAt(x + 40, y)] as const;
  });
  expect(found.slice(2)).toEqual([0, undefined]);
  await browserFrames(page, 30);
  const { data } = PNG.sync.read(
    await page.screenshot({ clip: { x: found[0] - 1, y: found[1] - 1, width: 2, height: 2 } }),
  );
  expect([data[0], data[1], data[2]], 'the hue of chains and routes').toEqual([0x32, 0x81, 0x73]);

  const moved = required(await figures(), 'the map is there');
  await page.evaluate(() => {
    const one = { count: 1, kinds: new Uint8Array(1), ages: new Uint8Array(1) };
    window.mapPage?.map.setForces({ ...one, positions: new Float64Array([116.7, 40.2]) });
  });
  await browserFrames(page, 60);
  expect(await figures()).toEqual(moved);
  expect(await frames(page), 'whole pictures of the map').toBe(painted);
});

async function open(page: Page, count: number): Promise<void> {
  await openMap(page, served.url, { theme: 'dark', count });
}

async function lastEvent(page: Page): Promise<string | undefined> {
  return page.evaluate(() => window.mapPage?.seen.events.at(-1));
}
