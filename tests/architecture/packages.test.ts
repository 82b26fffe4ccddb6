import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './run-tool.ts';

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, Manifest & { readonly integrity?: string }>>;
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const { dependencies = {}, devDependencies = {} } = read('package.json') as Manifest;
const lock = read('package-lock.json') as Lock;
const wanted = Object.entries({ ...dependencies, ...devDependencies });

/** `npm:other@1.2.3` is the version of another package under this name. */
const versionOf = (range: string): string => range.slice(range.startsWith('npm:') ? range.lastIndexOf('@') + 1 : 0);

test('SI1: every version is exact', () => {
  expect(wanted.filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(versionOf(range)))).toEqual([]);
});

test('SI1: what lies in node_modules is what package.json asks for', () => {
  const installed = wanted.map(([name]) => {
    const manifest = read(`node_modules/${name}/package.json`) as Manifest;
    return [name, manifest.version];
  });
  expect(installed).toEqual(wanted.map(([name, range]) => [name, versionOf(range)]));
});

test('the lock file was made from this package.json', () => {
  const { dependencies: locked = {}, devDependencies: lockedDev = {} } = lock.packages[''] ?? { version: '' };
  expect({ ...locked, ...lockedDev }).toEqual(Object.fromEntries(wanted));
});

test.each([
  ['oxlint', '@oxlint/binding-'],
  ['oxfmt', '@oxfmt/binding-'],
  ['oxlint-tsgolint', '@oxlint-tsgolint/'],
])('SI4: the lock file holds %s for Linux, Windows and macOS', (_, prefix) => {
  const bindings = Object.entries(lock.packages)
    .filter(([name, { integrity }]) => name.startsWith(`node_modules/${prefix}`) && integrity !== undefined)
    .map(([name]) => name.slice(`node_modules/${prefix}`.length));
  for (const platform of ['linux-x64', 'linux-arm64', 'win32-x64', 'darwin-x64', 'darwin-arm64']) {
    expect(bindings.filter((name) => name.startsWith(platform))).not.toEqual([]);
  }
});
