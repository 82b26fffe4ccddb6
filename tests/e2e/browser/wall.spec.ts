import { expect, test, type Page } from '@playwright/test';
import type { WallScene } from '#domain/wall/scene.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import { leastSizes } from '#domain/wall/legibility.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { MadeUpWall, wallTime, wholeDistrict } from '../pages/made-up-wall.ts';
import { scanWall } from '../pages/wall-scan.ts';

const scenes: readonly WallScene[] = [
  { kind: 'watch' },
  { kind: 'night' },
  { kind: 'incident', caseId: null },
  { kind: 'review' },
  { kind: 'topic', classCode: null, area: '110113106' },
];
const MINUTE = 60_000;
/** Antialiasing of names differs between software renderers (map-golden.spec.ts); a panel that is missing is far more. */
const looked = { threshold: 0.05, maxDiffPixelRatio: 0.004, timeout: 120_000 };

let files: HostProcess;
let district: LoadedDistrict;

test.beforeEach(() => test.setTimeout(240_000));
test.beforeAll(async () => {
  test.setTimeout(120_000);
  files = await startHost({ args: ['--no-simulate'] });
  district = await wholeDistrict();
});
test.afterAll(async () => {
  await files.stop();
});

async function opened(page: Page, size: readonly [number, number], query = ''): Promise<MadeUpWall> {
  await page.setViewportSize({ width: size[0], height: size[1] });
  const wall = new MadeUpWall(page, district);
  await wall.open(files.address, query);
  await mapDrawn(page);
  return wall;
}

async function mapDrawn(page: Page): Promise<void> {
  await expect(page.locator('html[data-map=ready]')).toBeAttached({ timeout: 90_000 });
}

async function show(page: Page, wall: MadeUpWall, scene: WallScene): Promise<void> {
  wall.shown = { ...wall.shown, scene };
  wall.tell();
  await expect(page.locator(`[data-scene=${scene.kind}]`)).toBeVisible();
  await expect(page.getByText(/^正在读取|^Reading/)).toHaveCount(0);
}

// All lengths follow from one unit: a wall of twice the pixels is laid out alike (wall-fit.test.ts).
for (const [size, language] of [
  [[1_920, 1_080], ''],
  [[1_920, 1_080], '&lang=en'],
  [[1_080, 1_920], ''],
  [[2_560, 1_000], ''],
  [[5_760, 1_080], ''],
] as const) {
  test(`${size.join('×')}${language}: every scene fits, nothing is cut off, the map has the pixels of the display`, async ({
    page,
  }) => {
    const wall = await opened(page, size, language);
    for (const scene of scenes) {
      await show(page, wall, scene);
      const { cutOff, mapIsExact, text } = await scanWall(page);
      expect({ scene: scene.kind, cutOff }).toEqual({ scene: scene.kind, cutOff: [] });
      expect(mapIsExact).toBe(scene.kind === 'review' ? null : true);
      expect(text, 'no phone and no identity number').not.toMatch(/1[3-9]\d{9}|\d{17}[\dXx]/);
    }
  });
}

test('what the farthest seat could not read is not there: text grows, and simpler forms take the place of panels', async ({
  page,
}) => {
  const wall = await opened(page, [1_920, 1_080]);
  for (const seatM of [8, 10]) {
    wall.sight = { pitchMm: 1.25, seatM };
    for (const scene of scenes.filter(({ kind }) => kind !== 'topic' && kind !== 'night')) {
      await show(page, wall, scene);
      const least = leastSizes(1.25, seatM).han;
      await expect.poll(async () => (await scanWall(page)).smallest, `${seatM} m`).toBeGreaterThanOrEqual(least);
      expect((await scanWall(page)).cutOff).toEqual([]);
    }
  }
});

test('data that come late are hatched with the delay, then grey; a host that is not heard makes everything old, until it is back', async ({
  page,
}) => {
  const wall = await opened(page, [1_920, 1_080]);
  const states = () =>
    page
      .locator('[data-panel]')
      .evaluateAll((panels) => panels.map((panel) => (panel as HTMLElement).dataset['freshness']));
  expect(new Set(await states())).toEqual(new Set(['fresh']));
  wall.figures = { ...wall.figures, at: wallTime - 3 * MINUTE };
  wall.tell();
  await expect(page.getByText('延迟 3 分')).toBeVisible();
  wall.figures = { ...wall.figures, at: wallTime - 6 * MINUTE };
  wall.tell();
  await expect(page.getByText('截至 14:29')).toBeVisible();

  wall.fallSilent();
  const banner = page.getByRole('alert');
  await expect(banner).toContainText('画面已停止更新');
  await expect(banner).toContainText('截至 14:35');
  await expect.poll(async () => [...new Set(await states())]).toEqual(['old']);
  await expect(page.locator('[data-tick]')).toHaveCount(0);
  const standing = await page.locator('header').innerText();
  expect(standing).toContain('14:35:2');
});

test('a wall that is watched for two quiet seconds moves nothing but its tick, and has little colour', async ({
  page,
}) => {
  const wall = await opened(page, [1_920, 1_080]);
  wall.rows = [];
  expect(
    await page.evaluate(
      () => document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations === Infinity).length,
    ),
  ).toBe(0);
  await expect(page.locator('[data-tick]')).toBeVisible();
  expect(await saturatedShare(page)).toBeLessThan(0.02);
});

test('every scene looks as it was looked at', async ({ page }) => {
  const wall = await opened(page, [1_920, 1_080]);
  for (const scene of scenes) {
    await show(page, wall, scene);
    await expect.soft(page).toHaveScreenshot(`wall-${scene.kind}.png`, looked);
  }
});

for (const size of [
  [1_080, 1_920],
  [2_560, 1_000],
  [5_760, 1_080],
] as const) {
  test(`the daily watch at ${size.join('×')} looks as it was looked at`, async ({ page }) => {
    await opened(page, size);
    await expect(page).toHaveScreenshot(`wall-watch-${size.join('x')}.png`, looked);
  });
}

/** Share of the pixels whose channels lie far apart: a cheap measure above that of OKLCH C > 0.1 for the colours of this wall. */
async function saturatedShare(page: Page): Promise<number> {
  const { PNG } = await import('pngjs');
  const { data } = PNG.sync.read(await page.screenshot({ timeout: 120_000 }));
  let saturated = 0;
  for (let at = 0; at < data.length; at += 4) {
    const channels = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    if (Math.max(...channels) - Math.min(...channels) > 60) saturated += 1;
  }
  return saturated / (data.length / 4);
}
