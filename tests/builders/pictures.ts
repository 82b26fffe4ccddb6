import { PNG } from 'pngjs';

/** A small PNG, a real one. Another `shade` (0 … 255) is another picture. */
export function aPicture(shade = 128): Buffer<ArrayBuffer> {
  const picture = new PNG({ width: 8, height: 6 });
  for (let at = 0; at < picture.data.length; at += 4) picture.data.set([shade, shade, shade, 255], at);
  return Buffer.from(PNG.sync.write(picture));
}
