import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings, writeSettings } from './settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what is written is read again, and no temporary file stays', () => {
  const file = join(folder, 'new/settings.json');
  const settings = { version: 1, deskWindow: { x: -5, y: 0, width: 800, height: 600, isMaximized: true } } as const;
  writeSettings(file, settings);
  expect(readSettings(file)).toEqual({ settings, problem: null });
  expect(readdirSync(join(folder, 'new'))).toEqual(['settings.json']);
});

test('no file yet means defaults without a complaint', () => {
  expect(readSettings(join(folder, 'settings.json'))).toEqual({
    settings: { version: 1, deskWindow: null },
    problem: null,
  });
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
