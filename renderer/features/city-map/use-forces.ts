import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import type { ForceBatch } from '#contract/forces.ts';
import type { ForcePosition } from '#domain/forces/force.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { clockTime, count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { LiveForces, mapKind, type ForceStatus } from '#renderer/state/live-forces.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { useUnitName } from './use-unit-name.ts';

/** Positions grow old by themselves: looked at this often. */
const AGES_EVERY_MS = 5_000;
const MINUTE_MS = 60_000;

/** What the legend says of people and vehicles beside their numbers. */
export interface ForceRemarks {
  readonly title: string | null;
  readonly rows: readonly string[];
}

export interface ForceView {
  readonly live: LiveForces;
  readonly chosen: ForcePosition | null;
  choose(index: number): void;
  release(): void;
}

/** Follows people and vehicles while they are switched on and the present is shown, and gives them to the map. */
export function useForces(map: CityMap | null): ForceView {
  const client = useClient();
  const isPast = useIsPast();
  const { forces, forceKinds } = useChoice((state) => state.layers);
  const [live] = useState(() => new LiveForces());
  const [slot, setSlot] = useState<number | null>(null);
  const isOn = forces && !isPast;

  useEffect(() => {
    if (map === null || !isOn) return;
    live.show(forceKinds);
    map.setForces(live.field(client.hostNow()));
  }, [map, isOn, live, forceKinds, client]);

  useEffect(() => {
    if (map === null || !isOn) return;
    const give = () => map.setForces(live.field(client.hostNow()));
    const unwatch = client.watch(
      'forces.watch',
      {},
      {
        reset: () => live.reset(),
        apply: (items, { isComplete }) => {
          for (const item of items) live.apply(item as ForceBatch);
          if (isComplete) give();
        },
        failed: () => live.reset(),
      },
    );
    const ages = setInterval(give, AGES_EVERY_MS);
    return () => {
      unwatch();
      clearInterval(ages);
      live.reset();
      setSlot(null);
      map.setTrack(null);
      map.setForces(null);
    };
  }, [map, isOn, live, client]);

  return {
    live,
    chosen: slot === null ? null : (live.bySlot(slot) ?? null),
    choose: (index) => setSlot(live.at(index)?.slot ?? null),
    release: () => {
      setSlot(null);
      map?.setTrack(null);
    },
  };
}

/** What is known of the positions as a whole, looked at each second. */
function useForceStatus(live: LiveForces): ForceStatus {
  useNow(1_000);
  return live.status;
}

export function useForceRemarks(live: LiveForces): ForceRemarks {
  const { t } = useWords();
  const isPast = useIsPast();
  const { forces } = useChoice((state) => state.layers);
  const { asOf, count: known, hasDemo } = useForceStatus(live);
  if (!forces) return { title: null, rows: [] };
  if (isPast) return { title: null, rows: [t('forces.inPast')] };
  if (asOf === null || known === 0) return { title: null, rows: [] };
  return { title: t('forces.title', { time: clockTime(asOf) }), rows: hasDemo ? [t('forces.demo')] : [] };
}

/** Notes under the switch: limits of age, and what was lost. */
export function useForceNotes(live: LiveForces): readonly string[] {
  const { t } = useWords();
  const isPast = useIsPast();
  const { asOf, limits, tally } = useForceStatus(live);
  if (isPast) return [t('forces.inPast')];
  if (asOf === null) return [];
  const { refused, dropped } = tally;
  const words = t('forces.limits', { old: limits.oldMs / MINUTE_MS, silent: limits.silentMs / MINUTE_MS });
  const lost = t('forces.lost', { refused: count(refused), dropped: count(dropped) });
  return [
    limits.isPlaceholder ? `${words} · ${t('forces.placeholder')}` : words,
    ...(refused + dropped > 0 ? [lost] : []),
  ];
}

/** Whoever has that place in the map's field, in one line. */
export function useForceTip(live: LiveForces): (index: number) => string | null {
  const { t } = useWords();
  const { now } = useDesk();
  const unitName = useUnitName();
  return (index) => {
    const person = live.at(index);
    if (person === undefined) return null;
    const age = ageText(t, live, person, now());
    const kind = t(`layers.forceKinds.${mapKind(person.kind)}`);
    return t('forces.tip', { kind, id: person.id, unit: unitName(person.unit), age });
  };
}

/** How old a position is, and what that means. */
export function ageText(t: TFunction, live: LiveForces, person: ForcePosition, now: number): string {
  const age = t(`layers.forceAges.${live.age(person, now)}`);
  const ms = Math.max(0, now - person.at);
  if (ms < 2 * MINUTE_MS) return t('forces.seconds', { number: Math.floor(ms / 1_000), age });
  return t('forces.minutes', { number: count(Math.floor(ms / MINUTE_MS)), age });
}
