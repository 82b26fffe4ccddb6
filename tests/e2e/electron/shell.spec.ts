import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DeskPage } from '../pages/desk-page.ts';
import { startApp, type StartedApp } from './start-app.ts';

let folder: string;
let started: StartedApp;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shell-'));
  started = await startApp(join(folder, 'data'), ['--seed', '7']);
  await new DeskPage(started.page).ready();
});
test.afterAll(async () => {
  await started.app.close();
  await rm(folder, { recursive: true, force: true });
});

test('a page has no Node, three functions of the shell and its own scheme', async () => {
  const { page } = started;
  expect(page.url()).toMatch(/^app:\/\/grid-command\//);
  const reach = await page.evaluate(() => ({
    shell: Object.keys(Reflect.get(window, 'shell') as object).sort(),
    node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
  }));
  expect(reach).toEqual({
    shell: ['chooseFile', 'onHostState', 'requestHostPort'],
    node: ['undefined', 'undefined'],
  });
});

test('windows are sandboxed and isolated', async () => {
  const preferences = await started.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } = contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webviewTag };
    }),
  );
  expect(preferences).toEqual([{ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false }]);
});

test('the content policy holds: no inline script runs, nothing outside is reached', async () => {
  const { page } = started;
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.body.append(script);
    const reached = await fetch('https://example.invalid/').then(
      () => 'reached',
      () => 'refused',
    );
    return { wasRun: Reflect.has(window, 'wasRun'), reached };
  });
  expect(outcome).toEqual({ wasRun: false, reached: 'refused' });
});

test('simulated reports arrive in the window, marked as demo data', async () => {
  const desk = new DeskPage(started.page);
  await expect(started.page.getByText(/^演示数据/).first()).toBeVisible();
  await expect(desk.rows().first()).toBeVisible();
});

test('a page leaves the app for no other address and opens no window', async () => {
  const { page, app } = started;
  await page.evaluate(() => {
    location.href = 'https://example.invalid/';
    window.open('https://example.invalid/');
  });
  await expect.poll(() => page.url()).toMatch(/^app:/);
  expect(app.windows()).toHaveLength(1);
});
