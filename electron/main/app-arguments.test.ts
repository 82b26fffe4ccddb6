import { expect, test } from 'vitest';
import { appArguments } from './app-arguments.ts';

test('what stands before the app folder belongs to Chromium', () => {
  const argv = ['/dist/electron', '--no-sandbox', '-r', '/loader.js', '/app/', '--data', '/app/data'];
  expect(appArguments(argv, false, '/app')).toEqual(['--data', '/app/data']);
});

test('a packaged app has no folder among its arguments', () => {
  expect(appArguments(['/opt/grid-command', '--seed', '7'], true, '/opt/resources/app.asar')).toEqual(['--seed', '7']);
});

test('without the folder nothing is ours', () => {
  expect(appArguments(['/dist/electron', '--data', 'x'], false, '/app')).toEqual([]);
});
