import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { required } from '#domain/base/assert-never.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let host: HostProcess;

test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterAll(async () => {
  await host.stop();
});

async function report(change: Parameters<typeof aReportInput>[0]): Promise<string> {
  const outcome = await host.call('case.report', aReportInput(change));
  return required(outcome.ok ? outcome.value : undefined, 'the report is recorded').caseId;
}

test('two reports of one cause are compared, merged by keyboard, and taken apart again', async ({ page }) => {
  const other = await report({ lat: 40.13003, description: '路口井盖破损，有人绊倒', source: 'hotline' });
  const own = await report({ description: '井盖破损' });
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await desk.row(own.slice(-4)).click();
  await expect(desk.state()).toBeVisible();

  await page.keyboard.press('Alt+m');
  const tool = page.getByRole('region', { name: '同因并案' });
  const candidate = tool.getByRole('option').filter({ hasText: other.slice(-4) });
  await expect(candidate).toContainText('同类');
  await expect(candidate).toContainText('相距 3 m');
  const row = (name: string) => tool.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await expect(row('来源').getByRole('img', { name: '不同' })).toBeVisible();
  await expect(row('类别').getByRole('img', { name: '不同' })).toHaveCount(0);

  await expect(tool.getByRole('button', { name: /^并入/ })).toBeDisabled();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(tool.getByText('保留反映人 2 个，逐一回访')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'best-practice']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
  await tool.getByRole('textbox', { name: '并案理由' }).focus();
  await page.keyboard.press('Enter');
  await expect(tool.getByText(/^已并案，序号 \d+/)).toBeVisible();

  const merged = tool.getByRole('region', { name: '已并入的报告' });
  await expect(merged.getByRole('listitem')).toContainText('路口井盖破损');
  await merged.getByRole('button', { name: '拆案' }).click();
  await merged.getByRole('textbox', { name: '拆案理由' }).fill('不是同一处');
  await page.keyboard.press('Enter');
  await expect(tool.getByText(/^已拆案，序号 \d+/)).toBeVisible();
  await expect(merged.getByText('没有并入的报告')).toBeVisible();
  await expect(candidate).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tool).toBeHidden();
  desk.expectNoFaults();
});
