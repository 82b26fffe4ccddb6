import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { aReportInput } from '#tests/builders/wire.ts';
import { runCtl } from '#tests/support/start-host.ts';
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

test('a page has no Node, the functions of the shell and its own scheme', async () => {
  const { page } = started;
  expect(page.url()).toMatch(/^app:\/\/grid-command\//);
  const reach = await page.evaluate(() => ({
    shell: Object.keys(Reflect.get(window, 'shell') as object).sort(),
    node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
  }));
  expect(reach).toEqual({
    shell: ['chooseFile', 'onHostState', 'requestHostPort', 'wall'],
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

test('a key store that encrypts keeps the key of personal data; without one there is none, and the screen says so', async () => {
  const { app, page } = started;
  const isSafe = await app.evaluate(
    ({ safeStorage }) =>
      safeStorage.isEncryptionAvailable() &&
      (process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())),
  );
  const file = join(folder, 'data', 'shell', 'key.json');
  if (isSafe) {
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 1, wrapped: expect.any(String) });
  } else {
    // An alarm goes before it in the strip; the alarm center lists what the system has to say.
    await page.keyboard.press('Alt+KeyA');
    const center = page.getByRole('region', { name: '告警中心' });
    await expect(center.getByText('本机不存个人信息：系统没有加密的密钥库')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(center).toBeHidden();
    await expect(access(file)).rejects.toThrow('ENOENT');
  }
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

test('the ciphers of personal data work in the host of the shell too', async () => {
  test.slow();
  const dataFolder = join(folder, 'people');
  const secretFile = join(folder, 'secret');
  await writeFile(secretFile, 'a pass-phrase of the shell\n', { mode: 0o600 });
  const { app, page } = await startApp(dataFolder, ['--no-simulate', '--secret-file', secretFile]);
  await new DeskPage(page).ready();
  const call = async (method: string, input: object): Promise<unknown> => {
    const { stdout, exitCode } = await runCtl('--data', dataFolder, method, JSON.stringify(input));
    expect(exitCode).toBe(0);
    return JSON.parse(stdout);
  };
  const reporter = { name: '王小明', phone: '13812341234' };
  const { caseId } = (await call('case.report', { ...aReportInput(), reporter })) as { caseId: string };
  expect(await call('case.get', { id: caseId })).toMatchObject({ reporter: { name: '王**', phone: '138****1234' } });
  expect(await call('person.reveal', { caseId, reason: '回访' })).toMatchObject(reporter);
  await app.close();
});
