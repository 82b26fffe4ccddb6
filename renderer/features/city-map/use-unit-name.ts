import { useCallback } from 'react';
import { useDesk, useDirectory } from '#renderer/state/desk-context.tsx';

/** A unit's own name: out of the net, and for units beside it out of the host's directory; its code until that is known. */
export function useUnitName(): (code: string) => string {
  const { areas } = useDesk();
  const directory = useDirectory();
  const { version } = directory;
  return useCallback(
    (code) => areas.area(code)?.name ?? directory.unit(code)?.name ?? code,
    // Names that became known count as another function.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [areas, directory, version],
  );
}
