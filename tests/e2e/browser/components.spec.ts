import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { required } from '#domain/base/assert-never.ts';
import { componentCsv } from '#tests/builders/component-file.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const ROWS = 3_000;

let host: HostProcess;
let middle: readonly [lon: number, lat: number];

test.beforeEach(() => test.slow());
test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
  const district = await host.call('district.get', {});
  const whole = required(district.ok ? district.value.areas.find(({ level }) => level === 1) : undefined, 'a district');
  const [west, south, east, north] = whole.bounds;
  middle = [(west + east) / 2, (south + north) / 2];
});
test.afterAll(async () => {
  await host.stop();
});

test('an inventory is tried out, imported with its refused rows, drawn near by and counted far out, and taken off', async ({
  page,
}) => {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  const legend = desk.map.getByRole('group', { name: '图例' });
  const panel = desk.map.getByRole('region', { name: '图层' });
  const dialog = page.getByRole('dialog', { name: '部件清单' });

  await desk.map.getByRole('button', { name: '图层' }).click();
  await panel.getByRole('switch', { name: '部件', exact: true }).click({ force: true });
  await expect(panel).toContainText('还没有导入部件清单');
  await panel.getByRole('button', { name: '部件清单…' }).click();
  const [lon, lat] = middle;
  const csv = componentCsv({ rows: ROWS, bounds: [lon - 0.02, lat - 0.02, lon + 0.02, lat + 0.02] });
  const file = { name: '部件.csv', mimeType: 'text/csv', buffer: Buffer.from(`${csv}123,井盖,,116.65,40.13\n`) };
  await dialog.locator('input[type=file]').setInputFiles(file);
  await expect(dialog).toContainText('部件.csv');
  await dialog.getByRole('button', { name: '试运行' }).click();
  await expect(dialog.getByText('试运行，没有写入。')).toBeVisible();
  await expect(dialog).toContainText('还没有导入部件清单');
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  await expect(dialog).toContainText('共 3,001 行：新增 3,000，已有 0，拒绝 1，存疑 0');
  await expect(dialog.getByRole('row').filter({ hasText: '部件标识码不是 17 位数字' })).toContainText('3002');
  await expect(dialog).toContainText(/被拒绝的行存于 .*refused-components-/);
  await expect(dialog).toContainText('已保存 3,000 个');
  const { violations } = await new AxeBuilder({ page }).withTags(rules).include('[role=dialog]').analyze();
  expect(violations.map(({ id, nodes }) => ({ id, target: nodes[0]?.target }))).toEqual([]);
  await page.screenshot({ path: 'test-results/components-dialog.png' });
  await dialog.getByRole('button', { name: '关闭' }).last().click();

  await expect(panel).toContainText(/部件清单截至 \d{4}-\d\d-\d\d/);
  await expect(legend).toContainText('部件共 3,000 个，放大到 15 级逐个显示');
  await expect(legend).toContainText('部件数 / 镇街');
  await page.screenshot({ path: 'test-results/components-far.png' });
  await panel.getByRole('button', { name: '收起图层' }).click();
  await page.locator('#city-map').focus();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('+');
  await expect(legend.getByRole('listitem').filter({ hasText: '部件（共 3,000 个）' })).toContainText(/个）[1-9]/);
  await page.screenshot({ path: 'test-results/components-near.png' });

  await page.keyboard.press('l');
  await panel.getByRole('button', { name: '部件清单…' }).click();
  await dialog.getByRole('button', { name: '撤下' }).click();
  await expect(dialog).toContainText('还没有导入部件清单');
  await dialog.getByRole('button', { name: '关闭' }).last().click();
  await expect(legend).not.toContainText('部件');
  desk.expectNoFaults();
});
