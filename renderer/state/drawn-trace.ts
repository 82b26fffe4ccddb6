/** A batch that was drawn: the journal sequence it reached, and when its frame was presented (epoch ms). */
export interface Drawn {
  readonly sequence: number;
  readonly at: number;
}

declare global {
  interface Window {
    /** Only with `?trace=drawn` in the address; read by `npm run bench` (pixel). */
    gridCommandDrawn?: Drawn[];
  }
}

/** Notes when batches are drawn, if the address asks for it; undefined otherwise. */
export function drawnTrace(search: string): ((sequence: number) => void) | undefined {
  if (new URLSearchParams(search).get('trace') !== 'drawn') return undefined;
  const trace: Drawn[] = [];
  window.gridCommandDrawn = trace;
  return (sequence) => trace.push({ sequence, at: performance.timeOrigin + performance.now() });
}
