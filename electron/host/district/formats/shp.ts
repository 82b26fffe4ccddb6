import type { FilePoint } from '#domain/grid/coordinates/coordinate-system.ts';
import { ByteProblem, type ByteReader } from './byte-reader.ts';
import type { FileRings } from './file-feature.ts';

/** A record of a `.shp` file; `problem` is null where `polygons` are. */
export interface ShpRecord {
  readonly polygons: readonly FileRings[] | null;
  readonly problem: { readonly reason: 'no-geometry' | 'not-an-area' | 'broken-ring'; readonly detail: string } | null;
}

const HEAD_BYTES = 100;
const FILE_CODE = 9_994;
const shapeNames: Readonly<Record<number, string>> = {
  1: 'point',
  3: 'line',
  8: 'set of points',
  11: 'point',
  13: 'line',
  18: 'set of points',
  21: 'point',
  23: 'line',
  28: 'set of points',
  31: 'multipatch',
};

/**
 * Source: ESRI Shapefile Technical Description, July 1998: a head of 100 bytes, then records of a number and a length
 * (big end first) and a shape (little end first).
 *
 * @throws ByteProblem
 */
export async function readShpHead(reader: ByteReader): Promise<void> {
  const head = await reader.take(HEAD_BYTES);
  if (head === null) throw new ByteProblem('is empty');
  if (head.readInt32BE(0) !== FILE_CODE) throw new ByteProblem('does not begin like a .shp file');
}

/** The next record; null after the last. @throws ByteProblem, after which no record can be found any more */
export async function nextShpRecord(reader: ByteReader, maxBytes: number): Promise<ShpRecord | null> {
  const head = await reader.take(8);
  if (head === null) return null;
  const bytes = head.readInt32BE(4) * 2;
  if (bytes < 4 || bytes > maxBytes) throw new ByteProblem(`has a record that claims ${bytes} bytes`);
  const record = await reader.take(bytes);
  if (record === null) throw new ByteProblem(`ends before a record of ${bytes} bytes`);
  return readShape(record);
}

function readShape(record: Buffer): ShpRecord {
  const type = record.readInt32LE(0);
  if (type === 0) return wrong('no-geometry', 'has no geometry');
  if (type !== 5 && type !== 15 && type !== 25) {
    return wrong('not-an-area', `is a ${shapeNames[type] ?? `shape of type ${type}`}; an area is a polygon`);
  }
  if (record.length < 44) return wrong('broken-ring', 'is shorter than a polygon');
  const parts = record.readInt32LE(36);
  const points = record.readInt32LE(40);
  const start = 44 + parts * 4;
  if (parts < 1 || points < 4 || start + points * 16 > record.length) {
    return wrong(
      'broken-ring',
      `claims ${parts} rings of ${points} points, which its ${record.length} bytes can't hold`,
    );
  }
  const rings: (readonly FilePoint[])[] = [];
  for (let part = 0; part < parts; part += 1) {
    const from = record.readInt32LE(44 + part * 4);
    const to = part + 1 < parts ? record.readInt32LE(48 + part * 4) : points;
    if (from < 0 || to > points || to - from < 4) {
      return wrong('broken-ring', `ring ${part + 1} has ${to - from} points; a ring has four at least`);
    }
    rings.push(
      Array.from({ length: to - from }, (_, index) => {
        const at = start + (from + index) * 16;
        return [record.readDoubleLE(at), record.readDoubleLE(at + 8)];
      }),
    );
  }
  return { polygons: polygonsOf(rings), problem: null };
}

function wrong(reason: 'no-geometry' | 'not-an-area' | 'broken-ring', detail: string): ShpRecord {
  return { polygons: null, problem: { reason, detail } };
}

/**
 * Rings → polygons. By the format outer rings run clockwise and holes the other way; here the largest ring says which way
 * outer rings run, since some writers have it the other way round. A hole belongs to the smallest outer ring around it.
 */
function polygonsOf(rings: readonly (readonly FilePoint[])[]): readonly FileRings[] {
  if (rings.length === 1) return [rings];
  const sized = rings.map((ring) => ({ ring, area: signedArea(ring) }));
  const largest = sized.reduce((best, next) => (Math.abs(next.area) > Math.abs(best.area) ? next : best));
  const isOuter = (area: number): boolean => area > 0 === largest.area > 0;
  const outers = sized
    .filter(({ area }) => isOuter(area))
    .map(({ ring, area }) => ({ ring, size: Math.abs(area), box: boxOf(ring), holes: [] as (readonly FilePoint[])[] }))
    .sort((a, b) => a.size - b.size);
  for (const { ring } of sized.filter(({ area }) => !isOuter(area))) {
    const owner = outers.find((outer) =>
      ring.some((point) => isWithin(point, outer.box) && isInside(point, outer.ring)),
    );
    if (owner === undefined) outers.push({ ring, size: 0, box: boxOf(ring), holes: [] });
    else owner.holes.push(ring);
  }
  return outers.map(({ ring, holes }) => [ring, ...holes]);
}

function signedArea(ring: readonly FilePoint[]): number {
  const [originX, originY] = ring[0] ?? [0, 0];
  let twice = 0;
  for (let at = 1; at < ring.length; at += 1) {
    const [[x1, y1], [x2, y2]] = [ring[at - 1] as FilePoint, ring[at] as FilePoint];
    twice += (x1 - originX) * (y2 - originY) - (x2 - originX) * (y1 - originY);
  }
  return twice / 2;
}

type Box = readonly [number, number, number, number];

function boxOf(ring: readonly FilePoint[]): Box {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  return [left, bottom, right, top];
}

function isWithin([x, y]: FilePoint, [left, bottom, right, top]: Box): boolean {
  return x > left && x < right && y > bottom && y < top;
}

function isInside([x, y]: FilePoint, ring: readonly FilePoint[]): boolean {
  let isOdd = false;
  for (let at = 1; at < ring.length; at += 1) {
    const [[x1, y1], [x2, y2]] = [ring[at - 1] as FilePoint, ring[at] as FilePoint];
    if (y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)) isOdd = !isOdd;
  }
  return isOdd;
}
