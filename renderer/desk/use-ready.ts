import { useEffect } from 'react';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useLiveVersion } from '#renderer/state/use-live.ts';

/** Says on the document that the desk can be used: list filled, map drawn. Tests and benches wait for it. */
export function useReady(isMapDrawn: boolean): void {
  const { live } = useDesk();
  useLiveVersion();
  const isReady = live.isComplete && isMapDrawn;
  useEffect(() => {
    if (isReady) document.documentElement.dataset['ready'] = 'true';
  }, [isReady]);
}
