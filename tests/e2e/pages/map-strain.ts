import type { Page } from '@playwright/test';
import type { MapLayers } from '#renderer/map/map-layers.ts';
import type {} from '#tests/visual/map/page.ts';

/** Layer combinations that a person switches through; one round shows every layer there is. */
const combinations: readonly Partial<MapLayers>[] = [
  {},
  { surface: 'hexagons' },
  { surface: 'none', points: 'stage' },
  { clusters: true },
  { arcs: 'unit', level: 3 },
  { figure: 'perKm2', level: 4 },
  { points: 'none', breaks: 'natural' },
  { points: 'kind', surface: 'hexagons', clusters: true },
];

/** A faulty act to be found: it runs in the page after every round. */
export type Fault = 'buffer' | 'node' | 'listener' | 'heap';

/** Switches layers so many times, each time until it is painted; `fault` leaves something behind each time. */
export async function toggleLayers(page: Page, times: number, fault: Fault | null = null): Promise<void> {
  await page.evaluate(
    async ([all, count, planted]) => {
      const strained = window.mapPage;
      if (strained === undefined) throw new Error('the page has no map');
      const left: unknown[] = ((window as unknown as { left?: unknown[] }).left ??= []);
      const gl = document.querySelector<HTMLCanvasElement>('canvas.maplibregl-canvas')?.getContext('webgl2');
      const plant: Record<Fault, () => unknown> = {
        buffer: () => gl?.createBuffer(),
        node: () => document.createElement('i'),
        listener: () => window.addEventListener('blur', () => left.length),
        heap: () => new Float64Array(5_000).map(Math.random).join(' '),
      };
      for (let at = 0; at < count; at += 1) {
        const { frames } = strained.map.pictures();
        strained.layers(all[at % all.length] ?? {}, '110113106');
        while (strained.map.pictures().frames === frames) await new Promise(requestAnimationFrame);
        if (planted !== null) left.push(plant[planted]());
      }
    },
    [combinations, times, fault] as const,
  );
}

/** Opens the map so many times, on a township and on another picture of it in turn. */
export async function loadDistricts(page: Page, times: number): Promise<void> {
  await page.evaluate(async (count) => {
    const strained = window.mapPage;
    if (strained === undefined) throw new Error('the page has no map');
    const township = (await (await fetch('/township.json')).json()) as typeof strained.district;
    for (let at = 0; at < count; at += 1) await strained.reopen({ ...township, isSchematic: at % 2 === 0 });
  }, times);
}
