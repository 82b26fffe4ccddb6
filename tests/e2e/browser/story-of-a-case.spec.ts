import { expect, test } from '@playwright/test';
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

test('late rubbish collection, from 上报 to 结案 by keyboard alone (domain.md §12.1)', async ({ page }) => {
  test.slow();
  const desk = new DeskPage(page);
  const person = new KeyPerson(desk);
  await page.goto(host.firstLine.url);
  await desk.ready();

  await person.press('F2');
  const dialog = page.getByRole('dialog', { name: '登记案件' });
  await person.choose(dialog.getByRole('combobox', { name: '类别' }), '06042', /满溢/);
  await person.tabTo(dialog.getByLabel(/^描述/));
  await person.type('村北垃圾桶满溢，未按时清运');
  await person.tabTo(dialog.getByLabel('经度'));
  await person.type('116.7040');
  await person.tabTo(dialog.getByLabel('纬度'));
  await person.type('40.1395');
  await expect(dialog.getByText(/所在网格 110113106/)).toBeVisible();
  await person.press('Enter');
  await expect(dialog).toBeHidden();
  await desk.expectState('已上报');

  await person.next('立案');
  await desk.expectState('待派遣');

  await person.press('F6');
  const dispatch = person.form('派遣');
  await expect(dispatch.getByRole('option').first()).toContainText(/属地|权责清单/);
  await person.take(/^南彩镇/);
  await person.send('派遣');
  await desk.expectState('待处置');
  await expect(desk.caseDesk.getByRole('button', { name: /撤回 \d+ 秒/ })).toBeVisible();
  await expect(person.line(/^南彩镇 .*在此/)).toBeVisible();

  await person.press('F6');
  const below = person.form('下派');
  await expect(below.getByRole('option').first()).toContainText('属地负责');
  await person.press('Enter', 'Shift+Tab');
  await person.press('ArrowRight', 'ArrowRight');
  await expect(below.getByRole('radio', { name: '联合办件' })).toBeChecked();
  await person.choose(below.getByRole('combobox', { name: '子单 1 单位' }), '南彩镇环', /南彩镇环卫中心/);
  await person.tabTo(below.getByLabel(/^意见/));
  await person.type('请配合清运');
  await person.send('下派');
  await expect(person.line(/后俸伯村 主办 在此/)).toBeVisible();
  await expect(person.line(/协办/)).toContainText('待接单');

  await person.next('接单', 'P0901');
  await desk.expectState('处置中');
  await person.next('处置完成', '已清运，桶身清洗', { hasPhoto: true });
  await desk.expectState('处置完成');

  await person.press('m');
  await expect(page.getByRole('menuitem', { name: /^反馈/ }), 'what is not allowed says why').toContainText(
    '还有子单未反馈',
  );
  await person.press('Escape');
  await person.next('协办接单');
  await expect(person.line(/协办/)).toContainText('已接单');
  await person.next('协办反馈', '清运车已到位');
  await expect(person.line(/协办/)).toContainText('已反馈');
  await expect(person.chain()).toContainText('“清运车已到位”');

  await person.next('反馈');
  await desk.expectState('待核查');
  await person.next('发起核查', 'P0902');
  await desk.expectState('核查中');
  await person.next('核查结果', '', { hasPhoto: true });
  await desk.expectState('待结案');
  await person.next('结案');
  await desk.expectState('结案');

  await expect(person.chain()).toContainText('3 环 · 子单 1/1 已反馈');
  for (const step of [
    '上报',
    '立案',
    '派遣',
    '下派',
    '接单',
    '处置完成',
    '协办反馈',
    '反馈',
    '发起核查',
    '核查结果',
    '结案',
  ]) {
    await expect(desk.record(step).first()).toBeVisible();
  }
  await expect(desk.record('下派')).toContainText('联合办件');
  desk.expectNoFaults();
});

test('a dispatch is taken back within its window, and an irreversible act asks first', async ({ page }) => {
  const classRef = {
    standardRef: 'GB/T 47678.5-2026',
    kind: 'matter',
    code: '06042',
    name: '垃圾站（箱）满溢',
  } as const;
  const report = await host.call('case.report', { classRef, description: '垃圾桶满溢', lon: 116.704, lat: 40.1395 });
  expect(report.ok).toBe(true);
  const desk = new DeskPage(page);
  const person = new KeyPerson(desk);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await person.press('Alt+KeyQ', 'ArrowDown');
  await person.next('立案');
  await desk.expectState('待派遣');
  await person.press('F6', 'Enter', 'Enter');
  await desk.expectState('待处置');
  await person.press('Alt+KeyZ');
  await desk.expectState('待派遣');
  await expect(person.line(/区城指中心 在此/)).toBeVisible();
  await expect(desk.record('撤回')).toBeVisible();

  await person.press('Alt+KeyC');
  await person.fromMenu('作废');
  await person.type('测试上报');
  await person.press('Enter');
  const question = person.form('作废').getByRole('alertdialog');
  await expect(question.getByRole('button', { name: '取消' })).toBeFocused();
  await person.press('Enter');
  await expect(question).toBeHidden();
  await desk.expectState('待派遣');
  await person.tabTo(person.form('作废').getByLabel('理由'));
  await person.press('Enter', 'Tab', 'Enter');
  await desk.expectState('作废');
  desk.expectNoFaults();
});
