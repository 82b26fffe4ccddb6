import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';
import { storyFile } from '../pages/life-of-a-case.ts';
import { coloursOf } from '../pages/pixels.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let host: HostProcess;

test.beforeAll(async () => {
  host = await startHost({ args: ['--seed', '7'] });
});
test.afterAll(async () => {
  await host.stop();
});

async function open(page: Page): Promise<DeskPage> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  return desk;
}

async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 120)}`).join(' | ')}`,
  );
  expect(found, what).toEqual([]);
}

test('the first screen needs no configuration: simulated reports on the grid map, marked as demo data', async ({
  page,
}) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const desk = await open(page);
  await expect(page.getByText(/^演示数据/).first()).toBeVisible();
  await expect(desk.rows().first()).toBeVisible();
  await expect(desk.map).toContainText('示意图');
  const colours = await coloursOf(desk.map);
  const [most = 0] = [...colours.values()].toSorted((a, b) => b - a);
  const all = [...colours.values()].reduce((sum, count) => sum + count, 0);
  expect(most / all, 'the map is more than one ground colour').toBeLessThan(0.9);
  const { origin } = new URL(host.firstLine.url);
  const foreign = requests.filter((url) => !url.startsWith(origin) && !/^(data|blob):/.test(url));
  expect(foreign, 'nothing outside the host is asked').toEqual([]);
  desk.expectNoFaults();
});

for (const theme of ['dark', 'light'] as const) {
  for (const language of ['zh-CN', 'en'] as const) {
    test(`no accessibility fault on the desk, ${theme}, ${language}`, async ({ page }) => {
      // Every element is looked at, four times.
      test.slow();
      await page.addInitScript((choice) => localStorage.setItem('grid-command-desk', JSON.stringify(choice)), {
        theme,
        language,
        order: 'newest',
      });
      // A case that stands still: the simulated staff would take a step on while the page is looked through.
      await host.call('simulation.set', { isRunning: false });
      const description = `示例 ${theme} ${language}`;
      const classRef = { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '06014', name: '道路遗撒' } as const;
      await host.call('case.report', { classRef, description, lon: 116.65, lat: 40.13 });
      const desk = await open(page);
      await page.getByRole('option').filter({ hasText: description }).click();
      await expect(desk.state()).toBeVisible();
      await expectAccessible(page, 'desk with a case');
      await page.keyboard.press('F6');
      await expect(desk.caseDesk.getByRole('form')).toBeVisible();
      await expectAccessible(page, 'act form');
      await page.keyboard.press('Escape');
      await page.keyboard.press('F2');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, 'report form');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, 'cheat sheet');
      desk.expectNoFaults();
    });
  }
}

test('no accessibility fault in the import, from the file to its dry run', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  try {
    const path = await storyFile(folder);
    const desk = await open(page);
    await desk.tool('导入案件');
    const dialog = page.getByRole('dialog', { name: /^导入/ });
    await expectAccessible(page, 'choosing a file');
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: '选择文件' }).click();
    await (await chooser).setFiles(path);
    await expect(dialog.getByRole('button', { name: '试运行' })).toBeEnabled();
    await expectAccessible(page, 'mapping');
    await dialog.getByRole('button', { name: '试运行' }).click();
    await expect(dialog.getByText(/试运行，没有写入/)).toBeVisible();
    await expectAccessible(page, 'report');
    desk.expectNoFaults();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('at narrow and wide windows nothing is cut off sideways, in both languages', async ({ page }) => {
  await open(page);
  for (const language of ['zh', 'en']) {
    for (const width of [1280, 1600, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(page.locator('#city-map')).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${language} at ${width}`).toBeLessThanOrEqual(0);
    }
    await page.keyboard.press('Alt+KeyL');
  }
});

test('a wrong token is refused with what to do', async ({ page }) => {
  await page.goto(`${host.address}/#token=wrong`);
  await expect(page.getByText(/主机拒绝了连接/)).toBeVisible();
  await expect(page.getByText(/完整地址/)).toBeVisible();
});
