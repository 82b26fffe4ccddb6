import { useEffect, useRef, useState, type RefObject } from 'react';
import type { CityMap } from '#renderer/map/city-map.ts';
import { filterFor, mostUrgentFirst } from '#renderer/state/case-filter.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { useLiveVersion } from '#renderer/state/use-live.ts';

/** What the camera follows: the newest report, or the case at the top of the list's filter and order. */
export const followModes = ['newest', 'top'] as const;
export type FollowMode = (typeof followModes)[number];

const LOOK_EVERY_MS = 1_000;
/** So far a press must move to be a drag, CSS pixels. */
const DRAG = 4;

export interface FollowState {
  readonly mode: FollowMode | null;
  /** Number of the case that is followed now; null while there is none on the map. */
  readonly caseId: string | null;
  setMode(mode: FollowMode | null): void;
}

/** Follows until a person takes the camera in hand: by dragging, the wheel, or the keys of the map. */
export function useFollow(map: CityMap | null, frame: RefObject<HTMLElement | null>): FollowState {
  const { live, areas, now } = useDesk();
  const filter = useChoice((state) => state.filter);
  const order = useChoice((state) => state.order);
  const [mode, setMode] = useState<FollowMode | null>(null);
  const [caseId, setCaseId] = useState<string | null>(null);
  const shown = useRef<string | null>(null);
  const version = useLiveVersion(LOOK_EVERY_MS);

  useEffect(() => {
    if (map === null || mode === null) return;
    const fits = mode === 'top' && filter.tab !== 'closed' ? filterFor(filter, areas, now) : () => true;
    const placed = live.newest.filter((row) => row.lon !== null && row.lat !== null && fits(row));
    const rows = mode === 'top' && order === 'urgent' ? placed.sort(mostUrgentFirst(now())) : placed;
    const [row] = rows;
    if (row === undefined || row.id === shown.current) return;
    shown.current = row.id;
    setCaseId(row.id);
    map.flyToCase(row);
  }, [map, mode, filter, order, live, areas, now, version]);

  useEffect(() => {
    const element = frame.current;
    if (element === null || mode === null) return;
    let pressed: readonly [number, number] | null = null;
    const stop = () => setMode(null);
    const press = ({ clientX, clientY }: PointerEvent) => (pressed = [clientX, clientY]);
    const release = () => (pressed = null);
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (pressed !== null && Math.hypot(clientX - pressed[0], clientY - pressed[1]) > DRAG) stop();
    };
    const key = ({ key: name }: KeyboardEvent) => {
      if (/^(Arrow|[+=-]$)/.test(name)) stop();
    };
    element.addEventListener('pointerdown', press);
    window.addEventListener('pointerup', release);
    element.addEventListener('pointermove', move);
    element.addEventListener('wheel', stop, { passive: true });
    element.addEventListener('keydown', key);
    return () => {
      element.removeEventListener('pointerdown', press);
      window.removeEventListener('pointerup', release);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('wheel', stop);
      element.removeEventListener('keydown', key);
    };
  }, [frame, mode]);

  return {
    mode,
    caseId,
    setMode: (next) => {
      shown.current = null;
      setCaseId(null);
      setMode(next);
    },
  };
}
