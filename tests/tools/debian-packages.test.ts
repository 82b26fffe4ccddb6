import { expect, test } from 'vitest';
import { missingPackages, packageNames } from './debian-packages.mjs';

const everything = { command: () => true, library: () => true, file: () => true };

test('nothing is missing where everything is there', () => {
  expect(missingPackages(everything)).toEqual([]);
});

test('on a bare machine every package is missing', () => {
  const nothing = { command: () => false, library: () => false, file: () => false };
  expect(missingPackages(nothing).map(({ name }) => name)).toEqual(packageNames);
});

test('a library that is not there is named with the tests that need it', () => {
  const missing = missingPackages({ ...everything, library: (name) => name !== 'libgbm.so.1' });
  expect(missing.map(({ name, part }) => [name, part])).toEqual([['libgbm1', 'electron']]);
});
