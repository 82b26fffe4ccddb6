import { expect, test } from 'vitest';
import { threeFigures } from './measure-text.ts';

test.each([
  [0, '0'],
  [0.012_345, '0.0123'],
  [3.4249, '3.42'],
  [34.25, '34.3'],
  [342.4, '342'],
  [1_023, '1,020'],
])('%f is written as %s', (value, text) => {
  expect(threeFigures(value)).toBe(text);
});
