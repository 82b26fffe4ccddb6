import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { readFile } from 'node:fs/promises';
import { required } from '#domain/base/assert-never.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** West and east of the middle of the default district, 116.72°. */
const places = [116.58, 116.6, 116.62, 116.84, 116.86];

let host: HostProcess;

// Drawing by hand in a picture that software draws takes its time.
test.beforeEach(() => test.slow());
test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
  for (const lon of places) {
    const reported = await host.call('case.report', aReportInput({ lon, lat: 40.13 }));
    expect(reported.ok).toBe(true);
  }
});
test.afterAll(async () => {
  await host.stop();
});

async function open(page: Page): Promise<{ desk: DeskPage; list: Locator; options: Locator; pad: Locator }> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  const list = desk.map.getByRole('region', { name: '图上案件' });
  return { desk, list, options: list.getByRole('option'), pad: desk.map.locator('[data-tool]') };
}

/** Drags over a part of the map; shares of its width and height. */
async function drag(page: Page, pad: Locator, from: readonly [number, number], to: readonly [number, number]) {
  const box = required((await pad.boundingBox()) ?? undefined, 'the pad lies over the map');
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, to[1]]), { steps: 4 });
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}

test('a box selects to a list with the same selection as map and case panel', async ({ page }) => {
  const { desk, list, options, pad } = await open(page);
  await desk.map.getByRole('button', { name: '选择' }).click();
  await drag(page, pad, [0.18, 0.03], [0.5, 0.98]);
  await expect(list).toContainText('选区内 3 件');
  await expect(options).toHaveCount(3);
  await expect(pad).toBeHidden();

  await options.nth(1).click();
  const id = required((await options.nth(1).getAttribute('id')) ?? undefined, 'an option has an id').slice(-4);
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(desk.queue.locator('[role=option][aria-selected=true]')).toContainText(id);
  await expect(desk.caseDesk).toContainText(id);

  // And the other way round: what is selected elsewhere is selected here.
  await desk.rows().filter({ hasNotText: id }).first().click();
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'false');

  await list.getByRole('button', { name: '清除选区' }).click();
  await expect(list).toContainText(`视野内 ${places.length} 件`);
  await list.getByRole('button', { name: '收起列表' }).click();
  await expect(list).toBeHidden();
  desk.expectNoFaults();
});

test('by keyboard: the list is walked and opened, a box is drawn with the cross', async ({ page }) => {
  const { desk, list, options, pad } = await open(page);
  await page.locator('#city-map').focus();
  await page.keyboard.press('b');
  await expect(list).toContainText(`视野内 ${places.length} 件`);
  await list.getByRole('listbox').focus();
  await page.keyboard.press('End');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(options.nth(places.length - 2)).toHaveAttribute('aria-selected', 'true');
  await expect(list.getByRole('listbox')).toHaveAttribute('aria-activedescendant', /map-option-\d+/);
  await page.keyboard.press('Enter');
  await expect(desk.caseDesk.locator(':focus')).toHaveCount(1);

  await page.locator('#city-map').focus();
  await page.keyboard.press('r');
  await expect(pad).toBeFocused();
  // From the middle to the eastern edge: first straight up, then the corner far below.
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Enter');
  for (let step = 0; step < 24; step += 1) await page.keyboard.press('Shift+ArrowDown');
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(list).toContainText('选区内 2 件');
  desk.expectNoFaults();
});

test('a lasso takes what it encloses; the whole view can be taken as well', async ({ page }) => {
  const { desk, list, pad } = await open(page);
  await desk.map.getByRole('button', { name: '选择' }).click();
  const strip = desk.map.getByRole('group', { name: '框选' });
  await strip.getByRole('button', { name: '套索' }).click();
  const box = required((await pad.boundingBox()) ?? undefined, 'the pad lies over the map');
  const corners = [
    [0.52, 0.02],
    [0.98, 0.02],
    [0.98, 0.98],
    [0.52, 0.98],
  ] as const;
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(corners[0]));
  await page.mouse.down();
  for (const corner of corners) await page.mouse.move(...at(corner), { steps: 6 });
  await page.mouse.up();
  await expect(list).toContainText('选区内 2 件');

  await desk.map.getByRole('button', { name: '选择' }).click();
  await desk.map.getByRole('button', { name: '当前视野' }).click();
  await expect(list).toContainText(`选区内 ${places.length} 件`);
  desk.expectNoFaults();
});

test('a distance is measured point by point, and Esc ends it', async ({ page }) => {
  const { desk, pad } = await open(page);
  await desk.map.getByRole('button', { name: '测量' }).click();
  const strip = desk.map.getByRole('group', { name: '距离' });
  const box = required((await pad.boundingBox()) ?? undefined, 'the pad lies over the map');
  const y = box.y + box.height * 0.6;
  await page.mouse.click(box.x + box.width * 0.3, y);
  await page.mouse.dblclick(box.x + box.width * 0.7, y);
  const measured = strip.getByRole('status');
  await expect(measured).toHaveText(/^\d+(\.\d+)? km$/);
  // The same by the scale bar: its text is the length of its line.
  const bar = desk.map.locator('[data-corner=bottom-left] svg');
  const barPixels = required((await bar.boundingBox()) ?? undefined, 'the scale bar is there').width - 2;
  const barText = (await bar.locator('xpath=..').textContent()) ?? '';
  const perPixel = Number.parseFloat(barText) / barPixels;
  const kilometers = Number.parseFloat((await measured.textContent()) ?? '');
  expect(Math.abs(kilometers / (perPixel * box.width * 0.4) - 1)).toBeLessThan(0.03);
  await page.keyboard.press('Escape');
  await expect(strip).toBeHidden();
  await expect(pad).toBeHidden();
  desk.expectNoFaults();
});

test('a picture of the map is saved in the chosen size', async ({ page }) => {
  const { desk } = await open(page);
  const map = required((await page.locator('#city-map').boundingBox()) ?? undefined, 'the map is there');
  await desk.map.getByRole('button', { name: '出图' }).click();
  const dialog = page.getByRole('dialog', { name: '出图' });
  await expect(dialog.getByRole('radio', { name: /^2 倍/ })).toBeChecked();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '保存 PNG' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^网格地图-\d{4}-\d\d-\d\d\.png$/);
  const picture = PNG.sync.read(await readFile(await file.path()));
  expect(Math.abs(picture.width - 2 * map.width)).toBeLessThanOrEqual(2);
  expect(Math.abs(picture.height - 2 * map.height)).toBeLessThanOrEqual(2);
  const colours = new Set<number>();
  for (let at = 0; at < picture.data.length; at += 4) colours.add(picture.data.readUInt32BE(at));
  expect(colours.size, 'net, names and legend are in it').toBeGreaterThan(100);
  // The fill of the areas is deck.gl's, the names are maplibre's: both fill the whole picture.
  const fill = (x: number, y: number) => {
    const at = (Math.round(y * picture.height) * picture.width + Math.round(x * picture.width)) * 4;
    return picture.data.readUIntBE(at, 3);
  };
  const inside = Array.from({ length: 200 }, (_, step) => fill(0.2 + (0.6 * step) / 200, 0.5));
  const ground = 0x12161c;
  expect(inside.filter((colour) => colour !== ground).length, 'no part of the district is bare').toBeGreaterThan(190);
  await expect(dialog).toBeHidden();
  desk.expectNoFaults();
});

test('no accessibility fault in list, tool strip and picture dialog', async ({ page }) => {
  const { desk, list } = await open(page);
  await desk.map.getByRole('button', { name: '列表' }).click();
  await expect(list.getByRole('option')).toHaveCount(places.length);
  await desk.map.getByRole('button', { name: '测量' }).click();
  await expectAccessible(page, 'list and tool strip');
  await page.keyboard.press('Escape');
  await desk.map.getByRole('button', { name: '出图' }).click();
  await expect(page.getByRole('dialog', { name: '出图' })).toBeVisible();
  await expectAccessible(page, 'picture dialog');
  desk.expectNoFaults();
});

async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  expect(found, what).toEqual([]);
}
