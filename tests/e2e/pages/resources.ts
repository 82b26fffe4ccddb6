import type { CDPSession, Page } from '@playwright/test';

/** What a page holds, by kind: counts, and for `heap` bytes after a forced collection. */
export type Held = Readonly<Record<string, number>>;

declare global {
  interface Window {
    heldByPage?: () => Record<string, number>;
  }
}

/**
 * Counts from the first script of a page on what it makes and gives back: objects of the graphics card, contexts, workers,
 * observers, intervals. Give it to `page.addInitScript`; it runs in the page.
 */
export function countWhatIsHeld(): void {
  const counts: Record<string, number> = {};
  const add = (kind: string, by: number) => (counts[kind] = (counts[kind] ?? 0) + by);
  const wrap = (owner: object, name: string, after: (self: unknown, made: unknown, given: unknown[]) => void) => {
    const original = Reflect.get(owner, name) as (...given: unknown[]) => unknown;
    Reflect.set(owner, name, function (this: unknown, ...given: unknown[]) {
      const made = original.apply(this, given);
      after(this, made, given);
      return made;
    });
  };
  // Objects die with their context: each has its own count until it is gone or lost.
  const contexts: { readonly held: Set<WeakRef<object>>; readonly of: WeakRef<WebGL2RenderingContext> }[] = [];
  const known = new WeakMap<object, (typeof contexts)[number]>();
  const refs = new WeakMap<object, WeakRef<object>>();
  const kinds = ['Buffer', 'Texture', 'Framebuffer', 'Renderbuffer', 'VertexArray', 'Program', 'Shader', 'Sampler'];
  const kindOf = new WeakMap<object, string>();
  wrap(HTMLCanvasElement.prototype, 'getContext', (_canvas, made) => {
    if (!(made instanceof WebGL2RenderingContext) || known.has(made)) return;
    const entry = { held: new Set<WeakRef<object>>(), of: new WeakRef(made) };
    contexts.push(entry);
    known.set(made, entry);
  });
  for (const kind of kinds) {
    wrap(WebGL2RenderingContext.prototype, `create${kind}`, (gl, made) => {
      if (typeof made !== 'object' || made === null) return;
      const ref = new WeakRef(made);
      refs.set(made, ref);
      kindOf.set(made, kind);
      known.get(gl as object)?.held.add(ref);
    });
    wrap(WebGL2RenderingContext.prototype, `delete${kind}`, (gl, _made, [object]) => {
      const ref = typeof object === 'object' && object !== null ? refs.get(object) : undefined;
      if (ref !== undefined) known.get(gl as object)?.held.delete(ref);
    });
  }
  for (const type of ['ResizeObserver', 'MutationObserver', 'IntersectionObserver'] as const) {
    const seen = new WeakSet<object>();
    wrap(window[type].prototype, 'observe', (self) => {
      if (!seen.has(self as object)) add(type, 1);
      seen.add(self as object);
    });
    wrap(window[type].prototype, 'disconnect', (self) => {
      if (seen.delete(self as object)) add(type, -1);
    });
  }
  const intervals = new Set<unknown>();
  wrap(window, 'setInterval', (_self, id) => intervals.add(id));
  wrap(window, 'clearInterval', (_self, _none, [id]) => intervals.delete(id));
  const workers = new Set<Worker>();
  window.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      workers.add(this);
    }
    override terminate(): void {
      workers.delete(this);
      super.terminate();
    }
  };
  window.heldByPage = () => {
    const live = contexts.filter(({ of }) => of.deref()?.isContextLost() === false);
    const held: Record<string, number> = { ...counts, contexts: live.length };
    for (const kind of kinds) held[kind] = 0;
    for (const { held: refsOf } of live) {
      for (const ref of refsOf) {
        const kind = kindOf.get(ref.deref() ?? held);
        if (kind !== undefined) held[kind] = (held[kind] ?? 0) + 1;
      }
    }
    return { ...held, intervals: intervals.size, workers: workers.size };
  };
}

/** What a page holds after garbage was collected. The page must have begun with {@link countWhatIsHeld}. */
export async function heldBy(page: Page): Promise<Held> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  // A second collection takes what finalizers of the first let go.
  for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? NaN;
  const counted = await page.evaluate(() => window.heldByPage?.() ?? {});
  await session.detach();
  return { ...counted, nodes: metric('Nodes'), listeners: metric('JSEventListeners'), heap: metric('JSHeapUsedSize') };
}

/** Code that is compiled meanwhile, and what libraries remember, bytes. */
const HEAP_MAY_GROW = 4_000_000;

/** What grew, in so many rounds of one act: a count by a tenth of the rounds, the heap by more than 4 MB. */
export function leaks(before: Held, after: Held, rounds: number): readonly string[] {
  return Object.entries(after).flatMap(([kind, count]) => {
    const allowed = kind === 'heap' ? HEAP_MAY_GROW : rounds / 10;
    const first = before[kind] ?? 0;
    return count - first <= allowed ? [] : [`${kind}: ${first} → ${count} in ${rounds} rounds`];
  });
}
