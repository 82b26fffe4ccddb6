import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { required } from '#domain/base/assert-never.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';
import { KeyPerson } from '../pages/story-by-keys.ts';

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

async function open(page: Page): Promise<DeskPage> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  return desk;
}

test('a routine dispatch takes three keys from a selected report', async ({ page }) => {
  const id = await report('路边垃圾箱满溢');
  await host.call('case.register', { id, condition: '属实' });
  const desk = await open(page);
  await page.keyboard.press('Alt+KeyQ');
  await page.keyboard.press('ArrowDown');
  await desk.expectState('待派遣');
  for (const key of ['F6', 'Enter', 'Enter']) await page.keyboard.press(key);
  await desk.expectState('待处置');
  const detail = await host.call('case.get', { id });
  expect(detail.ok && detail.value.holderUnit).toMatch(/^110113\d{3}/);
});

test('a case goes its whole way by keyboard alone', async ({ page }) => {
  await report('路边垃圾箱满溢');
  const desk = await open(page);
  await page.keyboard.press('Alt+KeyQ');
  await page.keyboard.press('ArrowDown');
  const steps: readonly (readonly [state: string, text?: string])[] = [
    ['已上报'],
    ['待派遣'],
    ['待处置', 'handler-1'],
    ['处置中', '已清理'],
    // The office beside the village, then the village itself.
    ['处置完成'],
    ['处置完成', '清运车已到'],
    ['处置完成'],
    ['待核查', 'collector-1'],
    ['核查中'],
    ['待结案'],
  ];
  for (const [state, text] of steps) {
    await desk.expectState(state);
    await page.keyboard.press('F6');
    const form = desk.caseDesk.getByRole('form');
    await expect(form).toBeVisible();
    if (text !== undefined) await page.keyboard.type(text);
    if (needsPhoto(await form.getAttribute('aria-label'))) await new KeyPerson(desk).addPhoto(form);
    if (state === '待派遣') await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(form).toBeHidden();
  }
  await desk.expectState('结案');
});

test('a composition of the input method neither acts nor submits', async ({ page }) => {
  await report('路边垃圾箱满溢');
  const desk = await open(page);
  await page.keyboard.press('Alt+KeyQ');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F6');
  const form = desk.caseDesk.getByRole('form', { name: '立案' });
  await form.getByLabel('条件').fill('');
  await compose(await page.context().newCDPSession(page), 'shushi');
  await page.evaluate(() => {
    const field = document.activeElement;
    for (const key of ['Enter', 'Escape', 'F6']) {
      field?.dispatchEvent(
        new KeyboardEvent('keydown', { key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true }),
      );
    }
  });
  await expect(form).toBeVisible();
  await expect(desk.state()).toHaveText('已上报');
});

test('the list stands still under the hand; what is new waits and is let in', async ({ page }) => {
  for (const text of ['甲', '乙', '丙']) await report(text);
  const desk = await open(page);
  await desk.row('乙').click();
  const before = await place(desk);
  for (let index = 0; index < 20; index += 1) await report(`新报 ${index}`);
  await expect(page.getByText('新增 20 件')).toBeVisible();
  expect(await place(desk)).toEqual(before);
  await page.keyboard.press('Alt+KeyN');
  await expect(page.getByText(/新增 \d+ 件/)).toBeHidden();
  await expect(desk.rows().first()).toContainText('新报 19');

  async function place(of: DeskPage): Promise<number> {
    return required(await of.row('乙').boundingBox(), 'the row is in sight').y;
  }
});

test('switching the language keeps what was typed and where the caret is', async ({ page }) => {
  await open(page);
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^描述/).fill('写到一半');
  await page.keyboard.press('Alt+KeyL');
  await expect(dialog.getByLabel(/^Description/)).toHaveValue('写到一半');
  await expect(dialog.getByLabel(/^Description/)).toBeFocused();
});

test('drilling down filters list and map alike, Esc goes back up', async ({ page }) => {
  await report('旺泉的报告');
  const elsewhere = await host.call('case.report', { classRef, description: '别处的报告', lon: 116.84, lat: 40.2 });
  expect(elsewhere.ok).toBe(true);
  const desk = await open(page);
  await expect(desk.rows()).toHaveCount(2);
  await desk.row('旺泉的报告').click();
  await page.keyboard.press('F9');
  await expect(page.locator('#city-map')).toBeFocused();
  const box = required(await desk.map.boundingBox(), 'the map is in sight');
  await page.mouse.click(box.x + box.width / 2 + 16, box.y + box.height / 2 + 16);
  await expect(desk.rows()).toHaveCount(1);
  await expect(desk.map.getByRole('navigation')).toContainText('上一级');
  await page.locator('#city-map').focus();
  await page.keyboard.press('Escape');
  await expect(desk.rows()).toHaveCount(2);
});

function needsPhoto(form: string | null): boolean {
  return form === '处置完成' || form === '核查结果';
}

async function compose(session: CDPSession, text: string): Promise<void> {
  await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
}
