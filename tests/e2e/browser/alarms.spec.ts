import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { InputOf } from '#contract/api.ts';
import { required } from '#domain/base/assert-never.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let host: HostProcess;

async function report(input: InputOf<'case.report'>): Promise<string> {
  const outcome = await host.call('case.report', input);
  return required(outcome.ok ? outcome.value : undefined, 'the report is recorded').caseId;
}

test.beforeEach(() => test.slow());
test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
  const place = { lon: 116.7, lat: 40.16 };
  const classRef = { standardRef: 'LOCAL-110113', kind: 'matter', code: '10901', name: '供水管道破裂' } as const;
  const id = await report(aReportInput({ ...place, description: '供水管道破裂', classRef }));
  const located = await host.call('grid.locate', place);
  const township = located.ok ? (located.value.path[1]?.code ?? '') : '';
  expect(await host.call('case.register', { id, condition: '属实' })).toMatchObject({ ok: true });
  expect(await host.call('case.dispatch', { id, unit: township, opinion: '立即处理' })).toMatchObject({ ok: true });
  await report(aReportInput({ description: '占道经营', source: 'video', lon: 116.75, lat: 40.1 }));
  for (let count = 0; count < 3; count += 1) await report(aReportInput({ description: '井盖破损' }));
});
test.afterAll(async () => {
  await host.stop();
});

test('alarms are marked by shape with their legend, warnings are a list that leads to cases and areas', async ({
  page,
}) => {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  const legend = desk.map.getByRole('group', { name: '图例' });
  const panel = desk.map.getByRole('region', { name: '图层' });
  await desk.map.getByRole('button', { name: '图层' }).click();
  await panel.getByRole('switch', { name: '告警' }).click({ force: true });
  await expect(legend.getByRole('listitem').filter({ hasText: '紧急案件' })).toContainText('1');
  await expect(legend.getByRole('listitem').filter({ hasText: '视频、传感上报' })).toContainText('1');
  await expect(legend.getByRole('listitem').filter({ hasText: '预警' })).toContainText('1');
  await expect(desk.map.getByTestId('alarm-marks').locator('[data-kind]')).toHaveCount(3);

  await panel.getByRole('button', { name: '预警清单…' }).click();
  await panel.getByRole('button', { name: '收起图层' }).click();
  const list = desk.map.getByRole('region', { name: '预警清单' });
  await expect(list).toContainText('阈值为占位，可配置');
  await list.getByRole('button', { name: /反复问题 · .+ · .+ · 七天内 3 件/ }).click();
  await expect(desk.map.getByRole('navigation').getByRole('button')).toHaveCount(5);
  const { violations } = await new AxeBuilder({ page })
    .withTags(rules)
    .include('section[aria-label="预警清单"]')
    .analyze();
  expect(violations.map(({ id, nodes }) => ({ id, target: nodes[0]?.target }))).toEqual([]);
  await page.screenshot({ path: 'test-results/alarms.png' });
  await list.getByRole('button', { name: '收起清单' }).click();
  await expect(list).toHaveCount(0);

  await page.keyboard.press('Alt+h');
  await expect(legend.getByRole('listitem').filter({ hasText: '紧急案件' })).toContainText('1');
  await expect(legend).not.toContainText('预警');
  desk.expectNoFaults();
});
