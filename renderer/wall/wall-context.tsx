import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { DistrictMap } from '#contract/grid.ts';
import type { Areas } from '#renderer/state/areas.ts';
import type { Directory } from '#renderer/state/directory.ts';
import type { LiveCases } from '#renderer/state/live-cases.ts';
import type { DrawnBy } from '#renderer/state/watch-cases.ts';
import type { WallFeed, WallSight } from './wall-feed.ts';

/** What every part of a wall page may use once the district is loaded. */
export interface WallRoom {
  readonly district: DistrictMap;
  readonly areas: Areas;
  readonly live: LiveCases;
  readonly directory: Directory;
  readonly drawnBy: DrawnBy;
  readonly feed: WallFeed;
}

const WallContext = createContext<WallRoom | null>(null);

export function WallProvider({ room, children }: { readonly room: WallRoom; readonly children: ReactNode }) {
  return <WallContext.Provider value={room}>{children}</WallContext.Provider>;
}

/** @throws Error outside a {@link WallProvider} */
export function useWall(): WallRoom {
  const room = useContext(WallContext);
  if (room === null) throw new Error('useWall needs a WallProvider above it');
  return room;
}

export function useWallSight(): WallSight {
  const { feed } = useWall();
  return useSyncExternalStore(
    (listener) => feed.onChange(listener),
    () => feed.sight,
  );
}

/** What counts on the wall now: its time, and whether it stands still because the host is not heard. */
export interface WallMoment {
  readonly now: number;
  readonly isSilent: boolean;
  /** This machine's own time, which goes on. */
  readonly machineNow: number;
}

const MomentContext = createContext<WallMoment>({ now: 0, isSilent: false, machineNow: 0 });

/** Once a second for all parts of the page together. */
export function MomentProvider({ children }: { readonly children: ReactNode }) {
  const { feed } = useWall();
  const [moment, setMoment] = useState<WallMoment>(() => momentOf(feed));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setMoment(momentOf(feed));
      const passed = (feed.now() ?? Date.now()) % 1_000;
      timer = setTimeout(tick, 1_000 - passed + 1);
    };
    tick();
    return () => clearTimeout(timer);
  }, [feed]);
  return <MomentContext.Provider value={moment}>{children}</MomentContext.Provider>;
}

function momentOf(feed: WallFeed): WallMoment {
  return { now: feed.now() ?? 0, isSilent: feed.isSilent(), machineNow: Date.now() };
}

export function useMoment(): WallMoment {
  return useContext(MomentContext);
}

/** Goes up when the cases changed, at most once a second. */
export function useLiveRows(): LiveCases {
  const { live } = useWall();
  useMoment();
  return live;
}

/** Name of a unit; its code until the name is known, and the desk's own word for null. */
export function useUnitName(): (code: string | null) => string | null {
  const { directory } = useWall();
  useSyncExternalStore(
    (listener) => directory.onChange(listener),
    () => directory.version,
  );
  return (code) => (code === null ? null : (directory.unit(code)?.name ?? code));
}
