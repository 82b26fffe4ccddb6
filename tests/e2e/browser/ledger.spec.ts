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

test('the ledger of a case names its limit, its rule and every span, and follows the case to its next clock', async ({
  page,
}) => {
  const reported = await host.call('case.report', aReportInput());
  const { caseId: id } = required(reported.ok ? reported.value : undefined, 'the report is recorded');
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await desk.row(id.slice(-4)).click();
  const ledger = desk.caseDesk.getByRole('region', { name: '时限账本' });
  await expect(ledger).toContainText('受理15 分钟 · 环节时限');
  await expect(ledger).toContainText('参考默认值 · 可配置');
  await expect(ledger.getByRole('row').filter({ hasText: '剩余，至 15 分钟 届满' })).toBeVisible();
  await expect(ledger.getByRole('row').filter({ hasText: '合计' })).toContainText('0:15');
  await expect(ledger.getByRole('img', { name: /^时间轴/ })).toBeVisible();

  const suggested = await host.call('case.suggestDispatch', { id });
  const [condition] = required(suggested.ok ? suggested.value : undefined, 'the case is known').conditions;
  const registered = await host.call('case.register', { id, condition: condition?.condition ?? '属实' });
  expect(registered.ok).toBe(true);
  await expect(ledger.getByRole('button', { name: /^派遣.*计时中/, pressed: true })).toBeVisible();
  const before = ledger.getByRole('button', { name: /^受理.*按期/ });
  await before.focus();
  await page.keyboard.press('Enter');
  await expect(before).toHaveAttribute('aria-pressed', 'true');
  await expect(ledger).toContainText('止于');
  desk.expectNoFaults();
});
