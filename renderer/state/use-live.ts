import { useEffect, useState } from 'react';
import { useDesk } from './desk-context.tsx';
import type { LiveCases } from './live-cases.ts';

/**
 * The version of the live cases, at most once every `everyMs`: screens of figures need not render for every case. The
 * last change is never left out.
 */
export function useLiveVersion(everyMs = 250): number {
  const { live } = useDesk();
  const [version, setVersion] = useState(live.version);
  useEffect(() => followed(live, everyMs, setVersion), [live, everyMs]);
  return version;
}

function followed(live: LiveCases, everyMs: number, tell: (version: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isDue = false;
  const rest = () => {
    timer = isDue ? setTimeout(rest, everyMs) : null;
    if (isDue) tell(live.version);
    isDue = false;
  };
  tell(live.version);
  const stop = live.onDelta(() => {
    if (timer !== null) {
      isDue = true;
      return;
    }
    tell(live.version);
    timer = setTimeout(rest, everyMs);
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

/**
 * The time that counts on the screen, renewed every `everyMs`, on its whole multiples: all parts of the screen tick together.
 * A jump into the past is seen at once.
 */
export function useNow(everyMs = 1_000): number {
  const { now, stage } = useDesk();
  const [at, setAt] = useState(() => now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setAt(now());
      timer = setTimeout(tick, everyMs - (now() % everyMs) + 1);
    };
    tick();
    const stop = stage.onJump(() => setAt(now()));
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [now, stage, everyMs]);
  return at;
}
