import { useCallback, useEffect, useState } from 'react';
import type { InputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import type { WallOverview } from '#contract/wall.ts';
import type { Result } from '#domain/base/result.ts';
import { useClient } from '#renderer/client/hooks.tsx';

export interface WallDesk {
  /** Null before the host has told it. */
  readonly wall: WallOverview | null;
  readonly error: WireError | null;
  set(change: InputOf<'wall.set'>): void;
  push(push: InputOf<'wall.push'>): void;
  release(what: InputOf<'wall.release'>): void;
}

/** The wall as the host has it, asked for anew whenever a display shows something else. */
export function useWallDesk(): WallDesk {
  const client = useClient();
  const [wall, setWall] = useState<WallOverview | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const take = useCallback((outcome: Result<WallOverview, WireError>) => {
    if (outcome.ok) setWall(outcome.value);
    setError(outcome.ok ? null : outcome.error);
  }, []);
  useEffect(
    () =>
      client.watch(
        'wall.watch',
        {},
        {
          reset: () => {},
          apply: async (items) => {
            if (items.some(({ kind }) => kind === 'display' || kind === 'calls'))
              take(await client.call('wall.state', {}));
          },
          failed: setError,
        },
      ),
    [client, take],
  );
  return {
    wall,
    error,
    set: (change) => void client.call('wall.set', change).then(take),
    push: (push) => void client.call('wall.push', push).then(take),
    release: (what) => void client.call('wall.release', what).then(take),
  };
}
