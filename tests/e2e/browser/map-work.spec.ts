import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let host: HostProcess;

test.beforeEach(() => test.slow());
test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
  for (let index = 0; index < 6; index += 1) {
    await host.call('case.report', aReportInput({ lon: 116.65 + index / 100, lat: 40.13 }));
  }
});
test.afterAll(async () => {
  await host.stop();
});

async function open(page: Page): Promise<{ desk: DeskPage; tool: (name: string) => Locator }> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  return { desk, tool: (name) => desk.map.getByRole('group', { name: '地图工具' }).getByRole('button', { name }) };
}

/** Kilometres that the scale bar stands for, per pixel, so that a flight shows. */
function scaleOf(desk: DeskPage): Locator {
  return desk.map.locator('[data-corner=bottom-left]').first();
}

test('a place is found by initials, town and village, code, case and coordinate, and flown to by keyboard', async ({
  page,
}) => {
  const { desk } = await open(page);
  const panel = desk.map.getByRole('region', { name: '查找地点' });
  const field = panel.getByRole('combobox', { name: '查找地点' });
  const options = panel.getByRole('option');
  const whole = await scaleOf(desk).innerText();
  await page.keyboard.press('Alt+G');
  await expect(field).toBeFocused();
  await field.fill('tzz');
  await expect(options.first()).toContainText('天竺镇');
  await page.keyboard.press('Enter');
  await expect(scaleOf(desk)).not.toHaveText(whole);
  const town = await scaleOf(desk).innerText();

  await field.fill('于庄');
  // Two villages of one name before the grids in them.
  await expect(options.nth(1)).toContainText('村居');
  const [first, second] = [await options.nth(0).innerText(), await options.nth(1).innerText()];
  expect(first).toMatch(/.+ \/ 于庄村/);
  expect(second).toMatch(/.+ \/ 于庄村/);
  expect(first).not.toBe(second);
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(options.nth(0)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(scaleOf(desk)).not.toHaveText(town);
  await page.screenshot({ path: 'test-results/find-place.png' });
  const axe = await new AxeBuilder({ page }).withTags(rules).analyze();
  expect(axe.violations).toEqual([]);

  await field.fill('40.13, 116.65');
  await expect(options).toHaveText([/东经 116.65000 北纬 40.13000/]);
  await page.keyboard.press('Enter');
  await field.fill('zzzzqq');
  await expect(options).toHaveCount(0);
  await expect(panel).toContainText('没有找到');

  await field.fill('井盖');
  await page.keyboard.press('Enter');
  await expect(desk.caseDesk).toContainText('井盖');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  desk.expectNoFaults();
});

test('two figures side by side share one camera; both legends are true; one key leaves and frees the second map', async ({
  page,
}) => {
  const { desk, tool } = await open(page);
  const second = page.getByRole('region', { name: '对比图' });
  const canvases = () => page.locator('canvas').count();
  const before = await canvases();
  await page.setViewportSize({ width: 1900, height: 1000 });
  await tool('对比').click();
  const legend = second.getByRole('group', { name: '图例' });
  await expect(legend).toContainText('超期件数 / 镇街');
  await expect(desk.map.getByRole('group', { name: '图例' }).first()).toContainText('在办件数 / 镇街');
  await second.getByRole('button', { name: /指标/ }).click();
  await page.getByRole('option', { name: '未派遣件数' }).click();
  await expect(legend).toContainText('未派遣件数 / 镇街');
  await expect(legend).toContainText('3+');
  await second.getByRole('button', { name: /时间/ }).click();
  await page.getByRole('option', { name: '1 天前' }).click();
  await expect(second).toContainText('当时所知');
  // A day ago nothing had been reported: none of the thirty has one.
  await expect(legend.getByRole('listitem').filter({ hasText: /^0\s*30 个$/ })).toBeVisible();
  await page.screenshot({ path: 'test-results/compare.png' });
  const axe = await new AxeBuilder({ page }).withTags(rules).analyze();
  expect(axe.violations).toEqual([]);

  // The first map drills down by zoom, and the second one with it.
  for (let step = 0; step < 4; step += 1) await desk.map.getByRole('button', { name: '放大' }).click();
  await expect(desk.map.getByRole('group', { name: '图例' }).first()).toContainText('在办件数 / 村居');
  await expect(legend).toContainText('未派遣件数 / 村居');

  await page.keyboard.press('Escape');
  await expect(second).toBeHidden();
  await expect.poll(canvases).toBe(before);
  for (let round = 0; round < 16; round += 1) {
    await tool('对比').click();
    await expect(legend).toContainText('超期件数');
    await page.keyboard.press('Escape');
    await expect(second).toBeHidden();
  }
  // Browsers hold sixteen contexts at most: with a leak the first map would have lost its own.
  await expect.poll(canvases).toBe(before);
  await expect(desk.map.locator('[data-status=ready]')).toHaveCount(1);
  desk.expectNoFaults();
});

test('the camera follows the newest report until a person takes it in hand', async ({ page }) => {
  const { desk, tool } = await open(page);
  const whole = await scaleOf(desk).innerText();
  await tool('跟随').click();
  const strip = desk.map.getByRole('group', { name: '地图跟随' });
  await expect(strip).toContainText(/正在跟随 \d{4}/);
  await expect(scaleOf(desk)).not.toHaveText(whole);
  const first = await strip.innerText();
  const reported = await host.call('case.report', aReportInput({ lon: 116.85, lat: 40.2 }));
  expect(reported.ok).toBe(true);
  await expect(strip).not.toHaveText(first);
  await strip.getByRole('button', { name: '列表首件' }).click();
  await expect(strip).toContainText(/正在跟随 \d{4}/);
  const box = await desk.map.locator('#city-map').boundingBox();
  if (box === null) throw new Error('the map is not on the screen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(strip).toBeHidden();
  await expect(tool('跟随')).toHaveAttribute('aria-pressed', 'false');
  desk.expectNoFaults();
});

test('pins with notes are set by mouse and by keyboard, kept, taken away and brought back', async ({ page }) => {
  const { desk, tool } = await open(page);
  const panel = desk.map.getByRole('region', { name: '图钉' });
  await tool('图钉').click();
  await expect(panel).toContainText('还没有图钉');
  await panel.getByRole('button', { name: '在图上点选' }).click();
  const box = await desk.map.locator('#city-map').boundingBox();
  if (box === null) throw new Error('the map is not on the screen');
  await page.mouse.click(box.x + box.width * 0.75, box.y + box.height * 0.6);
  await panel.getByRole('textbox', { name: '1 号图钉的备注' }).fill('明早复看路口积水');
  await panel.getByRole('button', { name: '钉在图中央' }).press('Enter');
  await panel.getByRole('textbox', { name: '2 号图钉的备注' }).fill('临时指挥点');
  await page.screenshot({ path: 'test-results/pins.png' });
  const axe = await new AxeBuilder({ page }).withTags(rules).analyze();
  expect(axe.violations).toEqual([]);
  await page.reload();
  await desk.ready();
  await expect(desk.map.getByText('1 明早复看路口积水')).toBeVisible();
  await tool('图钉').click();
  await panel.getByRole('button', { name: '删除 1 号图钉' }).click();
  await expect(desk.map.getByText('1 明早复看路口积水')).toHaveCount(0);
  await panel.getByRole('button', { name: '撤销删除 1 号' }).click();
  await expect(desk.map.getByText('1 明早复看路口积水')).toBeVisible();
  const whole = await scaleOf(desk).innerText();
  await panel.getByRole('button', { name: '前往 1 号图钉' }).click();
  await expect(scaleOf(desk)).not.toHaveText(whole);
  // It never left the page.
  expect(JSON.stringify(await host.call('audit.list', {}))).not.toContain('积水');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  desk.expectNoFaults();
});
