import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CDPSession } from '@playwright/test';
import { required } from '#domain/base/assert-never.ts';
import { servePage } from '#tests/visual/map/serve-page.ts';
import { launchForMap } from './bench-browser.ts';
import type { By } from './map-page/page.ts';
import type { Frames } from './map-page/measure.ts';
import { quantile } from './quantile.ts';

const STARTS = Number(process.env['MAP_STARTS'] ?? 3);
const size = { width: 1_280, height: 800 };

/** What is drawn on the default district. */
const scenes = {
  stress: { cases: 50_000, people: 25_000 },
  planned: { cases: 10_000, people: 500 },
} as const;
type SceneName = keyof typeof scenes;

/** Figures of one start by key; `tests/budgets/README.md` says what each is. */
type StartFigures = Readonly<Record<(typeof keys)[number], number>>;

const keys = [
  ...(['ready', 'pan', 'panP95', 'panCpu', 'zoom', 'zoomP95', 'zoomCpu', 'moving', 'movingP95', 'movingCpu'] as const),
  ...(['script', 'pick', 'uploadedBytes', 'rendererMegabytes', 'gpuMegabytes'] as const),
] as const;

/**
 * The map at full load in headless Chromium without a graphics card, drawn by the product, by maplibre's own layers and
 * by Leaflet on a canvas: each in a browser of its own, three starts in rotating order, medians. `MAP_ONLY=ours,stress`
 * takes a part, `MAP_STARTS` another number of starts. Pictures go to `node_modules/.cache/map-bench`.
 */
export async function run(): Promise<Record<string, number>> {
  const only = (process.env['MAP_ONLY'] ?? '').split(',').filter((word) => word !== '');
  const wanted = <Name extends string>(names: readonly Name[]) =>
    names.some((name) => only.includes(name)) ? names.filter((name) => only.includes(name)) : names;
  const [drawers, names] = [
    wanted<By>(['ours', 'native', 'leaflet']),
    wanted(Object.keys(scenes) as readonly SceneName[]),
  ];
  const pictures = resolve('node_modules/.cache/map-bench');
  await mkdir(pictures, { recursive: true });
  const served = await servePage(resolve('.'), 'tests/budgets/map-page');
  const found = new Map<string, StartFigures[]>();
  try {
    for (let start = 0; start < STARTS; start += 1) {
      const turn = start % drawers.length;
      for (const scene of names) {
        for (const by of [...drawers.slice(turn), ...drawers.slice(0, turn)]) {
          const picture = join(pictures, `${scene}-${by}.png`);
          const figures = await startOnce(served.url, by, scene, picture);
          const key = `${scene} ${by}`;
          found.set(key, [...(found.get(key) ?? []), figures]);
          process.stderr.write(`${key} ${JSON.stringify(figures, (_, value: unknown) => tidy(value))}\n`);
        }
      }
    }
  } finally {
    await served.close();
  }
  return figuresOf(found, names, drawers);
}

async function startOnce(url: string, by: By, scene: SceneName, picture: string): Promise<StartFigures> {
  const { cases, people } = scenes[scene];
  const browser = await launchForMap(by !== 'leaflet');
  try {
    const page = await browser.newPage({ viewport: size });
    await page.goto(`${url}?by=${by}&cases=${cases}&people=${people}`);
    await page.waitForFunction(() => window.mapMeasure !== undefined, undefined, { timeout: 60_000 });
    const session = await browser.newBrowserCDPSession();
    const ready = required(await page.evaluate(() => window.mapMeasure?.ready()), 'the page measures');
    /** With the processor time of page and graphics process for each frame, milliseconds. */
    const withCpu = async <Found extends Frames>(ask: () => Promise<Found | undefined>) => {
      const before = await cpuSeconds(session);
      const found = required(await ask(), 'the page measures');
      return { ...found, cpu: ((await cpuSeconds(session)) - before) * (1_000 / found.frames) };
    };
    const pan = await withCpu(() => page.evaluate(() => window.mapMeasure?.pan()));
    const zoom = await withCpu(() => page.evaluate(() => window.mapMeasure?.zoom()));
    const moving = await withCpu(() => page.evaluate(() => window.mapMeasure?.moving()));
    const pick = required(await page.evaluate(() => window.mapMeasure?.pick()), 'the page measures');
    const memory = await megabytes(session);
    await page.screenshot({ path: picture });
    return {
      ready,
      ...{ pan: pan.frame, panP95: pan.p95, panCpu: pan.cpu },
      ...{ zoom: zoom.frame, zoomP95: zoom.p95, zoomCpu: zoom.cpu },
      ...{ moving: moving.frame, movingP95: moving.p95, movingCpu: moving.cpu },
      ...{ script: moving.script, uploadedBytes: moving.uploadedBytes, pick, ...memory },
    };
  } finally {
    await browser.close();
  }
}

async function cpuSeconds(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo
    .filter(({ type }) => type === 'renderer' || type === 'GPU')
    .reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** `Pss` of the largest page process and of the graphics process. */
async function megabytes(session: CDPSession): Promise<Pick<StartFigures, 'rendererMegabytes' | 'gpuMegabytes'>> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = { renderer: 0, GPU: 0 };
  for (const { type, id } of processInfo) {
    if (type !== 'renderer' && type !== 'GPU') continue;
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    const kilobytes = Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? NaN);
    sizes[type] = Math.max(sizes[type], kilobytes / 1_024);
  }
  return { rendererMegabytes: sizes.renderer, gpuMegabytes: sizes.GPU };
}

/** Ratios to the others, by the others' name; which of them have a goal says `tests/budgets/README.md`. */
const ratios: Readonly<Record<Exclude<By, 'ours'>, readonly (keyof StartFigures)[]>> = {
  native: ['ready', 'script', 'moving', 'movingCpu', 'pan', 'panCpu', 'zoom', 'zoomCpu', 'rendererMegabytes'],
  leaflet: ['ready', 'moving', 'movingCpu', 'pan', 'panCpu', 'zoom', 'zoomCpu', 'rendererMegabytes'],
};

function figuresOf(
  found: ReadonlyMap<string, readonly StartFigures[]>,
  names: readonly SceneName[],
  drawers: readonly By[],
): Record<string, number> {
  const middle = (scene: SceneName, by: By, key: keyof StartFigures) =>
    quantile(
      (found.get(`${scene} ${by}`) ?? []).map((start) => start[key]),
      0.5,
    );
  const figures: Record<string, number> = {};
  for (const scene of names) {
    for (const [other, compared] of Object.entries(ratios) as [
      Exclude<By, 'ours'>,
      readonly (keyof StartFigures)[],
    ][]) {
      if (!drawers.includes(other) || !drawers.includes('ours')) continue;
      for (const key of compared) {
        figures[`${scene}.${key}To${capital(other)}`] = middle(scene, 'ours', key) / middle(scene, other, key);
      }
    }
    for (const by of drawers) {
      for (const key of keys) figures[`${scene}.${by}.${key}`] = middle(scene, by, key);
    }
  }
  return figures;
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

function tidy(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
