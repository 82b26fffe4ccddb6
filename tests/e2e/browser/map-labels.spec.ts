import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import {
  charactersWithoutGlyph,
  missingGlyphs,
  overlaps,
  paintNamesAlone,
  readNames,
} from '#tests/e2e/pages/label-reading.ts';
import { servePage, type ServedPage } from '#tests/visual/map/serve-page.ts';
import { openMap, settled } from '#tests/visual/map/shots.ts';

let served: ServedPage;
let page: Page;

test.beforeEach(() => test.setTimeout(180_000));
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  served = await servePage(resolve(import.meta.dirname, '../../..'));
  page = await browser.newPage({ viewport: { width: 740, height: 700 }, deviceScaleFactor: 2 });
  await openMap(page, served.url, { theme: 'dark', count: 400 });
  await paintNamesAlone(page);
});
test.afterAll(async () => {
  await page.close();
  await served.close();
});

test('every character of every name has a glyph', async () => {
  const names = await page.evaluate(() => (window.mapPage?.district.areas ?? []).map(({ name }) => name));
  expect(names.length).toBeGreaterThan(2_600);
  expect(await charactersWithoutGlyph(page, names.join(''))).toEqual([]);
  expect(await charactersWithoutGlyph(page, '镇\u{10fffd}'), 'one that no font has is told').toEqual(['\u{10fffd}']);
});

test('townships: no name lies over another, each is drawn with all its characters, none is missing', async () => {
  const seen = new Set<string>();
  await look(null, null);
  await readInto(seen);
  // Narrow ones have their names when one comes near, while the map stays at their level.
  await page.evaluate(() => window.mapPage?.layers({ surface: 'none', points: 'none', level: 2 }));
  for (const zoom of [10.6, 12]) {
    for (const [lon, lat] of await placesOf(await missing(seen, 2, null), 2)) {
      await look(null, zoom, [lon, lat]);
      await readInto(seen, 0);
    }
  }
  await page.evaluate(() => window.mapPage?.layers({ surface: 'none', points: 'none' }));
  expect(await missing(seen, 2, null)).toEqual([]);
});

test('villages and grids of a township: no overlap, no glyph missing, none without its name when one comes near', async () => {
  const township = '110113106';
  const seen = new Set<string>();
  await look(township, null);
  await readInto(seen);
  for (const zoom of [12.2, 13.2]) {
    for (const [lon, lat] of await placesOf(await missing(seen, 3, township), 3)) {
      await look(township, zoom, [lon, lat]);
      await readInto(seen);
    }
  }
  expect(await missing(seen, 3, township)).toEqual([]);
});

test('a reading that finds another character than the name has says so', async () => {
  await look(null, null);
  const names = await readNames(page);
  expect(missingGlyphs(names)).toEqual([]);
  const wrong = missingGlyphs(await readNames(page, { 镇: '街' }));
  expect(wrong.length).toBeGreaterThan(10);
  const [first] = names;
  if (first === undefined) throw new Error('no name is there');
  expect(overlaps([first, { ...first, left: first.left + first.width / 2 }])).toHaveLength(1);
});

test('nothing turns or tilts the map, so names are always level', async () => {
  await look(null, null);
  const bearing = () => page.evaluate(() => [window.mapPage?.ground.getBearing(), window.mapPage?.ground.getPitch()]);
  for (const button of ['right', 'middle'] as const) {
    await page.mouse.move(300, 300);
    await page.mouse.down({ button });
    await page.mouse.move(480, 380, { steps: 4 });
    await page.mouse.up({ button });
    expect(await bearing()).toEqual([0, 0]);
  }
  for (const key of ['Control', 'Shift']) {
    await page.keyboard.down(key);
    await page.mouse.move(300, 300);
    await page.mouse.down();
    await page.mouse.move(480, 380, { steps: 4 });
    await page.mouse.up();
    for (const arrow of ['ArrowLeft', 'ArrowUp']) await page.keyboard.press(arrow);
    await page.keyboard.up(key);
    expect(await bearing()).toEqual([0, 0]);
  }
});

/** Names on the map now are right; those that are whole in the picture are added to `seen`. */
async function readInto(seen: Set<string>, atLeast = 2): Promise<void> {
  const names = await readNames(page);
  expect(names.length).toBeGreaterThan(atLeast);
  expect(overlaps(names)).toEqual([]);
  expect(missingGlyphs(names)).toEqual([]);
  for (const { text, isWhole } of names) if (isWhole) seen.add(text.split(' ')[0] ?? '');
}

/** Names of a level inside an area that were not seen. */
async function missing(seen: ReadonlySet<string>, level: number, within: string | null): Promise<readonly string[]> {
  const names = await page.evaluate(
    ([at, area]) =>
      (window.mapPage?.district.areas ?? [])
        .filter((one) => one.level === at && (area === null || one.parent === area))
        .map(({ name }) => name),
    [level, within] as const,
  );
  expect(names.length).toBeGreaterThan(10);
  return names.filter((name) => !seen.has(name));
}

async function placesOf(names: readonly string[], level: number): Promise<readonly (readonly [number, number])[]> {
  return page.evaluate(
    ([wanted, at]) =>
      (window.mapPage?.district.areas ?? [])
        .filter((area) => area.level === at && wanted.includes(area.name))
        .map(({ labelPoint: [lon, lat] }) => [lon, lat] as const),
    [names, level] as const,
  );
}

/** Drills into an area, or out, and looks nearer at a place of it; null is all of it. */
async function look(focus: string | null, zoom: number | null, center?: readonly [number, number]): Promise<void> {
  await page.evaluate(
    ([code, near, at]) => {
      window.mapPage?.focus(code);
      if (near !== null)
        window.mapPage?.ground.jumpTo({ zoom: near, ...(at === undefined ? {} : { center: [...at] }) });
      else if (code === null)
        window.mapPage?.ground.fitBounds(
          [
            [116.47, 40.0],
            [116.99, 40.31],
          ],
          { duration: 0 },
        );
    },
    [focus, zoom, center] as const,
  );
  await settled(page);
}
