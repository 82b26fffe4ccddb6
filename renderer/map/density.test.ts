import { expect, test } from 'vitest';
import { pointSizes } from './density.ts';

test('the denser, the smaller and fainter the dots and the rarer the full symbols', () => {
  const sizes = [0, 0.01, 0.04, 0.1, 1].map(pointSizes);
  for (const [at, size] of sizes.slice(1).entries()) {
    const before = sizes[at] ?? size;
    expect(size.dotRadius).toBeLessThan(before.dotRadius);
    expect(size.dotOpacity).toBeLessThan(before.dotOpacity);
    expect(size.markRoomPixels).toBeGreaterThan(before.markRoomPixels);
  }
});
