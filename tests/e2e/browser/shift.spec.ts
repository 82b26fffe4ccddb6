import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
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

async function expectNoViolations(page: Page, include: string, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(include).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
  expect(found, what).toEqual([]);
}

test('a shift by keyboard: sign on, mark, note, two signatures, the slip; the lock keeps drafts and tells alarms', async ({
  page,
}) => {
  test.slow();
  const collapse = { standardRef: 'LOCAL-110113', kind: 'matter', code: '10906', name: '路面塌陷' } as const;
  const reported = await host.call('case.report', aReportInput());
  if (!reported.ok) throw new Error(reported.error.code);
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();

  await page.keyboard.press('Alt+KeyJ');
  const dialog = page.getByRole('dialog', { name: /^值班席位/ });
  await dialog.getByLabel('设置 PIN').fill('248163');
  await expectNoViolations(page, '[role=dialog]', 'sign-on');
  await page.keyboard.press('Tab');
  await page.keyboard.type('248163');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: /值班席位 desk-1: 演示/ })).toBeVisible();

  await page.keyboard.press('Alt+Digit4');
  const tool = page.getByRole('region', { name: '交接班', exact: true });
  const risks = tool.getByRole('grid', { name: '4 小时内到期 清单' });
  const row = risks.getByRole('row', { name: new RegExp(reported.value.caseId.slice(-4)) });
  await row.focus();
  await page.keyboard.press('Space');
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.type('已电话催办');
  await expect(tool.getByText('已保存')).toBeVisible();
  await expect(row).toContainText('已电话催办');
  for (const theme of ['亮', '暗']) {
    await expectNoViolations(page, '[aria-label=交接班]', theme);
    await page.getByRole('button', { name: new RegExp(`^${theme}`) }).click();
  }

  await tool.getByLabel('PIN').fill('000000');
  await page.keyboard.press('Enter');
  await expect(tool.getByRole('alert')).toContainText('还可再试 4 次');
  await tool.getByLabel('PIN').fill('248163');
  await page.keyboard.press('Enter');
  await expect(tool.getByText(/签字交班/)).toBeVisible();
  await tool.getByLabel('设置 PIN').fill('731905');
  await page.keyboard.press('Tab');
  await page.keyboard.type('731905');
  await page.keyboard.press('Enter');
  await expect(tool.getByText('往次交接，只读')).toBeVisible();
  await expect(tool.getByText(/签字接班/)).toBeVisible();

  await page.emulateMedia({ media: 'print' });
  const slip = page.getByTestId('handover-slip');
  await expect(slip).toBeVisible();
  await expect(slip).toContainText(/值班交接单[^]*已电话催办[^]*已知悉[^]*交班人[^]*接班人/);
  await expect(tool).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(tool).toBeHidden();

  await page.keyboard.press('F2');
  const draft = page.getByRole('textbox', { name: /^描述/ });
  await draft.fill('写了一半的话');
  await page.keyboard.press('Alt+KeyK');
  const cover = page.getByRole('dialog', { name: '席位已锁定' });
  await expect(cover).toBeVisible();
  const danger = await host.call(
    'case.report',
    aReportInput({ classRef: collapse, description: '路面塌陷，王小明报' }),
  );
  if (!danger.ok) throw new Error(danger.error.code);
  await expect(cover).toContainText('险情未接单');
  await expect(cover).not.toContainText(danger.value.caseId.slice(-4));
  await expect(cover).not.toContainText('王小明');
  await expectNoViolations(page, '[role=dialog][class*=cover]', 'lock');
  await page.keyboard.press('Escape');
  await cover.getByLabel('PIN').fill('731905');
  await page.keyboard.press('Enter');
  await expect(cover).toBeHidden();
  await expect(draft).toHaveValue('写了一半的话');

  await page.keyboard.press('Alt+KeyK');
  await expect(cover).toBeVisible();
  await page.reload();
  await expect(cover.getByLabel('PIN')).toBeVisible();
  desk.expectNoFaults();
});
