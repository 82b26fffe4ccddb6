import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startHost } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';
import { findItAgain, storyFile, tellTheStory } from '../pages/life-of-a-case.ts';

let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'life-of-a-case-'));
});
test.afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a case from its file to 结案, and after pulling the plug it is still there', async ({ page }) => {
  test.slow();
  const dataFolder = join(folder, 'data');
  const path = await storyFile(folder);
  const first = await startHost({ dataFolder, args: ['--no-simulate'] });
  const desk = new DeskPage(page);
  await page.goto(first.firstLine.url);
  await tellTheStory(desk, async (press) => {
    const chooser = page.waitForEvent('filechooser');
    await press();
    await (await chooser).setFiles(path);
  });
  expect(page.url(), 'the token leaves the address').not.toContain('token');
  await first.kill();
  await expect(page.getByText(/与主机的连接已断开/)).toBeVisible();
  await expect(page.locator('main[data-stale=true]'), 'what is on the screen is marked as old').toBeVisible();

  const second = await startHost({ dataFolder, args: ['--no-simulate'] });
  await page.goto(second.firstLine.url);
  await findItAgain(desk);
  const verified = await second.call('journal.verify', {});
  expect(verified).toMatchObject({ ok: true, value: { ok: true } });
  await second.stop();
  desk.expectNoFaults();
});
