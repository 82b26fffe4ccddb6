import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { PositionRow } from '#contract/forces.ts';
import { required } from '#domain/base/assert-never.ts';
import { runCtl, startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const minute = 60_000;

let host: HostProcess;
/** Middle of the district, which is that of the map as it opens. */
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

/** As a gateway does it: with the token of a tool on the host's machine. */
async function report(...rows: readonly Partial<PositionRow>[]): Promise<void> {
  const [lon, lat] = middle;
  const whole = rows.map((row) => ({
    ...{ id: 'grid-staff-7', kind: 'grid_staff', unit: '110113106', lon, lat, at: Date.now(), ...row },
  }));
  const { exitCode, stdout } = await runCtl(
    ...['--data', host.dataFolder, 'positions.report', JSON.stringify({ rows: whole })],
  );
  expect(exitCode, stdout).toBe(0);
}

async function open(page: Page): Promise<{ desk: DeskPage; legend: Locator; panel: Locator; card: Locator }> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  return {
    desk,
    legend: desk.map.getByRole('group', { name: '图例' }),
    panel: desk.map.getByRole('region', { name: '图层' }),
    card: desk.map.getByRole('region', { name: '人员或车辆' }),
  };
}

async function middleOf(desk: DeskPage): Promise<readonly [number, number]> {
  const box = required(await desk.page.locator('#city-map').boundingBox(), 'the map has a place');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

test('who is in the field stands on the map with age and legend, by kind; a click shows the card and the track', async ({
  page,
}) => {
  const at = (ago: number) => Date.now() - ago;
  await report(
    { lon: middle[0] - 0.02, at: at(4 * minute) },
    { lon: middle[0] - 0.01, at: at(2 * minute) },
    {},
    { id: 'vehicle-1', kind: 'vehicle', lon: middle[0] + 0.05, at: at(6 * minute) },
    { id: 'lane-steward-1', kind: 'lane_steward', lon: middle[0] + 0.06, at: at(40 * minute) },
  );
  const { desk, legend, panel, card } = await open(page);
  await expect(legend).toContainText(/人员、车辆 · \d\d:\d\d:\d\d/);
  for (const [name, number] of [
    ['网格员', '1'],
    ['小巷管家', '1'],
    ['车辆', '1'],
    ['位置较旧', '1'],
    ['位置中断', '1'],
  ] as const) {
    await expect(legend.getByRole('listitem').filter({ hasText: name })).toContainText(number);
  }

  const [x, y] = await middleOf(desk);
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x, y);
  await expect(desk.map.getByText(/网格员 grid-staff-7 · .+ · \d+ 秒前 · 位置有效/)).toBeVisible();
  await page.mouse.click(x, y);
  await expect(card).toContainText('网格员 grid-staff-7');
  await expect(card).toContainText('查看轨迹会记入操作记录');
  await card.getByRole('button', { name: '近 1 小时轨迹' }).click();
  await expect(card).toContainText('轨迹 3 点');
  const { violations } = await new AxeBuilder({ page }).withTags(rules).include('#city-map').analyze();
  expect(violations.map(({ id, nodes }) => ({ id, target: nodes[0]?.target }))).toEqual([]);
  await page.screenshot({ path: 'test-results/forces-card.png' });
  const audit = await host.call('audit.list', { limit: 2 });
  expect(audit.ok && audit.value.entries.map(({ act, outcome }) => `${act} ${outcome}`)).toEqual([
    'forces.track done',
    'forces.track begun',
  ]);
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);

  await desk.map.getByRole('button', { name: '图层' }).click();
  await expect(panel).toContainText('超过 5 分钟为较旧，30 分钟为中断 · 占位，可配置');
  await panel.getByRole('switch', { name: '车辆', exact: true }).click({ force: true });
  await expect(legend.getByRole('listitem').filter({ hasText: '车辆' })).toHaveCount(0);
  await expect(legend.getByRole('listitem').filter({ hasText: '网格员' })).toContainText('1');
  await page.screenshot({ path: 'test-results/forces-panel.png' });
  await panel.getByRole('switch', { name: '人员、车辆' }).click({ force: true });
  await expect(legend).not.toContainText('网格员');
  await panel.getByRole('button', { name: '恢复默认图层' }).click();
  await expect(legend.getByRole('listitem').filter({ hasText: '车辆' })).toContainText('1');
  desk.expectNoFaults();
});

test('a new position moves the dot; the past shows nobody and says why', async ({ page }) => {
  const { desk, legend } = await open(page);
  await report({ id: 'grid-staff-8', lon: middle[0] - 0.03, lat: middle[1] - 0.03 });
  await expect(legend.getByRole('listitem').filter({ hasText: '网格员' })).toContainText('2');
  await page.keyboard.press('Alt+h');
  await expect(legend).toContainText('历史中不显示人员、车辆');
  await expect(legend).not.toContainText('网格员');
  await page.keyboard.press('Escape');
  await expect(legend.getByRole('listitem').filter({ hasText: '网格员' })).toContainText('2');
  desk.expectNoFaults();
});
