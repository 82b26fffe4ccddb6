import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { DAY_MS, instant } from '#domain/base/instant.ts';
import { gcj02FromWgs84 } from '#domain/grid/coordinates/china-shift.ts';
import { dayOf } from '#domain/reference/day.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { geoJsonOf, type PlainFeature } from '#tests/builders/district-formats.ts';
import { writeLargeDistrict } from '#tests/builders/large-district-file.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let host: HostProcess;
let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grid-command-lab-'));
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterEach(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The whole default district in GCJ-02; the grid of the example report is gone, and two others have changed names. */
async function redrawnFile(): Promise<{ readonly path: string; readonly gone: string }> {
  const { areas, locate } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../../resources')));
  const { lon = 0, lat = 0 } = aReportInput();
  const gone = locate(lon ?? 0, lat ?? 0) ?? '';
  const features = areas.district.levels.flat().flatMap(({ code, name, polygons }): readonly PlainFeature[] => {
    if (code === gone) return [];
    const shifted = polygons.map((rings) => rings.map((ring) => ring.map((position) => gcj02FromWgs84(position))));
    return [{ properties: { code, name }, polygons: shifted }];
  });
  const path = join(folder, '顺义区.geojson');
  await writeFile(path, geoJsonOf(features));
  return { path, gone };
}

/** The choice of a view; its label takes the click. */
function view(tool: Locator, name: string): Locator {
  return tool.locator('label').filter({ hasText: new RegExp(`^${name}$`) });
}

async function openLab(page: Page): Promise<Locator> {
  await page.goto(host.firstLine.url);
  await new DeskPage(page).ready();
  await page.keyboard.press('Alt+d');
  const tool = page.getByRole('region', { name: '辖区导入', exact: true });
  await expect(tool.getByRole('button', { name: '选择辖区文件' })).toBeFocused();
  return tool;
}

test('a redrawn district: doctor, problems on the map, try-out, accepted with its day', async ({ page }) => {
  test.slow();
  const desk = new DeskPage(page);
  await host.call('case.report', aReportInput());
  const { path, gone } = await redrawnFile();
  const tool = await openLab(page);
  await expect(tool.getByRole('row', { name: /随程序或命令行给出.*现行/ })).toBeVisible();
  await tool.locator('input[type=file]').setInputFiles(path);

  await view(tool, '坐标与字段').click({ timeout: 60_000 });
  await expect(tool.getByRole('status').filter({ hasText: '坐标系是 GCJ-02，其他的至少再差' })).toBeVisible();
  await expect(tool.getByRole('row', { name: /GCJ-02.*已采用/ })).toBeVisible();
  await expect(tool.getByRole('button', { name: '按此检查 BD-09' })).toBeVisible();

  await view(tool, '问题 1').click();
  const list = tool.getByRole('listbox', { name: '问题列表' });
  await expect(list.getByRole('option').first()).toHaveText('缝隙 · 第 4 级 · 1 处');
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('option', { selected: true })).toContainText(' m²');
  await expect(tool.getByText('已在地图上显示')).toBeVisible();
  await expect(page.locator('canvas[data-overlay=place]')).toBeVisible();
  await expect(tool.getByText(/^全部问题已存为 .*district-examination-.*\.csv$/)).toBeVisible();
  await tool.getByRole('searchbox', { name: '查编码' }).fill('没有这样的编码');
  await expect(tool.getByText('没有符合筛选的问题')).toBeVisible();
  await tool.getByRole('searchbox', { name: '查编码' }).fill('');

  await view(tool, '差异').click();
  const changes = tool.getByRole('listbox', { name: '差异列表' });
  await expect(changes.getByRole('option').first()).toHaveText('取消 · 第 4 级 · 1 处', { timeout: 60_000 });
  await expect(tool.getByText('第 4 级 1,999 → 1,998 个')).toBeVisible();
  await changes.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(changes.getByRole('option', { selected: true })).toContainText(gone);
  await expect(tool.getByText('已在地图上显示')).toBeVisible();

  await view(tool, '试算').click();
  await expect(tool.getByText('还没有试算')).toBeVisible();
  await tool.getByRole('button', { name: '试算', exact: true }).click();
  await expect(tool.getByText('1 件中 1 件换网格（在办 1 件），1 件无网格可归')).toBeVisible();
  const loads = tool.getByRole('table', { name: '各网格工作量' });
  await expect(loads.getByRole('row', { name: new RegExp(`${gone}.*取消`) })).toBeVisible();
  await loads.getByRole('button', { name: '网格编码' }).click();
  await expect(loads.getByRole('columnheader', { name: '网格编码' })).toHaveAttribute('aria-sort', 'ascending');

  await view(tool, '问题 1').click();
  await list.getByRole('option', { name: /^案件 \d{14}/ }).click();
  await expect(tool.getByText('已在地图上显示')).toBeVisible();

  await view(tool, '采用').click();
  await tool.getByRole('textbox', { name: /^生效日/ }).fill('2020-01-01');
  await expect(tool.getByText(/^应为今天/)).toBeVisible();
  const day = dayOf(instant(Date.now() + 2 * DAY_MS));
  await tool.getByRole('textbox', { name: /^生效日/ }).fill(day);
  await tool.getByRole('textbox', { name: '说明' }).fill('区划调整');
  await tool.getByRole('button', { name: '采用…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: `采用“顺义区”，自 ${day} 生效？` });
  await expect(dialog.getByText('还有 1 处问题，将原样采用，不作修补。')).toBeVisible();
  await expect(dialog.getByRole('button', { name: '取消' })).toBeFocused();
  await dialog.getByRole('button', { name: '采用', exact: true }).press('Enter');
  await expect(tool.getByText(`已采用，自 ${day} 零时起自动生效，不需重启`)).toBeVisible();
  await tool.getByRole('button', { name: '版本', exact: true }).click();
  await expect(tool.getByRole('row', { name: /顺义区.*待生效.*1 \/ 30 \/ 629 \/ 1,998/ })).toBeVisible();
  await tool.getByRole('button', { name: '撤回 顺义区' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
  await expect(tool.getByRole('row', { name: /顺义区/ })).toBeHidden();

  await page.keyboard.press('Escape');
  await expect(tool).toBeHidden();
  await expect(page.locator('canvas[data-overlay=place]')).toBeHidden();
  desk.expectNoFaults();
});

test('a file of another place is not guessed at, one that is no district says why', async ({ page }) => {
  test.slow();
  const desk = new DeskPage(page);
  const tool = await openLab(page);
  const square = [
    [100, 30],
    [100.1, 30],
    [100.1, 30.1],
    [100, 30.1],
    [100, 30],
  ] as const;
  const far = join(folder, 'far.geojson');
  await writeFile(far, geoJsonOf([{ properties: { 网格编码: '510101', name: '远' }, polygons: [[square]] }]));
  await tool.locator('input[type=file]').setInputFiles(far);
  await expect(tool.getByRole('alert').filter({ hasText: '坐标诊断不了：最接近的也相差太远' })).toBeVisible();
  await tool.getByRole('button', { name: '按此检查 CGCS2000 / WGS-84' }).click();
  await expect(tool.getByText('没有发现问题')).toBeVisible();

  await tool.getByRole('button', { name: '另选文件' }).click();
  const none = join(folder, 'none.geojson');
  await writeFile(none, 'nothing');
  await tool.locator('input[type=file]').setInputFiles(none);
  await view(tool, '问题 1').click();
  await expect(tool.getByRole('option').first()).toHaveText('文件本身 · 1 处');
  await expect(tool.getByRole('option').nth(1)).toContainText('整个文件');
  await view(tool, '采用').click();
  await expect(tool.getByText('没有检查过边界，不能采用。请先选定坐标系。')).toBeVisible();
  desk.expectNoFaults();
});

test('a file of 500 MB tells how far it is and is cancelled; an upload too', async ({ page }) => {
  test.slow();
  const desk = new DeskPage(page);
  const large = join(folder, 'large.geojson');
  await writeLargeDistrict(large);
  const small = join(folder, 'small.geojson');
  await writeFile(small, geoJsonOf([]));
  // The file lies where the host finds it: what is shown is the examination, not the way there.
  await page.route('**/upload?*', (route) => route.fulfill({ json: { path: large } }));
  const tool = await openLab(page);
  await tool.locator('input[type=file]').setInputFiles(small);
  await expect(tool.getByText(/^正在读取：[\d.]+ \/ 50\d\.\d MB$/)).toBeVisible();
  await tool.getByRole('button', { name: '取消' }).click();
  await expect(tool.getByText('已取消，没有采用任何内容')).toBeVisible();

  // Never answered.
  await page.unrouteAll();
  await page.route('**/upload?*', () => {});
  await tool.locator('input[type=file]').setInputFiles(small);
  await expect(tool.getByText('正在上传 small.geojson…')).toBeVisible();
  await expect(tool.getByRole('button', { name: '取消' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(tool.getByText('已取消，没有采用任何内容')).toBeVisible();
  desk.expectNoFaults();
});

for (const language of ['zh-CN', 'en'] as const) {
  test(`no accessibility fault in the lab, ${language}`, async ({ page }) => {
    await page.addInitScript((choice) => localStorage.setItem('grid-command-desk', JSON.stringify(choice)), {
      ...{ theme: language === 'en' ? 'light' : 'dark', order: 'newest', language },
    });
    test.slow();
    const { path } = await redrawnFile();
    await page.goto(host.firstLine.url);
    await new DeskPage(page).ready();
    await page.keyboard.press('Alt+d');
    const name = (zh: string, en: string) => (language === 'en' ? en : zh);
    const tool = page.getByRole('region', { name: name('辖区导入', 'District import') });
    await expect(tool.getByRole('table')).toBeVisible();
    await expectAccessible(page);
    await tool.locator('input[type=file]').setInputFiles(path);
    await expect(tool.getByRole('listbox')).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    for (const shown of [name('坐标与字段', 'Coordinates and columns'), name('采用', 'Accept')]) {
      await view(tool, shown).click();
      await expectAccessible(page);
    }
  });
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include('main > section')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
}
