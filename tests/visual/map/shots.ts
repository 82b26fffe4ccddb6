import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { MapLayers } from '#renderer/map/map-layers.ts';
import { servePage } from './serve-page.ts';
import type {} from './page.ts';

const flags = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/**
 * Pictures of the map for the eye, and its times; into the folder given, `/tmp/map-shots` else. Names pick some:
 * `node tests/tools/run-ts.mjs tests/visual/map/shots.ts FOLDER desk-dark`.
 *
 * @public
 */
export async function main([folder = '/tmp/map-shots', ...names]: readonly string[]): Promise<number> {
  await mkdir(folder, { recursive: true });
  const served = await servePage(resolve('.'));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: flags,
    ignoreDefaultArgs: ['--disable-gpu', '--enable-unsafe-swiftshader'],
  });
  try {
    for (const shot of shots.filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)))) {
      const page = await browser.newPage({ viewport: shot.size });
      page.on('pageerror', (error) => process.stdout.write(`${shot.name}: ${error.message}\n`));
      page.on('console', (message) => {
        if (message.type() === 'error') process.stdout.write(`${shot.name}: ${message.text()}\n`);
      });
      await openMap(page, served.url, shot);
      const said = await shot.act?.(page);
      if (typeof said === 'string') process.stdout.write(`${shot.name}: ${said}\n`);
      await settled(page);
      await page.screenshot({ path: join(folder, `${shot.name}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
    await served.close();
  }
  return 0;
}

/** Opens the map's page with that many cases; resolves when they are drawn. */
export async function openMap(page: Page, url: string, { theme, count }: Pick<Shot, 'theme' | 'count'>): Promise<void> {
  await page.goto(`${url}?theme=${theme}`);
  await page.waitForFunction(() => window.mapPage !== undefined);
  await page.waitForFunction(() => window.mapPage?.seen.statuses.at(-1) === 'ready');
  await page.evaluate((cases) => window.mapPage?.load(cases), count);
}

/** Whole pictures painted, frames of camera and labels included. */
export async function frames(page: Page): Promise<number> {
  return page.evaluate(() => window.mapPage?.map.pictures().frames ?? 0);
}

/** Waits until the browser has shown so many frames, whatever the map does in them. */
export async function browserFrames(page: Page, count: number): Promise<void> {
  await page.evaluate(async (frameCount) => {
    for (let seen = 0; seen < frameCount; seen += 1) await new Promise(requestAnimationFrame);
  }, count);
}

/** Names are laid out in the background, for as long as a busy machine takes; then nothing is left to paint. */
export async function settled(page: Page): Promise<void> {
  let [last, still] = [-1, 0];
  while (still < 3) {
    const now = await frames(page);
    still = now === last ? still + 1 : 0;
    last = now;
    await browserFrames(page, 24);
  }
  await page.evaluate(() => window.mapPage?.map.settled());
}

interface Shot {
  readonly name: string;
  readonly theme: 'dark' | 'light';
  readonly count: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly act?: (page: Page) => Promise<unknown>;
}

const wide = { width: 1920, height: 1080 };
const desk = { width: 740, height: 948 };

const focus = (code: string) => (page: Page) => page.evaluate((area) => window.mapPage?.focus(area), code);

const choose = (page: Page) =>
  page.evaluate(() => {
    const { rows, select } = window.mapPage ?? {};
    const found = [...(rows?.values() ?? [])].filter(({ gridCode }) => gridCode?.startsWith('110113106'));
    const row = found.find(({ dueAt }) => (dueAt ?? Infinity) < Date.UTC(2026, 10, 24, 7)) ?? found[0];
    if (row !== undefined) select?.(row.id);
  });

const both = async (page: Page) => {
  await focus('110113106')(page);
  await choose(page);
};

const measure = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const before = window.mapPage?.map.pictures();
    const times = (await window.mapPage?.stream(50, 30)) ?? [];
    const after = window.mapPage?.map.pictures();
    const pictures = (after?.count ?? 0) - (before?.count ?? 0);
    const frames = (after?.frames ?? 0) - (before?.frames ?? 0);
    const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0);
    return `n ${times.length} median ${at(0.5)} p90 ${at(0.9)} p95 ${at(0.95)} p99 ${at(0.99)} max ${at(1)} ms; ${pictures} pictures in ${frames} frames, the last ${Math.round(after?.lastMs ?? 0)} ms`;
  });

const layers =
  (change: Partial<MapLayers>, unit?: string) =>
  (page: Page): Promise<unknown> =>
    page.evaluate(([to, of]) => window.mapPage?.layers(to, of), [change, unit] as const);

const forces =
  (count: number) =>
  (page: Page): Promise<unknown> =>
    page.evaluate((people) => window.mapPage?.forces(people), count);

const components =
  (count: number, zoomSteps: number) =>
  (page: Page): Promise<unknown> =>
    page.evaluate(
      async ([total, steps]) => {
        const { map, components: show, rows, seen } = window.mapPage ?? {};
        await show?.(total);
        const state = () => seen?.legend?.components?.state ?? 'indexing';
        while (state() === 'indexing') await new Promise(requestAnimationFrame);
        const row = [...(rows?.values() ?? [])].find(({ gridCode }) => gridCode?.startsWith('110113001'));
        if (row !== undefined && steps > 0) map?.flyToCase(row);
        if (steps > 0) map?.zoomBy(steps);
        return JSON.stringify(seen?.legend?.components);
      },
      [count, zoomSteps] as const,
    );

const shots: readonly Shot[] = [
  { name: 'heat-dark-10k', theme: 'dark', count: 10_000, size: desk, act: layers({ surface: 'heat' }) },
  { name: 'heat-light-400', theme: 'light', count: 412, size: desk, act: layers({ surface: 'heat' }) },
  { name: 'components-far-dark', theme: 'dark', count: 412, size: desk, act: components(1_000_000, 0) },
  { name: 'components-near-light', theme: 'light', count: 10_000, size: desk, act: components(1_000_000, 3) },
  { name: 'forces-dark-400', theme: 'dark', count: 412, size: desk, act: forces(500) },
  { name: 'forces-light-10k', theme: 'light', count: 10_000, size: wide, act: forces(500) },
  { name: 'forces-dark-50k', theme: 'dark', count: 50_000, size: wide, act: forces(25_000) },
  {
    name: 'share-light-10k',
    theme: 'light',
    count: 10_000,
    size: desk,
    act: layers({ figure: 'overdueShare', level: 3 }),
  },
  { name: 'natural-dark-10k', theme: 'dark', count: 10_000, size: desk, act: layers({ breaks: 'natural', level: 4 }) },
  { name: 'density-dark-10k', theme: 'dark', count: 10_000, size: desk, act: layers({ figure: 'perKm2', level: 3 }) },
  { name: 'hexagons-dark-10k', theme: 'dark', count: 10_000, size: desk, act: layers({ surface: 'hexagons' }) },
  {
    name: 'hexagons-light-10k',
    theme: 'light',
    count: 10_000,
    size: wide,
    act: layers({ surface: 'hexagons', points: 'none' }),
  },
  { name: 'stage-dark-400', theme: 'dark', count: 412, size: desk, act: layers({ points: 'stage' }) },
  {
    name: 'stage-light-10k',
    theme: 'light',
    count: 10_000,
    size: desk,
    act: layers({ points: 'stage', surface: 'none' }),
  },
  { name: 'clusters-dark-10k', theme: 'dark', count: 10_000, size: desk, act: layers({ clusters: true }) },
  { name: 'clusters-light-50k', theme: 'light', count: 50_000, size: wide, act: layers({ clusters: true }) },
  { name: 'arcs-dark-10k', theme: 'dark', count: 10_000, size: desk, act: layers({ arcs: 'unit' }, '110113106') },
  { name: 'arcs-light-10k', theme: 'light', count: 10_000, size: desk, act: layers({ arcs: 'unit' }, '110113106') },
  { name: 'desk-dark-400', theme: 'dark', count: 412, size: desk },
  { name: 'desk-dark-10k', theme: 'dark', count: 10_000, size: desk },
  { name: 'desk-dark-50k', theme: 'dark', count: 50_000, size: desk },
  { name: 'desk-light-400', theme: 'light', count: 412, size: desk },
  { name: 'desk-light-10k', theme: 'light', count: 10_000, size: desk },
  { name: 'wide-dark-10k', theme: 'dark', count: 10_000, size: wide },
  { name: 'wide-light-10k', theme: 'light', count: 10_000, size: wide },
  { name: 'town-dark-10k', theme: 'dark', count: 10_000, size: desk, act: focus('110113106') },
  { name: 'town-wide-light-400', theme: 'light', count: 412, size: wide, act: focus('110113106') },
  { name: 'town-wide-dark-10k', theme: 'dark', count: 10_000, size: wide, act: focus('110113106') },
  { name: 'chosen-dark-400', theme: 'dark', count: 412, size: desk, act: choose },
  { name: 'chosen-light-10k', theme: 'light', count: 10_000, size: desk, act: choose },
  { name: 'both-dark-10k', theme: 'dark', count: 10_000, size: desk, act: both },
  { name: 'stream-10k', theme: 'dark', count: 10_000, size: desk, act: measure },
  { name: 'stream-50k', theme: 'dark', count: 50_000, size: desk, act: measure },
];
