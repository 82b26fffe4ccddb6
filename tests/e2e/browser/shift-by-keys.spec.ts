import { expect, test, type Page } from '@playwright/test';
import type { InputOf } from '#contract/api.ts';
import { required } from '#domain/base/assert-never.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { CountedKeys } from '../pages/counted-keys.ts';
import { DeskPage } from '../pages/desk-page.ts';

/** Twenty tasks of a shift by keyboard alone. Limits of the design (§6) are marked; the others are ours, to be kept. */
const limits = {
  'find a case by its last four digits': { most: 7, isOfDesign: true },
  'file a report': { most: 2, isOfDesign: false },
  'dispatch to the suggested unit': { most: 3, isOfDesign: true },
  'recall a dispatch': { most: 2, isOfDesign: false },
  'dispatch to another unit': { most: 6, isOfDesign: true },
  'dispatch by the command line': { most: 12, isOfDesign: false },
  'urge the unit': { most: 7, isOfDesign: false },
  'refuse a report': { most: 4, isOfDesign: false },
  'merge two reports': { most: 12, isOfDesign: false },
  'take them apart': { most: 12, isOfDesign: false },
  'phone call to dispatched': { most: 25, isOfDesign: true },
  'hotline ticket written down': { most: 25, isOfDesign: true },
  'acknowledge an alarm': { most: 1, isOfDesign: true },
  'take an alarm in hand': { most: 3, isOfDesign: false },
  'shelve an alarm': { most: 5, isOfDesign: false },
  'silence the sounds': { most: 1, isOfDesign: false },
  'open the supervision board': { most: 1, isOfDesign: false },
  'fly to a place': { most: 8, isOfDesign: false },
  'see the desk as it was, and come back': { most: 3, isOfDesign: false },
  'open a tool by its initials': { most: 5, isOfDesign: false },
} as const;
type Task = keyof typeof limits;

let host: HostProcess;

test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterAll(async () => {
  await host.stop();
});

const rubbish = { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '06042', name: '垃圾站（箱）满溢' } as const;
const collapse = { standardRef: 'LOCAL-110113', kind: 'matter', code: '10906', name: '路面塌陷' } as const;

async function report(change: Partial<InputOf<'case.report'>> = {}): Promise<string> {
  const outcome = await host.call(
    'case.report',
    aReportInput({ classRef: rubbish, lon: 116.65, lat: 40.13, ...change }),
  );
  return required(outcome.ok ? outcome.value : undefined, 'the report is recorded').caseId;
}

async function registered(change: Partial<InputOf<'case.report'>> = {}): Promise<string> {
  const id = await report(change);
  await host.call('case.register', { id, condition: '属实' });
  return id;
}

async function found(id: string) {
  const outcome = await host.call('case.get', { id });
  return required(outcome.ok ? outcome.value : undefined, 'the case is there');
}

const number = (id: string) => String(Number(id.slice(-4)));

/** Opens a case, which the tasks that begin at an open case do not count. */
async function open(page: Page, desk: DeskPage, id: string): Promise<void> {
  await page.keyboard.press('F4');
  await page.keyboard.type(`开 ${id.slice(-4)}`);
  await page.keyboard.press('Enter');
  await expect(desk.caseDesk).toContainText(id.slice(-4));
  await expect(page.getByRole('combobox', { name: '命令行' })).not.toBeFocused();
}

test('twenty tasks of a shift by keyboard alone, each within its number of keys', async ({ page }) => {
  test.setTimeout(240_000);
  const desk = new DeskPage(page);
  const counts = new Map<Task, number>();
  const task = (name: Task, work: (keys: CountedKeys) => Promise<void>) =>
    test.step(name, async () => {
      const keys = new CountedKeys(page);
      await work(keys);
      counts.set(name, keys.count);
    });
  const effect = page.locator('[aria-label=命令行]').getByRole('status').first();
  const first = await report({ description: '甲' });
  const second = await registered({ description: '乙' });
  await page.goto(host.firstLine.url);
  await desk.ready();

  await task('find a case by its last four digits', async (keys) => {
    await keys.press('F3');
    await keys.codes(first.slice(-4));
    await keys.press('Enter');
    await expect(desk.caseDesk).toContainText(first.slice(-4));
  });
  await page.keyboard.press('F3');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await open(page, desk, first);
  await task('file a report', async (keys) => {
    await keys.press('F6');
    await expect(desk.caseDesk.getByRole('form', { name: '立案' })).toBeVisible();
    await keys.press('Enter');
    await desk.expectState('待派遣');
  });
  await task('dispatch to the suggested unit', async (keys) => {
    await keys.press('F6', 'Enter', 'Enter');
    await desk.expectState('待处置');
  });
  const suggested = (await found(first)).holderUnit;
  await task('recall a dispatch', async (keys) => {
    await keys.press('Alt+KeyZ');
    await desk.expectState('待派遣');
  });
  await task('dispatch to another unit', async (keys) => {
    await keys.press('F6');
    await expect(desk.caseDesk.getByRole('form').getByRole('option').nth(1)).toBeVisible();
    await keys.press('ArrowDown', 'Enter', 'Enter');
    await desk.expectState('待处置');
  });
  expect((await found(first)).holderUnit).not.toBe(suggested);
  await task('dispatch by the command line', async (keys) => {
    await keys.press('F4');
    await keys.codes(`p ${number(second)} hsyz`);
    await expect(effect).toContainText('请选');
    await keys.press('Alt+Digit1');
    await expect(effect).toContainText('后沙峪');
    await keys.press('Enter');
  });
  // The next line is written while that one may still be on its way.
  await task('urge the unit', async (keys) => {
    await keys.press('F4');
    await keys.codes('cb . ');
    await keys.words('请尽快');
    await expect(effect).toContainText('催办');
    await keys.press('Enter');
    await expect(desk.record('催办')).toHaveCount(1);
  });
  await expect.poll(async () => (await found(second)).state).toBe('pending_handle');

  const wrong = await report({ description: '不属实的', lat: 40.14 });
  await open(page, desk, wrong);
  await task('refuse a report', async (keys) => {
    await keys.press('1');
    await expect(desk.caseDesk.getByRole('form', { name: '不立案' })).toBeVisible();
    await keys.words('现场无此问题');
    await keys.press('Enter');
    // What can't be undone is asked once more, and the button at hand is that of going back (K7).
    await expect(desk.caseDesk.getByRole('alertdialog').getByRole('button', { name: '取消' })).toBeFocused();
    await keys.press('Tab', 'Enter');
    await expect.poll(async () => (await found(wrong)).state).toBe('not_accepted');
  });

  const pair = [
    await report({ description: '同一处', lat: 40.15 }),
    await report({ description: '又一次', lat: 40.15 }),
  ];
  const [one = '', other = ''] = pair;
  await task('merge two reports', async (keys) => {
    await keys.press('F4');
    await keys.codes(`b ${number(one)} ${number(other)}`);
    await expect(effect).toContainText('并案');
    await keys.press('Enter');
    await expect(effect).toContainText('再按一次 Enter');
    await keys.press('Enter');
    await expect.poll(async () => (await found(other)).mergedInto).toBe(one);
  });
  await task('take them apart', async (keys) => {
    await keys.press('F4');
    await keys.codes(`ca ${number(one)} ${number(other)} `);
    await keys.words('不是同一处');
    await expect(effect).toContainText('拆案');
    await keys.press('Enter');
    await expect.poll(async () => (await found(other)).mergedInto).toBeNull();
  });

  await task('phone call to dispatched', async (keys) => {
    await keys.press('F2');
    const dialog = page.getByRole('dialog', { name: '登记案件' });
    await expect(dialog).toBeVisible();
    await keys.codes('wsjg');
    await expect(page.getByRole('option', { name: /污水井盖/ }).first()).toBeVisible();
    await keys.press('ArrowDown', 'Enter', 'Tab');
    await keys.words('路口的井盖裂了，快掉下去了');
    await keys.press('Tab');
    await keys.codes('hsyz');
    await expect(page.getByRole('option', { name: /后沙峪/ }).first()).toBeVisible();
    await keys.press('ArrowDown', 'Enter');
    await expect(dialog.getByText(/坐标取.+的中心，请核对/)).toBeVisible();
    await keys.press('Enter');
    await expect(dialog).toBeHidden();
    await desk.expectState('已上报');
    await keys.press('F6');
    await expect(desk.caseDesk.getByRole('form', { name: '立案' })).toBeVisible();
    await keys.press('Enter');
    await desk.expectState('待派遣');
    await keys.press('F6', 'Enter', 'Enter');
    await desk.expectState('待处置');
  });

  await task('hotline ticket written down', async (keys) => {
    await keys.press('Alt+KeyT');
    const dialog = page.getByRole('dialog', { name: '登记工单' });
    await expect(dialog).toBeVisible();
    await keys.words('BJ-2026-0001');
    await keys.press('Tab');
    await keys.codes('gdps');
    await expect(page.getByRole('option', { name: /管道破损/ }).first()).toBeVisible();
    await keys.press('ArrowDown', 'Enter', 'Tab');
    await keys.words('自来水管漏水');
    await keys.press('Tab');
    await keys.codes('ncz');
    await expect(page.getByRole('option', { name: /南彩/ }).first()).toBeVisible();
    await keys.press('ArrowDown', 'Enter');
    await expect(dialog.getByRole('combobox', { name: '承办镇街' })).toHaveValue('南彩镇');
    await keys.press('Enter');
    await expect(dialog).toBeHidden();
    await desk.expectState('待签收');
  });

  const strip = page.getByTestId('alarm-strip');
  await report({ classRef: collapse, description: '塌陷', lat: 40.131 });
  await expect(strip).toContainText('险情未接单');
  await task('silence the sounds', async (keys) => {
    await keys.press('Alt+KeyS');
    await expect(page.getByRole('button', { name: /静音中 \d+ 秒/ })).toBeVisible();
  });
  await task('acknowledge an alarm', async (keys) => {
    await keys.press('F8');
    await expect(strip).toHaveCount(0);
  });
  const center = page.getByRole('region', { name: '告警中心' });
  await task('take an alarm in hand', async (keys) => {
    await keys.press('Alt+KeyA');
    await expect(center.getByRole('tree')).toBeFocused();
    await keys.press('Home', 'h');
    await expect(center.getByRole('treeitem', { name: /险情未接单.*处理中/ })).toBeVisible();
  });
  await page.keyboard.press('Escape');
  await expect(center).toBeHidden();
  // One that may be shelved: its unit sent the case back twice.
  const returned = await registered({ description: '回退', lat: 40.16 });
  for (let count = 0; count < 2; count += 1) {
    await host.call('case.dispatch', { id: returned, unit: '110113008', opinion: '处理' });
    await host.call('case.return', { id: returned, reasonCode: 'R03', reason: '非本单位' });
  }
  await task('shelve an alarm', async (keys) => {
    await keys.press('Alt+KeyA');
    await expect(center.getByRole('treeitem', { name: /多次回退/ })).toBeVisible();
    await keys.press('End', 's');
    const dialog = page.getByRole('dialog', { name: '搁置 1 条告警' });
    await expect(dialog).toBeVisible();
    await keys.words('等单位答复');
    await keys.press('Enter');
    await expect(dialog).toBeHidden();
  });
  await page.keyboard.press('Escape');
  await expect(center).toBeHidden();

  await task('open the supervision board', async (keys) => {
    await keys.press('Alt+Digit3');
    await expect(page.getByRole('region', { name: '督办台' })).toBeVisible();
  });
  await page.keyboard.press('Alt+Digit9');

  await task('fly to a place', async (keys) => {
    await keys.press('Alt+KeyG');
    await expect(page.getByRole('combobox', { name: '查找地点' })).toBeFocused();
    await keys.codes('hsyz');
    await expect(page.getByRole('option', { name: /后沙峪/ }).first()).toBeVisible();
    await keys.press('Enter');
    await keys.press('Escape');
  });
  await task('see the desk as it was, and come back', async (keys) => {
    await keys.press('Alt+KeyH');
    await expect(page.getByRole('region', { name: '历史回放，只能查看' })).toBeVisible();
    await keys.press('Home');
    await expect(desk.rows()).toHaveCount(1);
    await keys.press('Escape');
    await expect(page.getByRole('region', { name: '历史回放，只能查看' })).toHaveCount(0);
  });
  await task('open a tool by its initials', async (keys) => {
    await keys.press('Alt+KeyP');
    await keys.codes('gzb');
    await expect(page.getByRole('option', { name: /规则表/ })).toHaveAttribute('aria-selected', 'true');
    await keys.press('Enter');
    await expect(page.getByRole('region', { name: '规则表' })).toBeVisible();
  });

  const names = Object.keys(limits) as Task[];
  const width = Math.max(...names.map(({ length }) => length));
  for (const name of names) {
    const { most, isOfDesign } = limits[name];
    process.stdout.write(
      `${name.padEnd(width)} ${String(counts.get(name) ?? '-').padStart(3)} of ${most}${isOfDesign ? ' (design)' : ''}\n`,
    );
  }
  expect([...counts.keys()].sort()).toEqual([...names].sort());
  expect(names.filter((name) => (counts.get(name) ?? 0) > limits[name].most)).toEqual([]);
  desk.expectNoFaults();
});
