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

test('the warnings open by their key, say why, open their cases, and become a proactive task by keyboard', async ({
  page,
}) => {
  // Every element is looked at, twice.
  test.slow();
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  const tool = page.getByRole('region', { name: '预警 · 未诉先办' });
  for (const description of ['甲', '乙', '丙']) {
    const outcome = await host.call('case.report', { classRef, description, lon: 116.65, lat: 40.13 });
    if (!outcome.ok) throw new Error(outcome.error.code);
  }
  await page.keyboard.press('Alt+KeyY');
  const list = tool.getByRole('listbox', { name: '预警清单' });
  await expect(list).toBeFocused();
  await expect(list.getByRole('option')).toHaveText(/重复.*垃圾站（箱）满溢.*3 件/);
  const detail = tool.getByRole('complementary', { name: '为何列出' });
  await expect(detail).toContainText('30 天内，50 米以内，同一类别 3 件。');
  await expect(detail.getByRole('listitem')).toHaveCount(3);
  await expect(detail).toContainText('已在地图上标出');
  for (const theme of ['亮', '暗']) {
    const { violations } = await new AxeBuilder({ page }).include('[aria-label="预警 · 未诉先办"]').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await page.getByRole('button', { name: new RegExp(`^${theme}`) }).click();
  }

  await list.focus();
  await page.keyboard.press('Enter');
  await expect(detail.getByRole('button', { name: '立为主动治理任务' })).toBeFocused();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: '登记案件' });
  await expect(form.getByLabel(/^描述/)).toHaveValue(/^未诉先办（重复）：.*同一类别 3 件。$/);
  await form.getByRole('button', { name: '登记', exact: true }).click();
  await expect(form).toBeHidden();
  await expect(desk.caseDesk).toContainText('垃圾站（箱）满溢');
  desk.expectNoFaults();
});

test('a young host says that it cannot tell bursts yet, and Escape leads back', async ({ page }) => {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await page.keyboard.press('Alt+KeyY');
  const tool = page.getByRole('region', { name: '预警 · 未诉先办' });
  await expect(tool.getByText('没有要预警的')).toBeVisible();
  await expect(tool.getByText('历史不足四周，暂不判断突增')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tool).toBeHidden();
  desk.expectNoFaults();
});
