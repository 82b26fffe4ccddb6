import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let host: HostProcess;

test.beforeEach(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterEach(async () => {
  await host.stop();
});

const classRef = { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '06042', name: '垃圾站（箱）满溢' } as const;

/** A case that a township has, and has not taken on. */
async function dispatched(description: string, unit: string): Promise<string> {
  const reported = await host.call('case.report', { classRef, description, lon: 116.65, lat: 40.13 });
  if (!reported.ok) throw new Error(reported.error.code);
  const id = reported.value.caseId;
  await host.call('case.register', { id, condition: '属实' });
  const sent = await host.call('case.dispatch', { id, unit, mode: 'frontline' });
  if (!sent.ok) throw new Error(sent.error.code);
  return id;
}

async function open(page: Page): Promise<DeskPage> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  return desk;
}

test('digits open the workspaces; each keeps its list and its widths, and the last one is remembered', async ({
  page,
}) => {
  await dispatched('路边垃圾箱满溢', '110113008');
  const desk = await open(page);
  const duties = page.getByRole('navigation', { name: '工作区' });
  await page.keyboard.press('Alt+Digit2');
  await expect(duties.getByRole('button', { name: '派遣' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('radio', { name: /^待派遣/ })).toBeChecked();
  const width = async () => Math.round((await desk.map.boundingBox())?.width ?? 0);
  const usual = await width();
  await page.keyboard.press('Alt+Digit6');
  await expect.poll(width).toBeGreaterThan(usual * 1.2);
  await page.keyboard.press('Alt+Digit3');
  await expect(page.getByRole('region', { name: '督办台' })).toBeVisible();
  await page.reload();
  await desk.ready();
  await expect(page.getByRole('region', { name: '督办台' })).toBeVisible();
  await page.keyboard.press('Alt+Digit9');
  await expect(page.getByRole('region', { name: '督办台' })).toBeHidden();
  await expect.poll(width).toBe(usual);
  desk.expectNoFaults();
});

test('cases stand in their lane by unit; F7 presses one, several get it after a preview', async ({ page }) => {
  const ids = [
    await dispatched('甲', '110113008'),
    await dispatched('乙', '110113008'),
    await dispatched('丙', '110113106'),
  ];
  const desk = await open(page);
  await page.keyboard.press('Alt+Digit3');
  const board = page.getByRole('region', { name: '督办台' });
  const lane = (name: RegExp) => board.getByRole('option', { name });
  const cases = board.getByRole('listbox').last().getByRole('option');
  await expect(lane(/督办待回复/)).toContainText('0');
  for (const id of ids) {
    await host.call('case.supervise', { id, kind: 'leader', level: 1, party: 'S1', reason: '首次', answerBy: null });
  }
  await expect(lane(/督办待回复/)).toContainText('3');
  await lane(/督办待回复/).click();
  await expect(cases).toHaveCount(3);
  await expect(board.getByText('2 个单位')).toBeVisible();
  await page.keyboard.press('Alt+KeyQ');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F7');
  await expect(desk.caseDesk.getByRole('form', { name: '督办' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Alt+KeyQ');
  await page.keyboard.press('Home');
  for (let index = 0; index < 3; index += 1) {
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Alt+KeyU');
  const form = board.getByRole('form', { name: '批量催办、督办' });
  await form.getByText('督办', { exact: true }).click();
  await form.getByLabel('理由').fill('超过半小时未接');
  await expect(form.getByRole('listitem')).toHaveText([/将督办/, /将督办/, /将督办/]);
  await form.getByRole('button', { name: '督办 3 件' }).click();
  await expect(form.getByRole('status')).toHaveText('已发出 3 / 3 件');
  for (const id of ids) {
    const found = await host.call('case.get', { id });
    expect(found.ok && found.value.supervisions).toMatchObject([
      { level: 1 },
      { level: 2, reason: '超过半小时未接', answer: null },
    ]);
  }
  desk.expectNoFaults();
});

test('board, command line and form are accessible in both themes', async ({ page }) => {
  // Every element is looked at, twice.
  test.slow();
  await dispatched('甲', '110113008');
  await open(page);
  await page.keyboard.press('Alt+Digit3');
  await page.getByRole('option', { name: /24 h 内/ }).click();
  await page.keyboard.press('Alt+KeyQ');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('Alt+KeyU');
  await page.keyboard.press('Alt+KeyP');
  await expect(page.getByRole('option', { name: /规则表/ })).toBeVisible();
  for (const theme of ['亮', '暗']) {
    const builder = new AxeBuilder({ page }).include('#queue').include('[aria-label=命令行]').include('header');
    const { violations } = await builder.analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`),
      theme,
    ).toEqual([]);
    await page.getByRole('button', { name: new RegExp(`^${theme}`) }).click();
  }
});
