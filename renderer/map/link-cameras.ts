import type { MapExtras } from './map-extras.ts';

type Linked = Pick<MapExtras, 'onMove' | 'place' | 'jumpTo'>;

/**
 * Keeps two maps at one place, whichever of them is moved. The second one begins where the first one is.
 *
 * @returns ends it
 */
export function linkCameras(first: Linked, second: Linked): () => void {
  let isFollowing = false;
  let hasBegun = false;
  const follow = (leader: Linked, follower: Linked) => {
    if (isFollowing) return;
    const place = leader.place();
    if (place === null) return;
    // The follower's own move must not come back.
    isFollowing = true;
    follower.jumpTo(place);
    isFollowing = false;
  };
  const stops = [
    first.onMove(() => follow(first, second)),
    second.onMove(() => {
      const isFirstMove = !hasBegun;
      hasBegun = true;
      if (isFirstMove) follow(first, second);
      else follow(second, first);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
