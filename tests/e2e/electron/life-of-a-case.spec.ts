import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startHost } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';
import { findItAgain, storyFile, tellTheStory } from '../pages/life-of-a-case.ts';
import { hostPid, startApp } from './start-app.ts';

let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'life-of-a-case-'));
});
test.afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a case from its file to 结案 in the real shell, and it is still there after a restart', async () => {
  const dataFolder = join(folder, 'data');
  const path = await storyFile(folder);
  const first = await startApp(dataFolder, ['--no-simulate']);
  await first.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
  const desk = new DeskPage(first.page);
  await tellTheStory(desk, (press) => press());
  desk.expectNoFaults();
  await first.app.close();

  const second = await startApp(dataFolder, ['--no-simulate']);
  const again = new DeskPage(second.page);
  await findItAgain(again);
  again.expectNoFaults();
  await second.app.close();
});

test('the host is killed and comes back, while the window and what is on it live on', async () => {
  const { app, page } = await startApp(join(folder, 'data'), ['--no-simulate']);
  const desk = new DeskPage(page);
  await desk.ready();
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: '登记案件' });
  await dialog.getByLabel(/^描述/).fill('写到一半的描述');
  const before = await hostPid(app);
  process.kill(before, 'SIGKILL');
  await expect(page.getByText(/主机进程已结束|连接已断开/)).toBeVisible();
  await expect(page.getByText(/主机进程已结束|连接已断开/)).toBeHidden();
  expect(await hostPid(app)).not.toBe(before);
  await expect(dialog.getByLabel(/^描述/)).toHaveValue('写到一半的描述');
  desk.expectNoFaults();
  await app.close();
});

test('a folder that another host has: the window says so, and nothing is touched', async () => {
  const dataFolder = join(folder, 'data');
  const other = await startHost({ dataFolder, args: ['--no-simulate'] });
  const { app, page } = await startApp(dataFolder, ['--no-simulate']);
  await expect(page.getByText(/主机无法启动/)).toBeVisible();
  await expect(page.getByText(new RegExp(`${other.firstLine.pid}`))).toBeVisible();
  await app.close();
  expect(await other.call('journal.verify', {})).toMatchObject({ ok: true, value: { ok: true } });
  await other.stop();
});
