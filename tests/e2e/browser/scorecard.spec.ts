import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let host: HostProcess;

test.beforeEach(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterEach(async () => {
  await host.stop();
});

const classRef = { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '06042', name: '垃圾站（箱）满溢' } as const;

async function reported(description: string): Promise<string> {
  const outcome = await host.call('case.report', { classRef, description, lon: 116.65, lat: 40.13 });
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.caseId;
}

test('the scorecard opens by its key, each number opens its cases by keyboard, and the table is saved', async ({
  page,
}) => {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await page.keyboard.press('Alt+Digit5');
  const card = page.getByRole('region', { name: '考核' });
  await expect(card.getByText('没有数据')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();

  const ids = [await reported('路边垃圾箱满溢'), await reported('垃圾站满溢')];
  await page.keyboard.press('Alt+Digit5');
  const grid = card.getByRole('grid', { name: '考核' });
  await expect(grid.getByRole('row')).toHaveCount(3);
  const reports = grid.getByRole('row').nth(1).getByRole('gridcell', { name: '2', exact: true });
  // From the first figure 受理工单 four to the right: 上报.
  await grid.locator('[tabindex="0"]').focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
  await expect(reports).toBeFocused();
  await page.keyboard.press('Enter');
  const cases = card.getByRole('region', { name: '案件' });
  await expect(cases.getByRole('button')).toHaveCount(2);
  const axe = await new AxeBuilder({ page }).include('main').analyze();
  expect(axe.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  const saving = page.waitForEvent('download');
  await card.getByRole('button', { name: '导出 CSV' }).click();
  const text = await readFile(await (await saving).path(), 'utf8');
  expect(text.startsWith('\uFEFF名次,名次带,代码,名称,综合得分')).toBe(true);
  expect(text.trimEnd().split('\r\n')).toHaveLength(3);

  await cases.getByRole('button').first().click();
  await expect(card).toBeHidden();
  await expect(desk.caseDesk.getByRole('heading').first()).toContainText((ids[0] ?? '').slice(-4));
  desk.expectNoFaults();
});
