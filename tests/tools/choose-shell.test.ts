import { expect, test } from 'vitest';
import { browserCommand, chooseShell, electronArguments, hasDisplay, softwareGlFlags } from './choose-shell.mjs';

const display = { DISPLAY: ':0' };

test.each([
  [['--headless', '--port', '0'], 'linux', display, 'host'],
  [['--help'], 'linux', {}, 'host'],
  [['--version'], 'win32', {}, 'host'],
  [['--backup', '/mnt/b'], 'win32', {}, 'host'],
  [['--change-secret', 'new', '--secret-file', 'old'], 'linux', display, 'host'],
  [['--restore=/mnt/b', '--data', 'new'], 'linux', display, 'host'],
  [['--browser'], 'darwin', {}, 'browser'],
  [[], 'linux', {}, 'browser'],
  [[], 'linux', { DISPLAY: '' }, 'browser'],
  [[], 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'electron'],
  [['--data', '/tmp/x'], 'linux', display, 'electron'],
  [[], 'darwin', {}, 'electron'],
  [[], 'win32', {}, 'electron'],
] as const)('%j on %s with %j opens the %s', (args, platform, env, shell) => {
  expect(chooseShell(args, platform, env).shell).toBe(shell);
});

test('without a display the reason is told', () => {
  expect(chooseShell([], 'linux', {})).toEqual({ shell: 'browser', reason: 'no display here (DISPLAY is not set)' });
  expect(hasDisplay('linux', {})).toBe(false);
});

test('the sandbox goes only for root, software drawing only without a graphics card', () => {
  const given = { appFolder: '/app', args: ['--data', 'd'] };
  expect(electronArguments({ ...given, isRoot: false, hasGpu: true })).toEqual(['/app', '--data', 'd']);
  expect(electronArguments({ ...given, isRoot: true, hasGpu: false })).toEqual([
    '--no-sandbox',
    ...softwareGlFlags,
    '/app',
    '--data',
    'd',
  ]);
});

test('each system has its own way to a browser', () => {
  expect(['darwin', 'win32', 'linux'].map((platform) => browserCommand('u', platform as NodeJS.Platform)[0])).toEqual([
    'open',
    'rundll32',
    'xdg-open',
  ]);
});
