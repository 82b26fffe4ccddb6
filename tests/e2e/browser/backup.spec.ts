import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let host: HostProcess;
let place: string;

test.beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'grid-command-backup-'));
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterEach(async () => {
  await host.stop();
  await rm(place, { recursive: true, force: true });
});

test('a backup is set, made and drilled on the desk, by keyboard', async ({ page }) => {
  await host.call('case.report', aReportInput());
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await page.keyboard.press('Alt+b');
  const dialog = page.getByRole('dialog', { name: '备份' });
  await expect(dialog.getByText('尚未设定备份位置')).toBeVisible();
  await expect(dialog.getByRole('button', { name: '立即备份' })).toBeDisabled();

  await dialog.getByLabel('备份文件夹').fill(join(place, 'copy'));
  await dialog.getByLabel('每日时间').fill('25:00');
  await expect(dialog.getByText('应为 00:00 至 23:59')).toBeVisible();
  await dialog.getByLabel('每日时间').fill('02:30');
  await dialog.getByRole('button', { name: '保存设定' }).press('Enter');
  await expect(dialog.getByText('设定已保存')).toBeVisible();
  await expect(dialog.getByText(/^下次：.* 02:30:00$/)).toBeVisible();

  await dialog.getByRole('button', { name: '立即备份' }).press('Enter');
  await expect(dialog.getByText(/^最近一次完好的备份/)).toBeVisible();
  await expect(dialog.getByText(/第 1 条/)).toBeVisible();

  await dialog.getByRole('button', { name: '恢复演练' }).press('Enter');
  await dialog.getByRole('button', { name: '开始演练' }).press('Enter');
  await expect(dialog.getByText(/的恢复演练通过$/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  await dialog.getByRole('button', { name: '关闭' }).press('Enter');
  await expect(dialog).toBeHidden();
  desk.expectNoFaults();
});

test('a folder that cannot take a backup is said with the remedy', async ({ page }) => {
  await host.call('backup.configure', { folder: join(host.dataFolder, 'inside'), dailyAt: null });
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await page.getByRole('button', { name: /备份$/ }).click();
  const dialog = page.getByRole('dialog', { name: '备份' });
  await dialog.getByRole('button', { name: '立即备份' }).click();
  await expect(dialog.getByText(/备份文件夹不能用（文件夹与数据目录重叠）/)).toBeVisible();
  await expect(page.getByRole('region', { name: '系统提示' }).getByText(/备份或演练没有完成/)).toBeAttached();
  desk.expectNoFaults();
});
