import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const CASES = 6;

let host: HostProcess;

test.beforeEach(() => test.slow());
test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
  for (let index = 0; index < CASES; index += 1) {
    const reported = await host.call('case.report', aReportInput({ lon: 116.65 + index / 10_000, lat: 40.13 }));
    expect(reported.ok).toBe(true);
  }
});
test.afterAll(async () => {
  await host.stop();
});

async function open(page: Page): Promise<{ desk: DeskPage; legend: Locator; panel: Locator; button: Locator }> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  return {
    desk,
    legend: desk.map.getByRole('group', { name: '图例' }),
    panel: desk.map.getByRole('region', { name: '图层' }),
    button: desk.map.getByRole('button', { name: '图层' }),
  };
}

test('one panel switches the layers, the legend says what is on the map, and all is remembered', async ({ page }) => {
  const { desk, legend, panel, button } = await open(page);
  await expect(legend).toContainText('在办件数 / 镇街');
  await expect(legend.getByRole('listitem').filter({ hasText: '未派遣' })).toContainText(String(CASES));
  await expect(legend).toContainText('分位数 · 30 个');

  await button.click();
  await panel.getByRole('radio', { name: '村居' }).click({ force: true });
  await expect(legend).toContainText('在办件数 / 村居');
  await expect(legend).toContainText('分位数 · 629 个');
  await panel.getByRole('radio', { name: '等距' }).click({ force: true });
  await expect(legend).toContainText('等距 · 629 个');

  await panel.getByRole('button', { name: /指标/ }).click();
  await page.getByRole('option', { name: '超期占在办' }).click();
  await expect(legend).toContainText('超期占在办 / 村居');
  // Only the villages that have a case have a share; nobody has told how many people live where.
  await expect(legend.getByRole('listitem').filter({ hasText: '无此指标' })).toContainText(/62\d 个/);
  await panel.getByRole('button', { name: /指标/ }).click();
  await expect(page.getByRole('option', { name: '在办 / 万人' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(panel).toContainText('辖区文件没有人口');

  await panel.getByRole('radio', { name: '按环节' }).click({ force: true });
  await expect(legend.getByRole('listitem').filter({ hasText: '受理、立案' })).toContainText(String(CASES));
  await panel.getByText('远看时聚合').click();
  await expect(legend).toContainText(`聚合：${CASES} 件为 1 组`);

  await panel.getByRole('radio', { name: '六边形密度' }).click({ force: true });
  await expect(legend).toContainText(/在办件数 \/ 六边形，宽 \d+ k?m/);
  await panel.getByRole('radio', { name: '近 1 小时' }).click({ force: true });
  await expect(legend).toContainText('近 1 小时派遣');

  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute('aria-pressed', 'false');

  await page.reload();
  await desk.ready();
  await expect(legend).toContainText('六边形');
  await expect(legend).toContainText('近 1 小时派遣');
  await expect(legend).toContainText('受理、立案');
  desk.expectNoFaults();
});

test('every switch is reached and set by keyboard alone', async ({ page }) => {
  const { desk, legend, panel, button } = await open(page);
  await page.locator('#city-map').focus();
  await page.keyboard.press('l');
  await expect(panel).toBeFocused();
  await page.keyboard.press('Tab');
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('radio', { name: '不填色' })).toBeChecked();
  await expect(legend).not.toContainText('在办件数');
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  desk.expectNoFaults();
});

for (const [theme, language] of [
  ['dark', 'zh-CN'],
  ['light', 'en'],
] as const) {
  test(`no accessibility fault in the panel of layers, ${theme}, ${language}`, async ({ page }) => {
    const layers = { points: 'stage', clusters: true, arcs: 'unit' };
    await page.addInitScript((choice) => localStorage.setItem('grid-command-desk', JSON.stringify(choice)), {
      ...{ theme, language, layers },
      order: 'newest',
    });
    const desk = new DeskPage(page);
    await page.goto(host.firstLine.url);
    await desk.ready();
    await page.locator('#map-tool-layers').click();
    await expect(page.getByRole('region', { name: language === 'en' ? 'Layers' : '图层' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
    );
    expect(found).toEqual([]);
    desk.expectNoFaults();
  });
}
