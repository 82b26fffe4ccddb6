import { useEffect, useState } from 'react';
import type { HostProcessState } from '#contract/shell.ts';

/** State of the host process, where a shell owns it; null in a browser. */
export function useHostState(): HostProcessState | null {
  const [state, setState] = useState<HostProcessState | null>(null);
  useEffect(() => window.shell?.onHostState(setState), []);
  return state;
}
