import { expect, test } from 'vitest';
import { isAllowedPermission, isAllowedRequest } from './page-rights.ts';

const ours = 'app://grid-command/desk/index.html';

test('of all permissions only two are given, and only to our pages', () => {
  const permissions =
    'clipboard-read clipboard-sanitized-write display-capture fullscreen geolocation hid idle-detection media mediaKeySystem midi midiSysex notifications openExternal pointerLock serial speaker-selection storage-access top-level-storage-access usb window-management fileSystem unknown'.split(
      ' ',
    );
  expect(permissions.filter((permission) => isAllowedPermission(permission, ours))).toEqual([
    'clipboard-sanitized-write',
    'fullscreen',
  ]);
  expect(isAllowedPermission('fullscreen', 'https://example.org/')).toBe(false);
});

test('pages reach this machine and nothing else', () => {
  const addresses = [
    ours,
    'data:text/plain,x',
    'blob:app://grid-command/1',
    'ws://127.0.0.1:8080/wire',
    'http://localhost:1/',
    'https://example.org/',
    'wss://127.0.0.1.example.org/',
    'http://127.0.0.1@example.org/',
    'file:///etc/passwd',
    'nonsense',
  ];
  expect(addresses.filter(isAllowedRequest)).toEqual(addresses.slice(0, 5));
});
