import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { revealedForMs } from '#contract/people.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

async function open(page: Page, host: HostProcess): Promise<DeskPage> {
  const desk = new DeskPage(page);
  await page.clock.install();
  await page.goto(host.firstLine.url);
  await desk.ready();
  return desk;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'best-practice']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
}

test('who reports is filled in, stands masked, is shown for a minute to whoever says why, and is erased after a question', async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'reporter-'));
  const secretFile = join(folder, 'secret');
  await writeFile(secretFile, 'a pass-phrase of the desk\n', { mode: 0o600 });
  const host = await startHost({ args: ['--no-simulate', '--secret-file', secretFile] });
  try {
    const desk = await open(page, host);
    await page.keyboard.press('F2');
    const dialog = page.getByRole('dialog', { name: '登记案件' });
    await dialog.getByRole('combobox', { name: '类别' }).fill('0101');
    await page.getByRole('option').first().click();
    await dialog.getByRole('textbox', { name: /^描述/ }).fill('井盖破损');
    await dialog.getByRole('textbox', { name: '姓名', exact: true }).fill('王小明');
    await dialog.getByRole('textbox', { name: '电话', exact: true }).fill('138');
    await expect(dialog.getByText('不是电话号码')).toBeVisible();
    await expect(dialog.getByRole('button', { name: '登记', exact: true })).toBeDisabled();
    await dialog.getByRole('textbox', { name: '电话', exact: true }).fill('138 1234 1234');
    await dialog.getByRole('button', { name: '要求保密' }).click();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: '登记', exact: true }).click();

    const facts = desk.caseDesk;
    await expect(facts.getByText('王** · 138****1234')).toBeVisible();
    await expect(facts.getByText('要求保密')).toBeVisible();
    await facts.getByRole('button', { name: '显示' }).click();
    const form = facts.getByRole('form', { name: '查看来电人' });
    await form.getByRole('textbox', { name: /^查看理由/ }).fill('回访核实');
    await page.keyboard.press('Enter');
    await expect(facts.getByText('王小明 · 13812341234')).toBeVisible();
    await expect(desk.record('查看来电人')).toContainText('回访核实');
    // The first entry has two steps; each stands there once.
    await expect(desk.record('日志')).toHaveCount(3);
    await expectAccessible(page);
    await page.clock.fastForward(revealedForMs + 2_000);
    await expect(facts.getByText('王小明')).toHaveCount(0);
    await expect(facts.getByText('王** · 138****1234')).toBeVisible();

    await facts.getByRole('button', { name: /更多/ }).click();
    await page.getByRole('menuitem', { name: '删除来电人信息' }).click();
    await facts.getByRole('textbox', { name: /^删除理由/ }).fill('本人要求');
    await page.keyboard.press('Enter');
    const question = facts.getByRole('alertdialog');
    await expect(question.getByRole('button', { name: '取消' })).toBeFocused();
    await question.getByRole('button', { name: '确认删除' }).click();
    await expect(facts.getByText(/^来电人信息已删除，序号 \d+/)).toBeVisible();
    await expect(facts.getByText(/^已于 .* 删除/)).toBeVisible();
    await expect(desk.record('删除来电人信息')).toContainText('本人要求');
    desk.expectNoFaults();
  } finally {
    await host.stop();
    await rm(folder, { recursive: true });
  }
});

test('where nothing can be kept, the screen says so and the fields are closed, not silently empty', async ({
  page,
}) => {
  const host = await startHost({ args: ['--no-simulate'] });
  try {
    const desk = await open(page, host);
    await page.keyboard.press('F2');
    const dialog = page.getByRole('dialog', { name: '登记案件' });
    await expect(dialog.getByText('本机不存个人信息：启动时没有给口令')).toBeVisible();
    for (const name of ['姓名', '电话', '其他身份信息']) {
      await expect(dialog.getByRole('textbox', { name, exact: true })).toBeDisabled();
    }
    await page.keyboard.press('Escape');
    await expect(page.getByText('本机不存个人信息：启动时没有给口令')).toBeVisible();
    desk.expectNoFaults();
  } finally {
    await host.stop();
  }
});
