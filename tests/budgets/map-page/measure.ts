import { required } from '#domain/base/assert-never.ts';
import type { Drawer, Scene } from './scene.ts';

/** What may be asked of a page, one after the other in this order; each time they begin anew. */
export interface MapMeasure {
  /** Milliseconds from nothing but parsed data to the last layer on the screen. */
  ready(): Promise<number>;
  pan(): Promise<Frames>;
  zoom(): Promise<Frames>;
  /** All people walk in each frame. */
  moving(): Promise<Frames & Updates>;
  /** Median of many places, milliseconds. */
  pick(): number;
}

/** Milliseconds. */
export interface Frames {
  /** Time passed by frames really finished: a median would lie where frames queue. */
  readonly frame: number;
  readonly p95: number;
  readonly frames: number;
}

export interface Updates {
  /** Median milliseconds on the page's thread for one update: the call, and for ours also its drawing in the frame. */
  readonly script: number;
  /** Uploaded for one update, where it is known. */
  readonly uploadedBytes: number;
}

type Place = readonly [lon: number, lat: number, zoom: number];

const PHASE_MS = 3_000;
/** So many frames at least, however long they take. */
const FEWEST_FRAMES = 6;
/** One round of the path, however fast it is drawn. */
const ROUND_MS = 3_000;
const PICKS = 200;

export function measureOf(
  container: HTMLElement,
  { people }: Scene,
  [lon, lat, zoom]: Place,
  make: () => Drawer,
): MapMeasure {
  let drawer: Drawer | null = null;
  const made = () => required(drawer ?? undefined, 'the scene was drawn before');

  async function settle(): Promise<void> {
    made().look(lon, lat, zoom);
    await frames(2);
    await made().settled();
    finish(container);
  }

  return {
    async ready() {
      const startedAt = performance.now();
      drawer = make();
      await drawer.settled();
      finish(container);
      const passed = performance.now() - startedAt;
      await settle();
      return passed;
    },
    pan: () =>
      phase(container, (share) =>
        made().look(lon + 0.06 * Math.sin(2 * Math.PI * share), lat + 0.03 * Math.sin(4 * Math.PI * share), zoom),
      ),
    zoom: () => phase(container, (share) => made().look(lon, lat, zoom + 0.75 - 0.75 * Math.cos(2 * Math.PI * share))),
    async moving() {
      await settle();
      const scripts: number[] = [];
      const uploaded = () => made().uploaded?.() ?? 0;
      const before = uploaded();
      const stopWatch = watchFrames();
      const found = await phase(container, () => {
        const positions = people.at(scripts.length);
        const calledAt = performance.now();
        made().move(positions);
        scripts.push(performance.now() - calledAt);
      });
      const inFrames = stopWatch();
      const own = made().uploaded === undefined ? 0 : at(inFrames, 0.5);
      return {
        ...found,
        script: at(scripts, 0.5) + own,
        uploadedBytes: (uploaded() - before) / scripts.length,
      };
    },
    pick() {
      const picks: number[] = [];
      let hits = 0;
      for (let place = 0; place < PICKS; place += 1) {
        const x = (container.clientWidth * (place % 20)) / 20;
        const y = (container.clientHeight * Math.floor(place / 20)) / 10;
        const calledAt = performance.now();
        if (made().pick(x, y)) hits += 1;
        picks.push(performance.now() - calledAt);
      }
      if (hits === 0) throw new Error('nothing was found under the pointer anywhere: nothing is drawn');
      return at(picks, 0.5);
    },
  };
}

/** Steps along a path by time: a slow one takes larger steps, not more. */
export async function phase(container: HTMLElement, step: (share: number) => void): Promise<Frames> {
  const times: number[] = [];
  const startedAt = performance.now();
  let last = startedAt;
  while (last - startedAt < PHASE_MS || times.length < FEWEST_FRAMES) {
    step(((last - startedAt) % ROUND_MS) / ROUND_MS);
    await frames(1);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  finish(container);
  return { frame: (performance.now() - startedAt) / times.length, p95: at(times, 0.95), frames: times.length };
}

/** Presented frames: what was asked for before is drawn in them. */
export async function frames(count: number): Promise<void> {
  for (let seen = 0; seen < count; seen += 1) await new Promise(nativeFrame);
}

const nativeFrame = window.requestAnimationFrame.bind(window);

/** Notes what others do in frames. @returns ends it, and gives the milliseconds of each task */
function watchFrames(): () => readonly number[] {
  const tasks: number[] = [];
  window.requestAnimationFrame = (task) =>
    nativeFrame((time) => {
      const startedAt = performance.now();
      task(time);
      tasks.push(performance.now() - startedAt);
    });
  return () => {
    window.requestAnimationFrame = nativeFrame;
    return tasks;
  };
}

/** Waits until the graphics process has done everything: reading a pixel makes it. */
export function finish(container: HTMLElement): void {
  for (const canvas of container.querySelectorAll('canvas')) {
    if (canvas.hidden) continue;
    const gl = canvas.getContext('webgl2');
    if (gl !== null) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    else canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
  }
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? NaN;
}
