import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { required } from '#domain/base/assert-never.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let host: HostProcess;

test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterAll(async () => {
  await host.stop();
});

async function report(description: string): Promise<string> {
  const outcome = await host.call('case.report', aReportInput({ description }));
  return required(outcome.ok ? outcome.value : undefined, 'the report is recorded').caseId;
}

async function recorded(): Promise<number> {
  const outcome = await host.call('health.get', {});
  return required(outcome.ok ? outcome.value : undefined, 'the host answers').journal.sequence;
}

/** What list, map, status bar and rows say of the number of open cases. */
async function figures(page: Page, desk: DeskPage): Promise<readonly string[]> {
  const numberIn = (text: string) => /(\d+)/.exec(text)?.[1] ?? text;
  return [
    String(await desk.rows().count()),
    numberIn(await desk.queue.getByText(/^\d+ 件$/).innerText()),
    numberIn(await desk.map.getByText(/^在办 \d+ 件$/).innerText()),
    numberIn(await page.getByRole('contentinfo').last().getByText(/^在办/).innerText()),
  ];
}

async function expectFigures(page: Page, desk: DeskPage, open: number): Promise<void> {
  await expect.poll(() => figures(page, desk)).toEqual(Array.from({ length: 4 }, () => String(open)));
}

test('an empty journal has no history, says so, and one key leads back', async ({ page }) => {
  test.slow();
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await page.keyboard.press('Alt+h');
  await expect(page.getByText('还没有任何记录')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: '历史回放' })).toHaveCount(0);
  desk.expectNoFaults();
});

test('the past is entered, scrubbed and played; list, map and figures agree; nothing can be done; Esc leads back', async ({
  page,
}) => {
  test.slow();
  const first = await report('井盖破损');
  const second = await report('井盖移位');
  await host.call('case.register', { id: first, condition: '属实' });
  await host.call('case.void', { id: second, reason: '误登' });
  const third = await report('路灯不亮');
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await desk.row(first.slice(-4)).click();
  await desk.expectState('待派遣');

  await page.keyboard.press('Alt+h');
  const banner = page.getByRole('region', { name: '历史回放，只能查看' });
  const bar = page.getByRole('region', { name: '历史回放', exact: true });
  const scrubber = bar.getByRole('slider');
  await expect(banner).toBeVisible();
  await expect(scrubber).toBeFocused();
  await expectFigures(page, desk, 2);

  await page.keyboard.press('Home');
  await expectFigures(page, desk, 1);
  await expect(desk.row(first.slice(-4))).toContainText('已上报');
  await desk.expectState('已上报');
  await expect(page.getByText(/^历史 \d\d:\d\d$/)).toHaveCount(3);

  // Entries are ]: the second report is known then, and as known now it was never there.
  await page.keyboard.press(']');
  await expectFigures(page, desk, 2);
  await banner.getByText('现在所知').click();
  await expectFigures(page, desk, 1);
  await banner.getByText('当时所知').click();
  await expectFigures(page, desk, 2);
  await page.keyboard.press('[');
  await expectFigures(page, desk, 1);

  await test.step('nothing can be done, and nothing is sent', async () => {
    const before = await recorded();
    for (const key of ['F2', 'Alt+t', 'F6', 'F7', '1', 'm', 'Alt+z', 'Alt+m', 'Alt+r', 'Alt+b']) {
      await page.keyboard.press(key);
    }
    for (const role of ['dialog', 'form', 'menu'] as const) {
      await expect(desk.caseDesk.getByRole(role)).toHaveCount(0);
    }
    await expect(page.getByRole('dialog')).toHaveCount(0);
    for (const name of ['登记', '登记工单', '备份', '大屏']) {
      await expect(page.getByRole('button', { name, exact: true })).toBeDisabled();
    }
    await page.getByRole('button', { name: /^工具/ }).click();
    const tools = page.getByRole('menu', { name: '工具' });
    for (const name of [/^导入/, /^规则表/, /^备份/, /^大屏/]) {
      await expect(tools.getByRole('menuitem', { name })).toBeDisabled();
    }
    await page.keyboard.press('Escape');
    await expect(tools).toHaveCount(0);
    await expect(desk.caseDesk.getByText('历史回放中，不能办理')).toBeVisible();
    expect(await recorded()).toBe(before);
  });

  await test.step('what arrives is counted and not shown', async () => {
    await report('护栏缺失');
    await expect(banner.getByText('此后新增 1 件')).toBeVisible();
    await expectFigures(page, desk, 1);
  });

  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'best-practice']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);

  await test.step('a moment that is typed, and one that is none', async () => {
    const field = bar.getByRole('textbox', { name: '日期时间' });
    await field.fill('昨天');
    await field.press('Enter');
    await expect(bar.getByText('请写成 2026-11-24 09:30')).toBeVisible();
    await field.fill('2020-01-01 00:00');
    await field.press('Enter');
    await expectFigures(page, desk, 1);
  });

  await test.step('it plays up to now and stops there', async () => {
    await bar.getByRole('button', { name: /播放速度/ }).click();
    await page.getByRole('option', { name: '3600 倍' }).click();
    await scrubber.focus();
    await page.keyboard.press('Home');
    await expectFigures(page, desk, 1);
    await page.keyboard.press('p');
    await expectFigures(page, desk, 3);
    await expect(bar.getByRole('button', { name: '播放', exact: true })).toBeVisible();
  });

  await page.keyboard.press('Escape');
  await expect(banner).toBeHidden();
  await expectFigures(page, desk, 3);
  await expect(desk.row(third.slice(-4))).toBeVisible();
  await expect(desk.row(first.slice(-4))).toHaveAttribute('aria-selected', 'true');
  await desk.expectState('待派遣');
  await page.keyboard.press('F2');
  await expect(page.getByRole('dialog', { name: '登记案件' })).toBeVisible();
  desk.expectNoFaults();
});
