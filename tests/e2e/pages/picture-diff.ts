import { PNG } from 'pngjs';

/** A channel that differs by less is the same: rounding of colours that are blended. */
const SAME_WITHIN = 12;

/** Share of the pixels that differ, 0 … 1; 1 for pictures of different size. */
export function differingShare(a: Buffer, b: Buffer): number {
  const [first, second] = [PNG.sync.read(a), PNG.sync.read(b)];
  if (first.width !== second.width || first.height !== second.height) return 1;
  let differing = 0;
  for (let at = 0; at < first.data.length; at += 4) {
    const channel = (by: number) => Math.abs((first.data[at + by] ?? 0) - (second.data[at + by] ?? 0));
    if (Math.max(channel(0), channel(1), channel(2)) > SAME_WITHIN) differing += 1;
  }
  return differing / (first.width * first.height);
}
