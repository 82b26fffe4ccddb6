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

async function report(description: string): Promise<string> {
  const outcome = await host.call('case.report', { classRef, description, lon: 116.65, lat: 40.13 });
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.caseId;
}

async function registered(description: string): Promise<string> {
  const id = await report(description);
  await host.call('case.register', { id, condition: '属实' });
  return id;
}

async function open(page: Page): Promise<DeskPage> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  return desk;
}

const line = (page: Page) => page.getByRole('combobox', { name: '命令行' });
const effect = (page: Page) => page.locator('[aria-label=命令行]').getByRole('status').first();

async function stateOf(id: string) {
  const outcome = await host.call('case.get', { id });
  return outcome.ok ? outcome.value : null;
}

test('a case is dispatched by its last digits and initials of a unit while another stays open, and recalled', async ({
  page,
}) => {
  const id = await registered('路边垃圾箱满溢');
  await report('另一件，正在看');
  const desk = await open(page);
  await desk.row('另一件').click();
  await page.keyboard.press('F4');
  await expect(line(page)).toBeFocused();
  await page.keyboard.type(`pq ${Number(id.slice(-4))} `);
  // Without a unit the first suggestion is meant.
  await expect(effect(page)).toContainText('派遣 · →');
  await page.keyboard.type('110113008');
  await expect(effect(page)).toContainText('可撤回');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/派遣 \d\d:\d\d:\d\d · 已记录，序号 \d+/)).toBeVisible();
  expect(await stateOf(id)).toMatchObject({ state: 'pending_handle', holderUnit: '110113008' });
  await expect(desk.caseDesk).toContainText('另一件，正在看');
  await expect(desk.queue.getByRole('listbox')).toBeFocused();
  await page.getByRole('region', { name: '命令行' }).getByRole('button', { name: /撤回/ }).click();
  await expect(page.getByText(/撤回 · 已记录/)).toBeVisible();
  expect(await stateOf(id)).toMatchObject({ state: 'pending_dispatch' });
  desk.expectNoFaults();
});

test('it opens above a form, and gives back the keyboard with the caret where it was', async ({ page }) => {
  const id = await report('路边垃圾箱满溢');
  await open(page);
  await page.keyboard.press('F2');
  const field = page.getByRole('dialog').getByLabel(/^描述/);
  await field.fill('写到一半的话');
  await field.evaluate((node: HTMLInputElement) => node.setSelectionRange(2, 2));
  await page.keyboard.press('F4');
  await expect(line(page)).toBeFocused();
  await page.keyboard.type(`立 ${id.slice(-4)}`);
  await expect(effect(page)).toContainText('立案');
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await page.keyboard.type('，');
  await expect(field).toHaveValue('写到，一半的话');
  expect(await stateOf(id)).toMatchObject({ state: 'pending_dispatch' });
});

test('what is not clear is not done: an unknown word, no case, several units, a refused act, words that are missing', async ({
  page,
}) => {
  const id = await registered('路边垃圾箱满溢');
  const desk = await open(page);
  await page.keyboard.press('F4');
  const alert = page.getByRole('region', { name: '命令行' }).getByRole('alert');
  for (const [text, said] of [
    ['咦 42', '不认识“咦”'],
    ['派', '哪一件'],
    ['派 9999', '没有以 9999 结尾的'],
    ['派 .', '没有打开的案件'],
    [`结 ${id.slice(-4)}`, '结案：'],
    [`派 ${id.slice(-4)} 什么单位`, '没有叫“什么单位”的单位'],
  ] as const) {
    await line(page).fill(text);
    await expect(effect(page)).toContainText(said);
    await page.keyboard.press('Enter');
    await expect(alert).toContainText(said);
    await expect(line(page)).toHaveValue(text);
  }
  // Several units fit: a number chooses, and the line says which.
  await line(page).fill(`派 ${id.slice(-4)} 村`);
  await expect(page.getByRole('option').nth(2)).toBeVisible();
  await page.keyboard.press('Alt+Digit2');
  await expect(effect(page)).toContainText('→');
  // What is missing opens the form of the act.
  await line(page).fill(`督 ${id.slice(-4)} 2级`);
  await expect(effect(page)).toContainText('还缺');
  await page.keyboard.press('Enter');
  await expect(desk.caseDesk.getByRole('form', { name: '督办' })).toBeVisible();
  expect(await stateOf(id)).toMatchObject({ state: 'pending_dispatch', supervisions: [] });
});

test('merging asks once more; the palette finds commands by initials; history comes back', async ({ page }) => {
  const first = await report('路边垃圾箱满溢');
  const second = await report('又是这个垃圾箱');
  const desk = await open(page);
  await page.keyboard.press('F4');
  await page.keyboard.type(`并 ${first.slice(-4)} ${second.slice(-4)}`);
  await expect(effect(page)).toContainText(second);
  await page.keyboard.press('Enter');
  await expect(effect(page)).toContainText('再按一次 Enter');
  expect(await stateOf(second)).toMatchObject({ mergedInto: null });
  await page.keyboard.press('Enter');
  await expect(page.getByText(/并案 .* 已记录/)).toBeVisible();
  expect(await stateOf(second)).toMatchObject({ mergedInto: first });
  await page.keyboard.press('F4');
  await page.keyboard.press('ArrowUp');
  await expect(line(page)).toHaveValue(/^并/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+KeyP');
  await page.keyboard.type('gzb');
  await expect(page.getByRole('option', { name: /规则表/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: '规则表' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F4');
  await page.keyboard.type('查 没有这样的');
  await page.keyboard.press('Enter');
  await expect(desk.rows()).toHaveCount(0);
  desk.expectNoFaults();
});
