import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { MapLayers } from '#renderer/map/map-layers.ts';
import { servePage, type ServedPage } from '#tests/visual/map/serve-page.ts';
import { openMap, settled } from '#tests/visual/map/shots.ts';

/** The level in view, and what is drilled into so that its areas can be told apart. */
const levels = { township: [2, null], village: [3, '110113106'], grid: [4, '110113106'] } as const;
const combinations: Readonly<Record<string, Partial<MapLayers>>> = {
  plain: {},
  hexagons: { surface: 'hexagons', points: 'none' },
  clusters: { clusters: true, breaks: 'natural' },
  stages: { surface: 'none', points: 'stage' },
  kinds: { figure: 'overdueShare', points: 'kind' },
  arcs: { arcs: 'unit', figure: 'perKm2', breaks: 'equal' },
};
const themes = ['dark', 'light'] as const;
/**
 * Measured: SwiftShader and llvmpipe differ by this distance of colour in 160 to 300 of the 128,000 pixels of a picture, a
 * picture without its fill, points, names or arcs in more than the number allowed.
 */
const tolerance = { threshold: 0.05, maxDiffPixels: 640 };

let served: ServedPage;
let page: Page;

test.beforeEach(() => test.setTimeout(180_000));
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  served = await servePage(resolve(import.meta.dirname, '../../..'));
  page = await browser.newPage({ viewport: { width: 400, height: 320 } });
  await openMap(page, served.url, { theme: 'dark', count: 700 });
});
test.afterAll(async () => {
  await page.close();
  await served.close();
});

for (const [level, [at, focus]] of Object.entries(levels)) {
  test(`${level}: every combination of layers in both themes looks as it was looked at`, async () => {
    await page.evaluate((code) => window.mapPage?.focus(code), focus);
    for (const [name, layers] of Object.entries(combinations)) {
      for (const theme of themes) {
        const picture = await pictureOf({ ...layers, level: at }, theme);
        expect.soft(picture).toMatchSnapshot(`${level}-${name}-${theme}.png`, tolerance);
      }
    }
  });
}

test('a wrong picture is told: another theme, a layer that is missing, names that are not there', async () => {
  await page.evaluate(() => window.mapPage?.focus(null));
  const wrong: readonly (readonly [string, () => Promise<Buffer>])[] = [
    ['township-plain-dark', () => pictureOf({ level: 2, points: 'none' }, 'dark')],
    ['township-clusters-light', () => pictureOf({ level: 2 }, 'light')],
    ['township-hexagons-dark', () => pictureOf({ level: 2, surface: 'none', points: 'none' }, 'dark')],
    [
      'township-plain-light',
      async () => {
        await page.evaluate(() => window.mapPage?.ground.setPaintProperty('labels', 'text-opacity', 0));
        const picture = await pictureOf({ level: 2 }, 'light');
        await page.evaluate(() => window.mapPage?.ground.setPaintProperty('labels', 'text-opacity', 1));
        return picture;
      },
    ],
  ];
  for (const [name, make] of wrong) expectWrong(name, await make());
  await page.evaluate(() => window.mapPage?.focus('110113106'));
  expectWrong('village-arcs-dark', await pictureOf({ level: 3, figure: 'perKm2', breaks: 'equal' }, 'dark'));
});

function expectWrong(name: string, picture: Buffer): void {
  expect(() => expect(picture).toMatchSnapshot(`${name}.png`, tolerance), name).toThrow('are different');
}

async function pictureOf(layers: Partial<MapLayers>, theme: (typeof themes)[number]): Promise<Buffer> {
  await page.evaluate(
    ([to, name]) => {
      window.mapPage?.theme(name);
      window.mapPage?.layers(to, '110113106');
    },
    [layers, theme] as const,
  );
  await settled(page);
  return page.screenshot();
}
