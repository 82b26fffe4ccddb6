import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let folder: string;
let host: HostProcess;

test.beforeEach(async () => {
  test.setTimeout(240_000);
  folder = await mkdtemp(join(tmpdir(), 'grid-command-wall-'));
  host = await startHost({ dataFolder: join(folder, 'data'), args: ['--no-simulate', '--wall', 'review'] });
});
test.afterEach(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

const person = { name: '哨兵甲姓名', phone: '13812349876' };

/** A case with a reporter, and a name among its words. */
async function aReport(): Promise<string> {
  const outcome = await host.call('case.report', {
    source: 'desk',
    classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '06014', name: '道路遗撒' },
    lon: 116.65,
    lat: 40.13,
    address: `${person.name}家门口`,
    description: `${person.name}反映，电话 ${person.phone}`,
  });
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.caseId;
}

async function openWall(page: Page, display: string): Promise<void> {
  const address = new URL(host.firstLine.wall ?? '');
  address.search = `?display=${display}`;
  await page.goto(address.href);
}

const showing = (page: Page, scene: string, why: string) =>
  expect(page.locator(`[data-scene=${scene}][data-why=${why}]`)).toBeAttached({ timeout: 60_000 });

test('the desk puts a case on one display, pauses and takes it off; the wall shows no words of people; a reload and a new host show the same', async ({
  page,
  browser,
}) => {
  const id = await aReport();
  await openWall(page, 'left');
  await showing(page, 'review', 'turn');

  const deskWindow = await browser.newPage();
  const desk = new DeskPage(deskWindow);
  await deskWindow.goto(host.firstLine.url);
  await desk.ready();
  await desk.row('道路遗撒').first().click();
  await deskWindow.keyboard.press('Alt+w');
  const dialog = deskWindow.getByRole('dialog', { name: '大屏' });
  await expect(dialog.locator('[data-display=left]')).toContainText('汇报展示');
  await dialog.getByRole('button', { name: /设置对象/ }).click();
  await deskWindow.getByRole('option', { name: 'left' }).click();
  await dialog.getByRole('form', { name: '上墙' }).getByRole('button', { name: '上墙', exact: true }).click();
  await showing(page, 'incident', 'push');
  await expect(page.locator('footer')).toContainText('desk-1 推送');
  await expect(page.locator('[data-timeline]')).toContainText('上报');
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  expect(text).not.toContain(person.name);
  expect(text).not.toContain('1381234');
  expect(text).not.toMatch(/1[3-9]\d{9}/);

  await page.reload();
  await showing(page, 'incident', 'push');
  expect((await host.call('case.get', { id })).ok).toBe(true);

  await dialog.getByRole('button', { name: '撤下' }).click();
  await showing(page, 'review', 'turn');
  await dialog.getByRole('button', { name: '暂停轮播' }).click();
  await showing(page, 'review', 'paused');
  await deskWindow.close();

  const { port } = new URL(host.address);
  await host.kill();
  await expect(page.getByRole('alert')).toContainText('画面已停止更新');
  host = await startHost({ dataFolder: join(folder, 'data'), args: ['--no-simulate', '--wall', '--port', port] });
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 60_000 });
  await showing(page, 'review', 'paused');
});
