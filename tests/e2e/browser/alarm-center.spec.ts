import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { InputOf } from '#contract/api.ts';
import { required } from '#domain/base/assert-never.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const collapse = { standardRef: 'LOCAL-110113', kind: 'matter', code: '10906', name: '路面塌陷' } as const;

let host: HostProcess;

async function report(input: InputOf<'case.report'>): Promise<string> {
  const outcome = await host.call('case.report', input);
  return required(outcome.ok ? outcome.value : undefined, 'the report is recorded').caseId;
}

/** A case that its unit sent back twice: an alarm of level Ⅲ. */
async function returnedTwice(): Promise<string> {
  const place = { lon: 116.7, lat: 40.16 };
  const id = await report(aReportInput({ ...place, description: '井盖破损' }));
  const located = await host.call('grid.locate', place);
  const unit = located.ok ? (located.value.path[1]?.code ?? '') : '';
  expect(await host.call('case.register', { id, condition: '属实' })).toMatchObject({ ok: true });
  for (let count = 0; count < 2; count += 1) {
    expect(await host.call('case.dispatch', { id, unit, opinion: '处理' })).toMatchObject({ ok: true });
    expect(await host.call('case.return', { id, reasonCode: 'R03', reason: '非本单位' })).toMatchObject({ ok: true });
  }
  return id;
}

/** Counts the tones that the page makes. */
async function spyOnSound(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const made = { oscillators: 0 };
    Object.assign(window, { made });
    const create = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function spied(this: AudioContext) {
      made.oscillators += 1;
      return create.call(this);
    };
  });
}

const oscillators = (page: Page) =>
  page.evaluate(() => (window as unknown as { made: { oscillators: number } }).made.oscillators);

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(rules)
    .include('section[aria-label="告警中心"], section[aria-label="Alarm center"]')
    .include('section[aria-label="系统提示"], section[aria-label="System notices"]')
    .analyze();
  expect(violations.map(({ id, nodes }) => ({ id, target: nodes[0]?.target }))).toEqual([]);
}

test.beforeEach(() => test.slow());
test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterAll(async () => {
  await host.stop();
});

test('alarms of real cases, by keyboard: F8, in hand, a shelf and its end, cleared; sound, live regions, pages', async ({
  page,
}) => {
  await spyOnSound(page);
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  const strip = page.getByTestId('alarm-strip');
  await expect(page.getByText('无待确认告警 · 近 10 分钟 0 组')).toBeVisible();
  // The autoplay policy lets a page sound after a key.
  await page.keyboard.press('Shift');
  await returnedTwice();
  await expect(strip).toContainText('多次回退');
  await expect(page.getByTestId('alarm-polite')).toContainText('多次回退');
  await expect.poll(() => oscillators(page)).toBe(1);
  const danger = await report(aReportInput({ classRef: collapse, description: '路面塌陷', lon: 116.65, lat: 40.13 }));
  await expect(strip).toContainText('险情未接单');
  await expect(strip).toContainText(danger.slice(-4));
  await expect(strip).toContainText('电话通知属地值守先到场围挡');
  await expect(strip).toContainText('+1 组');
  await expect(page.getByTestId('alarm-assertive')).toContainText('险情未接单');
  await expect.poll(() => oscillators(page)).toBe(4);

  await page.keyboard.press('F8');
  await expect(strip).toContainText('多次回退');
  await expect(page.getByTestId('alarm-assertive')).toBeEmpty();
  await page.keyboard.press('Alt+s');
  await expect(page.getByRole('button', { name: /静音中 \d+ 秒/ })).toBeVisible();
  await page.keyboard.press('Alt+s');
  await expect.poll(() => oscillators(page)).toBe(5);

  await page.keyboard.press('Alt+a');
  const center = page.getByRole('region', { name: '告警中心' });
  const tree = center.getByRole('tree');
  await expect(tree).toBeFocused();
  await expect(tree.getByRole('treeitem')).toHaveCount(2);
  await page.keyboard.press('Home');
  await page.keyboard.press('h');
  await expect(tree.getByRole('treeitem', { name: /险情未接单.*处理中/ })).toBeVisible();
  await expectNoViolations(page);

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: '搁置 1 条告警' });
  await dialog.getByLabel('理由').fill('等单位答复');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(tree.getByRole('treeitem')).toHaveCount(1);
  await expect(page.getByText('无待确认告警')).toBeVisible();
  await page.keyboard.press('b');
  await expect(tree.getByRole('treeitem', { name: /多次回退.*已搁置/ })).toBeVisible();
  await expect(center.getByRole('region', { name: '告警详情' })).toContainText('等单位答复');
  await page.keyboard.press('u');
  await expect(center.getByText('没有搁置的告警')).toBeVisible();
  await expect(strip).toContainText('多次回退');

  // A short one, from elsewhere, comes back by itself.
  const until = Date.now() + 3_000;
  expect(await host.call('alarms.shelve', { ids: [1], reason: '等单位答复', until })).toMatchObject({ ok: true });
  await expect(strip).toHaveCount(0);
  await expect(strip).toContainText('多次回退');

  await center.getByRole('button', { name: '告警类型表' }).click();
  await expect(center.getByRole('table')).toContainText('派遣后未接单');
  await expectNoViolations(page);
  await center.getByRole('button', { name: '告警质量' }).click();
  await expect(center.getByRole('table', { name: '最多的 10 类' })).toContainText('多次回退');
  await expectNoViolations(page);
  const downloading = page.waitForEvent('download');
  await center.getByRole('button', { name: '导出 CSV' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text).toMatch(/\r\n险情未接单,1,50\.0 %\r\n/);

  await page.keyboard.press('Escape');
  await expect(tree.getByRole('treeitem', { name: /险情未接单/ })).toBeVisible();
  const located = await host.call('grid.locate', { lon: 116.65, lat: 40.13 });
  const unit = located.ok ? (located.value.path[1]?.code ?? '') : '';
  await host.call('case.register', { id: danger, condition: '属实' });
  await host.call('case.dispatch', { id: danger, unit, opinion: '立即处理' });
  expect(await host.call('case.accept', { id: danger, handlerId: 'handler-1' })).toMatchObject({ ok: true });
  await expect(tree.getByRole('treeitem', { name: /险情未接单/ })).toHaveCount(0);

  // To the case, and in English.
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(center).toHaveCount(0);
  await expect(desk.caseDesk).toContainText('井盖破损');
  await page.keyboard.press('Alt+a');
  await page.keyboard.press('Alt+l');
  await expect(page.getByRole('region', { name: 'Alarm center' })).toContainText('Returned again and again');
  await expectNoViolations(page);
  await page.keyboard.press('Alt+l');
  desk.expectNoFaults();
});
