import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeSettings, readSettings } from './settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what is written is read again, and no temporary file stays', () => {
  const file = join(folder, 'new/settings.json');
  const deskWindow = { x: -5, y: 0, width: 800, height: 600, isMaximized: true };
  const wall = { plan: { displays: [], isSpanning: true, coversDesk: false }, pin: null };
  changeSettings(file, { deskWindow });
  changeSettings(file, { wall });
  expect(readSettings(file)).toEqual({ settings: { version: 1, deskWindow, wall }, problem: null });
  expect(readdirSync(join(folder, 'new'))).toEqual(['settings.json']);
});

test('no file yet means defaults without a complaint', () => {
  expect(readSettings(join(folder, 'settings.json'))).toEqual({
    settings: { version: 1, deskWindow: null, wall: { plan: null, pin: null } },
    problem: null,
  });
});

test('a file from before there was a wall is read', () => {
  const file = join(folder, 'settings.json');
  writeFileSync(file, '{"version":1,"deskWindow":null}');
  expect(readSettings(file)).toMatchObject({ settings: { wall: { plan: null, pin: null } }, problem: null });
});

test.each(['{"version":1,', '{"version":1,"deskWindow":{"x":"left"}}', '[]'])(
  '%s means defaults and a message',
  (text) => {
    const file = join(folder, 'settings.json');
    writeFileSync(file, text);
    const { settings, problem } = readSettings(file);
    expect(settings.deskWindow).toBeNull();
    expect(problem).toContain(file);
  },
);
