import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { DeskPage } from './desk-page.ts';
import { coloursOf } from './pixels.ts';

/** A file as an office sends it: one report with a place in 旺泉街道, one in 南彩镇 that was closed long ago. */
const file = [
  '编号,上报时间,结案时间,状态,小类名称,问题描述,位置,经度,纬度,来源',
  'G-1,2026-11-23 09:12:00,,办理中,暴露垃圾,"路口东侧堆放垃圾，\n占用便道",顺平路口,116.65,40.13,网格员',
  'G-2,2026-11-20 10:00:00,2026-11-21 11:30:00,已办结,路灯异常,路灯不亮,彩园路,116.70,40.12,12345热线',
  '',
].join('\r\n');

/** Writes the story's file. */
export async function storyFile(folder: string): Promise<string> {
  const path = join(folder, 'reports.csv');
  await writeFile(path, file);
  return path;
}

/** Import → list → map → register → dispatch → handle → check → close (electron/README.md, "Life of a case"). */
export async function tellTheStory(
  desk: DeskPage,
  choose: (press: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await desk.ready();
  const emptyMap = await coloursOf(desk.map);
  await desk.importFile(choose, /共 2 行：新增 2/);

  await expect(desk.rows()).toHaveCount(1);
  await desk.row('暴露垃圾').click();
  await desk.expectState('已上报');
  await expect(desk.caseDesk).toContainText('顺平路口');
  await expect(desk.caseDesk).toContainText(/1101130\d{8}/);

  await expect(desk.map).toContainText('在办 1 件');
  await expect.poll(() => coloursOf(desk.map), { message: 'the case is drawn on the map' }).not.toEqual(emptyMap);

  await desk.act('立案');
  await desk.expectState('待派遣');
  await desk.act('派遣');
  await desk.expectState('待处置');
  // The responsibility of this class leads to the village, with the township's cleaning office beside it.
  await expect(desk.caseDesk.getByRole('region', { name: '派遣链' })).toContainText('协办');
  await desk.act('接单', (form) => form.getByRole('combobox', { name: '处置人员' }).fill('handler-7'));
  await desk.expectState('处置中');
  await desk.act('处置完成', async (form) => {
    await form.getByLabel('处置结果').fill('已清运，现场恢复原状');
    await desk.addPhoto(form, 90);
  });
  await desk.act('协办接单');
  await desk.act('协办反馈', (form) => form.getByLabel('说明').fill('清运车已到'));
  await desk.act('反馈');
  await desk.expectState('待核查');
  await desk.act('发起核查', (form) => form.getByRole('combobox', { name: '核查人员' }).fill('collector-3'));
  await desk.act('核查结果', (form) => desk.addPhoto(form, 200));
  await expect(desk.caseDesk.getByRole('region', { name: '照片' }).getByRole('button')).toHaveCount(2);
  await desk.expectState('待结案');
  await desk.act('结案');
  await desk.expectState('结案');
  await expect(desk.map).toContainText('在办 0 件');
}

/** After the program was ended and started again, the case is where it was, with every step. */
export async function findItAgain(desk: DeskPage): Promise<void> {
  await desk.ready();
  await expect(desk.rows()).toHaveCount(0);
  await desk.tab('已结案');
  await expect(desk.rows()).toHaveCount(2);
  await desk.row('暴露垃圾').click();
  await desk.expectState('结案');
  await expect(desk.caseDesk.getByRole('region', { name: '办理记录' }).getByRole('listitem')).toHaveCount(11);
  await expect(desk.caseDesk.getByRole('region', { name: '照片' }).locator('img')).toHaveCount(2);
  await expect(desk.record('处置完成')).toContainText('已清运，现场恢复原状');
}
