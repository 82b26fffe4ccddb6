import { readFile, writeFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { required } from '#domain/base/assert-never.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let host: HostProcess;

test.beforeEach(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterEach(async () => {
  await host.stop();
});

async function openRules(page: Page): Promise<Locator> {
  await page.goto(host.firstLine.url);
  await new DeskPage(page).ready();
  await page.keyboard.press('Alt+r');
  const tool = page.getByRole('region', { name: '规则表', exact: true }).filter({ has: page.getByRole('grid') });
  await expect(tool.getByRole('grid')).toBeVisible();
  await tool.getByRole('grid').focus();
  return tool;
}

/** Puts the keyboard on a cell; rows count as shown, the head row is 1. */
async function goTo(page: Page, row: number, column: number): Promise<void> {
  await page.keyboard.press('Control+Home');
  for (let step = 2; step < row; step += 1) await page.keyboard.press('ArrowDown');
  for (let step = 0; step < column; step += 1) await page.keyboard.press('ArrowRight');
}

/** A case whose handling clock runs by the row of its class. @returns its number */
async function aDispatchedCase(): Promise<string> {
  const reported = await host.call('case.report', aReportInput());
  const { caseId: id } = required(reported.ok ? reported.value : undefined, 'the report is recorded');
  const suggested = await host.call('case.suggestDispatch', { id });
  const [condition] = required(suggested.ok ? suggested.value : undefined, 'the case is known').conditions;
  const registered = await host.call('case.register', { id, condition: condition?.condition ?? '属实' });
  expect(registered.ok).toBe(true);
  const dispatched = await host.call('case.dispatch', { id, unit: '110113012' });
  expect(dispatched.ok, JSON.stringify(dispatched)).toBe(true);
  return id;
}

async function limitsVersion(): Promise<string> {
  const listed = await host.call('tables.list', {});
  const tables = required(listed.ok ? listed.value : undefined, 'tables are listed').tables;
  return required(
    tables.find(({ name }) => name === 'limits'),
    'there is a table of limits',
  ).version;
}

const valueColumn = 9;

test('a limit is edited, checked, previewed and adopted by keyboard; its case moves', async ({ page }) => {
  const id = await aDispatchedCase();
  const tool = await openRules(page);
  await goTo(page, 7, valueColumn);
  await page.keyboard.type('abc');
  await page.keyboard.press('Enter');
  await expect(tool.getByRole('button', { name: /错误.*第 7 行.*时限值.*不是数字/ })).toBeVisible();
  await expect(tool.getByRole('button', { name: '采用…' })).toBeDisabled();
  await page.keyboard.press('Control+z');
  await expect(tool.getByText('没有问题')).toBeVisible();

  await goTo(page, 7, valueColumn);
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await tool.getByRole('button', { name: '预览影响' }).click();
  await expect(tool.getByRole('row').filter({ hasText: `${id.slice(4, 8)}-${id.slice(-4)}` })).toContainText('−1:00');

  await tool.getByRole('button', { name: '采用…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: '取消' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await tool.getByRole('button', { name: '采用…' }).click();
  await expect(dialog.getByRole('button', { name: '采用', exact: true })).toBeDisabled();
  await dialog.getByRole('textbox').fill('井盖缺失一小时内处置');
  await dialog.getByRole('button', { name: '采用', exact: true }).click();
  await expect(tool.getByText(/^已采用，版本/)).toBeVisible();
  await tool.getByRole('button', { name: '版本', exact: true }).click();
  await expect(tool.getByRole('listitem').first()).toContainText('井盖缺失一小时内处置');
  const detail = await host.call('case.get', { id });
  const { handleDueAt, clockStartedAt } = required(detail.ok ? detail.value : undefined, 'the case is known');
  expect((handleDueAt ?? 0) - (clockStartedAt ?? 0)).toBe(3_600_000);
});

test('a draft outlives a look at the desk, and a newer version of somebody else', async ({ page }) => {
  const tool = await openRules(page);
  await goTo(page, 7, valueColumn);
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(tool).toBeHidden();
  const read = await host.call('tables.read', { name: 'limits' });
  const table = required(read.ok ? read.value : undefined, 'the table is known');
  const rows = table.rows.map(({ row, cells }) => (row === 8 ? cells.with(valueColumn, '5') : cells));
  const columns = table.columns.map(({ id }) => id);
  const content = { name: 'limits' as const, columns, rows };
  const adopted = await host.call('tables.adopt', {
    ...{ content, note: '另一席采用', expectedVersion: await limitsVersion() },
  });
  expect(adopted.ok).toBe(true);

  await page.keyboard.press('Alt+r');
  await expect(tool.getByText('已改 1 行').first()).toBeVisible();
  await tool.getByRole('button', { name: '采用…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('改为三小时');
  await page.getByRole('dialog').getByRole('button', { name: '采用', exact: true }).click();
  await expect(tool.getByText('本表已有新版本被采用')).toBeVisible();
  await tool.getByRole('button', { name: '移到新版本上' }).click();
  await expect(tool.getByText(/^修改已移到新版本/)).toBeVisible();
  const cell = (row: number) => tool.locator(`[aria-rowindex="${row}"] [data-type="number"]`);
  await expect(cell(7)).toHaveText('3');
  await expect(cell(8)).toHaveText('5');
  await tool.getByRole('button', { name: '采用…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('改为三小时');
  await page.getByRole('dialog').getByRole('button', { name: '采用', exact: true }).click();
  await expect(tool.getByText(/^已采用，版本/)).toBeVisible();
});

test('a table goes out as a file and comes back; an ended row is no longer in force', async ({ page }, info) => {
  const tool = await openRules(page);
  await tool.getByRole('option', { name: '五方督' }).click();
  await expect(tool.getByRole('grid', { name: /^五方督/ })).toBeVisible();
  const download = page.waitForEvent('download');
  await tool.getByRole('button', { name: '导出 CSV' }).click();
  const file = info.outputPath('parties.csv');
  await (await download).saveAs(file);
  const text = await readFile(file, 'utf8');
  expect(text.startsWith('\uFEFFcode,')).toBe(true);
  await writeFile(file, text.replace(/^(S1,)[^,]*/m, '$1测试监督方'));
  await tool.locator('input[type=file]').setInputFiles(file);
  await expect(tool.getByText(/已读入 5 行/)).toBeVisible();
  await expect(tool.getByText('已改 1 行').first()).toBeVisible();
  await expect(tool.getByRole('gridcell', { name: '测试监督方' })).toBeVisible();

  await tool.getByRole('grid').focus();
  await page.keyboard.press('Control+Home');
  await tool.getByRole('button', { name: '止用' }).click();
  await tool.getByRole('textbox', { name: '自哪一天起不再有效' }).fill('2026-01-01');
  await page.keyboard.press('Enter');
  await expect(tool.locator('[aria-rowindex="2"]')).toHaveAttribute('data-time', 'past');
});

for (const language of ['zh-CN', 'en'] as const) {
  test(`no accessibility fault in the rule tables, ${language}`, async ({ page }) => {
    // Every cell is looked at, twice.
    test.slow();
    await page.addInitScript((choice) => localStorage.setItem('grid-command-desk', JSON.stringify(choice)), {
      ...{ theme: language === 'en' ? 'light' : 'dark', order: 'newest', language },
    });
    await page.goto(host.firstLine.url);
    await new DeskPage(page).ready();
    await page.keyboard.press('Alt+r');
    await expect(page.getByRole('grid')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('option', { name: language === 'en' ? 'Holidays' : '节假日' }).click();
    await page.getByRole('button', { name: language === 'en' ? 'Year' : '年历', exact: true }).click();
    await expect(page.getByRole('button', { name: /2026-10-01/ })).toBeVisible();
    await expectAccessible(page);
  });
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
}
