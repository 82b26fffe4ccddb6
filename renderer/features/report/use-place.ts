import { useEffect, useState } from 'react';
import type { Located } from '#contract/grid.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import type { AddressPlace } from './address-places.ts';
import { coordinate } from './coordinate.ts';

/** A place while it is written: the texts, the numbers they make, and the grid that the host finds there. */
export interface PlaceDraft {
  readonly address: string;
  readonly lonText: string;
  readonly latText: string;
  /** Null for none, undefined for what is no coordinate. */
  readonly lon: number | null | undefined;
  readonly lat: number | null | undefined;
  /** Both coordinates or neither. */
  readonly isWhole: boolean;
  readonly point: { readonly lon: number; readonly lat: number } | null;
  /** The area whose middle stands for the point, until somebody says where it really is. */
  readonly middleOf: string | null;
  /** The address is as it was offered and taken: nothing more is to be offered for it. */
  readonly isTaken: boolean;
  /** Null while it is not known. */
  readonly located: Located | null;
  setAddress(text: string): void;
  setLon(text: string): void;
  setLat(text: string): void;
  /** A place that was offered for the address: its words and its point. */
  take(place: AddressPlace): void;
}

/** A place for a form, typed or picked on the map; the address may be known before. */
export function usePlace(knownAddress = ''): PlaceDraft {
  const { store } = useDesk();
  const picked = useChoice((state) => state.picked);
  const [address, setAddress] = useState(knownAddress);
  const [lonText, setLonText] = useState('');
  const [latText, setLatText] = useState('');
  const [middleOf, setMiddleOf] = useState<string | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const lon = coordinate(lonText, 180);
  const lat = coordinate(latText, 90);
  const hasPoint = typeof lon === 'number' && typeof lat === 'number';
  const located = useLocated(hasPoint ? lon : null, hasPoint ? lat : null);

  useEffect(() => {
    if (picked === null) return;
    setLonText(picked.lon.toFixed(6));
    setLatText(picked.lat.toFixed(6));
    setMiddleOf(null);
    store.setState({ picked: null });
  }, [picked, store]);

  return {
    ...{ address, lonText, latText, lon, lat, middleOf, located, setAddress, isTaken: taken === address },
    setLon: (text) => {
      setLonText(text);
      setMiddleOf(null);
    },
    setLat: (text) => {
      setLatText(text);
      setMiddleOf(null);
    },
    take: (place) => {
      if (place.address !== null) setAddress(place.address);
      setTaken(place.address ?? address);
      setLonText(place.lon.toFixed(6));
      setLatText(place.lat.toFixed(6));
      setMiddleOf(place.middleOf);
    },
    isWhole: hasPoint || (lon === null && lat === null),
    point: hasPoint ? { lon, lat } : null,
  };
}

/** The grid that holds the point, as the host sees it; null while it is not known. */
function useLocated(lon: number | null, lat: number | null): Located | null {
  const client = useClient();
  const [located, setLocated] = useState<Located | null>(null);
  useEffect(() => {
    setLocated(null);
    if (lon === null || lat === null) return;
    const controller = new AbortController();
    void client.call('grid.locate', { lon, lat }, controller).then((outcome) => {
      if (outcome.ok && !controller.signal.aborted) setLocated(outcome.value);
    });
    return () => controller.abort();
  }, [client, lon, lat]);
  return located;
}
