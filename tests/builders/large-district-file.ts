import { open } from 'node:fs/promises';

/** At the least. */
export const largeBytes = 500_000_000;

/**
 * Writes GeoJSON of 500 MB inside of the default district. Most of it are words, as exports of real systems have them, so
 * that it has no more vertices than are read.
 */
export async function writeLargeDistrict(path: string): Promise<void> {
  const words = 'x'.repeat(50_000);
  const ring = [
    [116.6, 40.1],
    [116.7, 40.1],
    [116.7, 40.2],
    [116.6, 40.1],
  ];
  const geometry = { type: 'Polygon', coordinates: [ring] };
  const text = JSON.stringify({ type: 'Feature', properties: { code: '110113', name: '顺义区', words }, geometry });
  const piece = `${text},\n`.repeat(100);
  const file = await open(path, 'w');
  try {
    await file.write('{"type":"FeatureCollection","features":[\n');
    for (let bytes = 0; bytes < largeBytes; bytes += piece.length) await file.write(piece);
    await file.write(`${text}]}`);
  } finally {
    await file.close();
  }
}
