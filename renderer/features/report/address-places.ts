import type { FoundPlace } from '#renderer/state/place-search.ts';

/** A place that an address may mean; `middleOf` names the area whose middle stands for a position nobody gave. */
export interface AddressPlace {
  readonly id: string;
  /** What stands in the field once it is chosen; null leaves what is there. */
  readonly address: string | null;
  readonly lon: number;
  readonly lat: number;
  readonly middleOf: string | null;
}

/** What a form offers for an address: known addresses of cases, areas with the town that holds them, a coordinate. */
export function addressPlaces(found: readonly FoundPlace[]): readonly AddressPlace[] {
  const seen = new Set<string>();
  return found.flatMap((place) => {
    const meant = meantBy(place);
    if (meant === null || seen.has(meant.id)) return [];
    seen.add(meant.id);
    return [meant];
  });
}

function meantBy(place: FoundPlace): AddressPlace | null {
  switch (place.kind) {
    case 'area': {
      const { area, within } = place;
      const [lon, lat] = area.labelPoint;
      return { id: area.code, address: [...within, area.name].join(''), lon, lat, middleOf: area.name };
    }
    case 'case': {
      const { address, lon, lat } = place.row;
      if (address === '' || lon === null || lat === null) return null;
      return { id: `address ${address}`, address, lon, lat, middleOf: null };
    }
    case 'point':
      return { id: `${place.lon} ${place.lat}`, address: null, lon: place.lon, lat: place.lat, middleOf: null };
  }
}
