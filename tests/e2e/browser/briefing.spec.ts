import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { PNG } from 'pngjs';
import type { Briefing } from '#contract/briefings.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let host: HostProcess;
let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grid-command-briefing-'));
  host = await startHost({ args: ['--no-simulate'] });
  for (let count = 0; count < 12; count += 1) {
    await host.call('case.report', aReportInput({ lon: 116.62 + count * 0.01, lat: 40.13 }));
  }
});
test.afterEach(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8' });
/** Paper breaks lines anywhere, so words are looked for without blanks. */
const dense = (text: string) => text.replaceAll(/\s/g, '');

/** Every text and cell of a document. */
function printedTexts({ document }: Briefing): readonly string[] {
  return document.blocks.flatMap((block) => {
    switch (block.kind) {
      case 'section':
      case 'subsection':
        return [block.title];
      case 'sentence':
      case 'note':
        return [block.text];
      case 'table':
        return [block.caption, ...block.columns.map(({ title }) => title), ...block.rows.flatMap(({ cells }) => cells)];
      case 'lines':
        return [block.caption, ...block.series.flatMap(({ values }) => values.map(String))];
      case 'map':
        return [block.caption, block.sheet.mark];
      case 'facts':
        return block.rows.map(({ text }) => text);
    }
  });
}

/** What stands within the text block of 156 × 225 mm, in the order of the page: without foot and reader's mark. */
function textBlock(file: string, ...pages: string[]): string {
  return run('pdftotext', '-layout', ...pages, ...'-x 79 -y 104 -W 444 -H 640'.split(' '), file, '-');
}

/** Share of pixels that are neither white nor black nor grey: what a map in shades of blue leaves on a page. */
function colouredShare(png: PNG): number {
  let coloured = 0;
  for (let at = 0; at < png.data.length; at += 4) {
    const [red = 0, , blue = 0] = png.data.subarray(at, at + 3);
    if (blue - red > 12) coloured += 1;
  }
  return coloured / (png.width * png.height);
}

test('a daily is drafted, read, opened by its figures, issued by a second person and taken as a PDF that is whole', async ({
  page,
}) => {
  // Two Chromiums and a host on the two cores of a small machine.
  test.setTimeout(150_000);
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await page.keyboard.press('Alt+o');
  const dialog = page.getByRole('dialog', { name: '简报' });
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await dialog.getByLabel('统计日').fill(today);
  await dialog.getByRole('button', { name: '起草', exact: true }).press('Enter');
  const preview = dialog.getByRole('region', { name: '预览' });
  await expect(preview.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(preview.getByText('受理 12 件')).toBeVisible();
  await preview.getByRole('button', { name: '〔D-01〕' }).first().press('Enter');
  await expect(dialog.getByText(/^D-01 受理：印在纸上 12，现在清单 12 件$/)).toBeVisible();
  // The paper is the printed page's: it has no controls but the numbers of its figures.
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').exclude('article').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  await dialog.getByRole('button', { name: '审签印发' }).press('Enter');
  await expect(dialog.getByText('第 1 期', { exact: true })).toBeVisible({ timeout: 40_000 });
  await expect(dialog.getByRole('button', { name: '审签印发' })).toBeHidden();
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '下载 PDF' }).press('Enter');
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`城市管理日报-${today}-第1期.pdf`);
  const file = join(folder, 'issued.pdf');
  await download.saveAs(file);
  desk.expectNoFaults();

  const listed = await host.call('briefings.list', {});
  const id = listed.ok ? (listed.value.briefings[0]?.id ?? '') : '';
  const kept = await host.call('briefings.page', { id });
  if (!kept.ok) throw new Error(kept.error.code);
  await expectWhole(file, kept.value);
});

/** P2–P6: valid, A4, tagged, outline, fonts, every number in the text, the map there, heads above rows. */
async function expectWhole(file: string, briefing: Briefing): Promise<void> {
  expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
  const info = run('pdfinfo', file);
  expect(info).toMatch(/Tagged: +yes/);
  expect(info).toMatch(/Page size: .*A4/);
  expect(info).toMatch(/Title: +城市管理日报/);
  const pages = Number(/Pages: +(\d+)/.exec(info)?.[1]);
  expect(pages).toBeGreaterThanOrEqual(4);
  expect(pages).toBeLessThanOrEqual(6);

  const fonts = run('pdffonts', file).trim().split('\n').slice(2);
  expect(fonts.length).toBeGreaterThan(3);
  for (const font of fonts) expect(font).toMatch(/Noto(Sans|Serif)SC\S* +CID TrueType +Identity-H +yes yes yes/);

  // Cells that run over two lines are whole in the order of the structure, lines in the order of the page.
  const text = dense(run('pdftotext', file, '-') + textBlock(file));
  for (const printed of printedTexts(briefing)) expect(text).toContain(dense(printed));
  for (const block of briefing.document.blocks) {
    const ids = 'figures' in block ? [block.figures[0], block.figures.at(-1)] : [];
    for (const id of ids) if (id !== undefined) expect(text).toContain(id);
  }
  expect(text).toContain(dense('〔2026〕第 1 期').replace('2026', String(briefing.issue?.year)));
  expect(text).toContain(briefing.inputsHash);
  expect(text).toContain(briefing.journalHash);
  expect(text).not.toContain('草稿');

  const structure = run('pdfinfo', '-struct', file);
  expect(structure.match(/^ *H1/gm)).toHaveLength(1);
  const sections = briefing.document.blocks.filter(({ kind }) => kind === 'section').length;
  expect(structure.match(/^ *H2/gm)).toHaveLength(sections);
  expect(structure).toMatch(/Table/);
  expect(structure).toMatch(/Caption/);
  const json = JSON.parse(run('qpdf', '--json=2', '--json-key=outlines', file)) as { outlines: readonly object[] };
  expect(JSON.stringify(json.outlines)).toContain('领导摘要');

  const blocks = briefing.document.blocks;
  const areas = blocks.find((block) => block.kind === 'table' && block.isOnNewPage);
  const [head = ''] = areas?.kind === 'table' ? areas.columns.map(({ title }) => title) : [];
  for (let page = 1; page <= pages; page += 1) {
    const body = textBlock(file, '-f', String(page), '-l', String(page))
      .split('\n')
      .filter((line) => line.trim() !== '');
    // A repeated head with no row below it would be the last line of its page.
    expect(body.at(-1)?.trim().startsWith(head)).toBe(false);
  }
  run('pdftoppm', '-r', '40', '-png', file, join(folder, 'page'));
  const shares: number[] = [];
  for (let page = 1; page <= pages; page += 1) {
    shares.push(colouredShare(PNG.sync.read(await readFile(join(folder, `page-${page}.png`)))));
  }
  expect(Math.max(...shares)).toBeGreaterThan(0.005);
}

test('a job prints a draft through the running host, and one without a host through its own', async () => {
  test.setTimeout(150_000);
  const brief = resolve('out/main/brief.js');
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const out = join(folder, 'draft.pdf');
  const asked = (data: string) => ['--data', data, '--kind', 'daily', '--date', day, '--out', out];
  const said = JSON.parse(run(process.execPath, brief, ...asked(host.dataFolder))) as { id: string; bytes: number };
  expect(said.id).toBe(`daily-${day}-1`);
  expect((await readFile(out)).length).toBe(said.bytes);
  expect(dense(run('pdftotext', out, '-'))).toContain('草稿');

  const own = join(folder, 'own');
  await writeFile(out, '');
  expect(JSON.parse(run(process.execPath, brief, ...asked(own)))).toMatchObject({ id: `daily-${day}-1`, sequence: 0 });
  expect(run('qpdf', '--check', out)).toContain('No syntax or stream encoding errors');
});
