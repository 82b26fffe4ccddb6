import { useMemo } from 'react';
import { useDesk } from './desk-context.tsx';
import { PlaceSearch, type FoundPlace } from './place-search.ts';

/** Finds places of the district and of the open cases by what is typed, at most `limit`. */
export function usePlaceSearch(limit: number): (text: string) => readonly FoundPlace[] {
  const { district, areas, live } = useDesk();
  const search = useMemo(() => new PlaceSearch(district.areas, areas), [district, areas]);
  return (text) => search.find(text, live.rows.values(), limit);
}
