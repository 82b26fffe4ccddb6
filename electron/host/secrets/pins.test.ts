import { expect, test } from 'vitest';
import { argonPins } from './pins.ts';

test('a PIN fits what is kept of it and no other does; nothing of it can be read there, and no two are alike', async () => {
  const kept = await argonPins.keep('248163');
  expect(await argonPins.fits('248163', kept)).toBe(true);
  expect(await argonPins.fits('248164', kept)).toBe(false);
  expect(JSON.stringify(kept)).not.toContain('248163');
  expect(kept.memoryKiB).toBeGreaterThanOrEqual(19 * 1024);
  expect((await argonPins.keep('248163')).hash).not.toBe(kept.hash);
});

test('what is kept and damaged fits nothing', async () => {
  const kept = await argonPins.keep('248163');
  expect(await argonPins.fits('248163', { ...kept, hash: '' })).toBe(false);
});
