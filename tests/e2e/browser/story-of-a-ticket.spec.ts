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

test('a broken water pipe, from 接收 to 办结 by keyboard alone (domain.md §12.2)', async ({ page }) => {
  test.slow();
  const desk = new DeskPage(page);
  const person = new KeyPerson(desk);
  await page.goto(host.firstLine.url);
  await desk.ready();

  await person.press('Alt+KeyT');
  const dialog = page.getByRole('dialog', { name: '登记工单' });
  await person.tabTo(dialog.getByLabel('工单编号'));
  await person.type('BJ-2026-8846');
  await person.choose(dialog.getByRole('combobox', { name: '诉求分类' }), '管道', '管道破损');
  await person.tabTo(dialog.getByLabel(/^诉求（/));
  await person.type('施工队挖断自来水管，全村停水');
  await person.tabTo(dialog.getByLabel('经度'));
  await person.type('116.7040');
  await person.tabTo(dialog.getByLabel('纬度'));
  await person.type('40.1395');
  await expect(dialog.getByRole('combobox', { name: '承办镇街' })).toHaveValue('南彩镇');
  await expect(dialog.getByRole('radio', { name: '民生保障' }), 'the class says the time class').toBeChecked();
  await person.press('Enter');
  await expect(dialog).toBeHidden();
  await desk.expectState('待签收');
  await expect(desk.caseDesk).toContainText('BJ-2026-8846');

  await person.press('Alt+KeyT');
  await person.tabTo(dialog.getByLabel(/^诉求（/));
  await person.type('自来水管断了，停水');
  await person.tabTo(dialog.getByLabel('经度'));
  await person.type('116.7041');
  await person.tabTo(dialog.getByLabel('纬度'));
  await person.type('40.1395');
  const same = dialog.getByRole('status').filter({ hasText: '管道破损' });
  await expect(same, 'a second call about the same pipe is told while it is written').toBeVisible();
  await person.press('Escape');
  await expect(dialog).toBeHidden();

  await person.next('签收');
  await desk.expectState('已签收');

  await person.fromMenu('逐级批示');
  await expect(person.form('逐级批示').getByLabel('第 2 步时限（分钟）')).toHaveValue('30');
  await person.send('逐级批示');
  await expect(person.line(/批示 1/)).toContainText('批示中');
  await person.next('批示');
  await expect(person.line(/批示 1/)).toContainText('已同意');
  await person.next('批示');
  await expect(person.line(/批示 2/)).toContainText('已同意');

  await person.press('F6');
  const assign = person.form('一键派单');
  await expect(assign.getByRole('option').first()).toBeVisible();
  await person.press('Enter');
  await expect(assign.getByRole('radio', { name: '联合办件' }), 'the class says how it is handled').toBeChecked();
  const orders = assign.getByRole('combobox', { name: /^子单 \d 单位$/ });
  const suggested = await orders.count();
  await person.tabTo(assign.getByRole('button', { name: '加一张子单' }), 'Shift+Tab');
  await person.press('Enter');
  await expect(orders).toHaveCount(suggested + 1);
  await person.choose(orders.last(), '南彩镇农', /农业农村办公室/);
  await person.tabTo(assign.getByLabel(/^意见/));
  await person.send('一键派单');
  await desk.expectState('已派单');
  await expect(person.chain().getByRole('row').filter({ hasText: '协办' })).not.toHaveCount(0);

  await person.next('接单', 'P0901');
  await desk.expectState('已派单');
  await person.next('首响', '已致电，最关心何时恢复供水');
  await desk.expectState('已联系');
  await expect(desk.caseDesk.getByText(/签发后 0:0\d/)).toBeVisible();
  await person.next('开始办理');
  await desk.expectState('办理中');

  await person.fromMenu('吹哨');
  const whistle = person.form('吹哨');
  await person.choose(whistle.getByRole('combobox', { name: '子单 1 单位' }), '排水', /排水企业/);
  await person.tabTo(whistle.getByLabel('理由'));
  await person.type('需要排水单位到场抽排');
  await person.send('吹哨');
  await desk.expectState('吹哨协办');
  await person.next('报到');
  await desk.expectState('办理中');
  await expect(person.line(/吹哨/)).toContainText(/报到 \d\d:\d\d/);

  const all = suggested + 2;
  for (let index = 0; index < all; index += 1) await person.next('协办接单');
  for (let index = 0; index < all; index += 1) await person.next('协办反馈', '已办');
  await expect(person.chain()).toContainText(`子单 ${all}/${all} 已反馈`);
  await person.next('反馈', '管道已修复，恢复供水');
  await desk.expectState('已反馈');
  await person.next('回访');
  await desk.expectState('回访中');
  await person.next('办结');
  await desk.expectState('办结');
  await expect(desk.caseDesk).toContainText('是否解决 解决 · 是否满意 满意');
  await expect(desk.record('一键派单')).toContainText('联合办件');
  desk.expectNoFaults();
});
