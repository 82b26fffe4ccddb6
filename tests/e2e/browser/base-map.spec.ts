import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { pmtilesOf, shunyi, tilePicture, tilesOver } from '#tests/builders/base-maps.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { sendPng, TileServer } from '#tests/support/tile-server.ts';
import { DeskPage } from '../pages/desk-page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const KEY = 'a-secret-key-of-the-site';

let host: HostProcess;
let folder: string;
const server = new TileServer((_, response) => sendPng(response, tilePicture(-40)));

/** Tiles come one by one, and each is drawn without a graphics card. */
const drawn = { timeout: 60_000 };

test.beforeEach(() => test.slow());
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grid-command-base-map-'));
  await writeFile(join(folder, 'image.pmtiles'), pmtilesOf({ tiles: tilesOver(shunyi, 8, 12) }));
  host = await startHost({ args: ['--no-simulate'] });
  await server.start();
});
test.afterAll(async () => {
  await host.stop();
  await server.stop();
  await rm(folder, { recursive: true });
});

async function open(page: Page): Promise<{ desk: DeskPage; panel: Locator; form: Locator }> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  return {
    desk,
    panel: desk.map.getByRole('region', { name: '底图' }),
    form: page.getByRole('dialog', { name: '登记底图' }),
  };
}

/** Share of pixels in the middle of the map that have the browns of the tiles. */
async function brownShare(page: Page, map: Locator): Promise<number> {
  const shot = await map.screenshot();
  return page.evaluate(
    async (bytes) => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d');
      context?.drawImage(picture, 0, 0);
      const { data } = context?.getImageData(0, 0, picture.width, picture.height) ?? { data: [] };
      let brown = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, , blue = 0] = [data[at], 0, data[at + 2]];
        if (red > blue + 6) brown += 1;
      }
      return brown / (data.length / 4);
    },
    [...shot],
  );
}

test('a PMTiles file is registered, lies below the net, is told in the corner, and is remembered', async ({ page }) => {
  const { desk, panel, form } = await open(page);
  expect(await brownShare(page, desk.map)).toBeLessThan(0.02);
  await desk.map.getByRole('button', { name: '底图' }).click();
  await expect(panel).toContainText('尚未登记底图');
  await panel.getByRole('button', { name: '登记底图' }).click();
  await form.getByRole('textbox', { name: '主机上的路径' }).fill(join(folder, 'nothing.pmtiles'));
  await form.getByRole('textbox', { name: '名称' }).fill('影像图');
  await form.getByRole('textbox', { name: '审图号' }).fill('京S(2026)001号');
  await form.getByRole('textbox', { name: '权属单位' }).fill('区测绘院');
  await form.getByRole('textbox', { name: '数据日期' }).fill('2026-03-01');
  await form.getByRole('button', { name: '检查并登记' }).click();
  await expect(form).toContainText('底图不能用：文件或文件夹不在原处');
  await form.getByRole('button', { name: /坐标系/ }).click();
  await page.getByRole('option', { name: /GCJ-02/ }).click();
  await form.getByRole('textbox', { name: '主机上的路径' }).fill(join(folder, 'image.pmtiles'));
  await form.getByRole('button', { name: '检查并登记' }).click();
  await expect(form).toContainText('GCJ-02 坐标的底图不能用');
  await form.getByRole('button', { name: /坐标系/ }).click();
  await page.getByRole('option', { name: /CGCS2000/ }).click();
  await form.getByRole('button', { name: '检查并登记' }).click();
  await expect(form).toBeHidden();
  await expect(desk.map).toContainText('影像图 · 审图号 京S(2026)001号 · 区测绘院 · 2026-03-01');
  await expect(desk.map.getByRole('group', { name: '图例' })).toContainText('填色半透明，下有底图');
  await expect.poll(() => brownShare(page, desk.map), drawn).toBeGreaterThan(0.2);
  await page.screenshot({ path: 'test-results/base-map-panel.png' });
  const axe = await new AxeBuilder({ page }).withTags(rules).analyze();
  expect(axe.violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await page.screenshot({ path: 'test-results/base-map.png' });

  await page.reload();
  await desk.ready();
  await expect(desk.map).toContainText('影像图 · 审图号');
  await expect.poll(() => brownShare(page, desk.map), drawn).toBeGreaterThan(0.2);
  desk.expectNoFaults();

  await rename(join(folder, 'image.pmtiles'), join(folder, 'away'));
  await desk.map.getByRole('button', { name: '放大' }).click();
  await desk.map.getByRole('button', { name: '放大' }).click();
  await expect(desk.map).toContainText('影像图: 文件或文件夹不在原处');
  await expect(page.getByRole('region', { name: '系统提示' })).toContainText(
    '底图“影像图”有问题：文件或文件夹不在原处',
  );
  await expect.poll(() => brownShare(page, desk.map), drawn).toBeLessThan(0.02);
  await rename(join(folder, 'away'), join(folder, 'image.pmtiles'));
  await expect(desk.map).not.toContainText('文件或文件夹不在原处', { timeout: 30_000 });
  await expect.poll(() => brownShare(page, desk.map), drawn).toBeGreaterThan(0.2);

  await desk.map.getByRole('button', { name: '底图' }).click();
  await panel.getByText('影像图').click();
  await expect.poll(() => brownShare(page, desk.map), drawn).toBeLessThan(0.02);
});

test('a WMTS of the intranet is shown by the host alone; the page asks no other origin and never has the key', async ({
  page,
}) => {
  const { desk, panel, form } = await open(page);
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  await desk.map.getByRole('button', { name: '底图' }).click();
  await panel.getByRole('button', { name: '登记底图' }).click();
  await form.getByRole('button', { name: /来源/ }).click();
  await page.getByRole('option', { name: /WMTS/ }).click();
  await form.getByRole('textbox', { name: '地址' }).fill(`${server.origin}/img_w/wmts`);
  await form.getByRole('textbox', { name: '矩阵集' }).fill('c');
  await form.getByLabel('密钥').fill(KEY);
  await form.getByRole('textbox', { name: '名称' }).fill('内网影像');
  await form.getByRole('button', { name: '检查并登记' }).click();
  await expect(form).toContainText('矩阵集按经纬度划分');
  await form.getByRole('textbox', { name: '矩阵集' }).fill('w');
  await form.getByRole('button', { name: '检查并登记' }).click();
  await expect(form).toBeHidden();
  await expect.poll(() => brownShare(page, desk.map), drawn).toBeGreaterThan(0.2);
  expect(server.asked.every((url) => url.searchParams.get('tk') === KEY)).toBe(true);
  expect([...asked].filter((origin) => origin === server.origin)).toEqual([]);
  expect(await page.content()).not.toContain(KEY);
  await expect(desk.map).toContainText('内网影像 · 无审图号 · 未填权属 · 未填日期');
  desk.expectNoFaults();
  await server.stop();
  await desk.map.getByRole('button', { name: '放大' }).click();
  await desk.map.getByRole('button', { name: '放大' }).click();
  await expect(desk.map).toContainText('内网影像: 服务没有应答');
  await server.start();
  await expect(desk.map).not.toContainText('服务没有应答', { timeout: 30_000 });
});
