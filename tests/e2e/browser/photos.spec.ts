import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { maxPictureBytes } from '#contract/attachments.ts';
import { aPicture } from '#tests/builders/pictures.ts';
import { startHost, type HostProcess } from '#tests/support/start-host.ts';
import { DeskPage } from '../pages/desk-page.ts';

let host: HostProcess;
test.beforeAll(async () => {
  host = await startHost({ args: ['--no-simulate'] });
});
test.afterAll(() => host.stop());

const classRef = { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '0101', name: '上水井盖' } as const;
const photoNamed = (shade: number) => ({ name: `${shade}.png`, mimeType: 'image/png', buffer: aPicture(shade) });

/** A case whose handler is at work, selected on the desk. */
async function handling(page: Page, description: string): Promise<{ desk: DeskPage; form: Locator; id: string }> {
  const reported = await host.call('case.report', { classRef, description, lon: 116.65, lat: 40.13 });
  if (!reported.ok) throw new Error(reported.error.code);
  const id = reported.value.caseId;
  await host.call('case.register', { id, condition: '属实' });
  const located = await host.call('grid.locate', { lon: 116.65, lat: 40.13 });
  const unit = (located.ok ? located.value.path[1]?.code : null) ?? '';
  await host.call('case.dispatch', { id, unit });
  await host.call('case.accept', { id, handlerId: 'handler-1' });
  const desk = await open(page, description);
  await desk.expectState('处置中');
  await page.keyboard.press('F6');
  return { desk, form: desk.caseDesk.getByRole('form', { name: '处置完成' }), id };
}

async function open(page: Page, description: string): Promise<DeskPage> {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await desk.row(description).click();
  return desk;
}

async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${what}: ${id} ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Puts files into a paste or a drop, as the system does. */
async function hand(target: Locator, type: 'paste' | 'drop', bytes: Buffer, name: string): Promise<void> {
  await target.evaluate(
    (element, given) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(given.base64), (letter) => letter.codePointAt(0) ?? 0);
      transfer.items.add(new File([content], given.name, { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true };
      element.dispatchEvent(
        given.type === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: transfer })
          : new DragEvent('drop', { ...init, dataTransfer: transfer }),
      );
    },
    { type, name, base64: bytes.toString('base64') },
  );
}

test('the result waits for its photo 处置后; chosen, pasted and dropped ones are kept, shown and compared', async ({
  page,
}) => {
  const { desk, form } = await handling(page, '井盖破损甲');
  await form.getByLabel('处置结果').fill('已更换井盖');
  const send = form.getByRole('button', { name: /^确定/ });
  await expect(send).toBeDisabled();
  await expect(form.getByRole('group', { name: '照片' })).toContainText('必须有处置后照片');

  await desk.addPhoto(form, 10);
  await expect(send).toBeEnabled();
  await hand(form.getByLabel('处置结果'), 'paste', aPicture(20), 'pasted.png');
  await expect(form.getByText('已存入')).toHaveCount(2);
  await hand(form.getByRole('group', { name: '照片' }), 'drop', aPicture(30), 'dropped.png');
  await expect(form.getByText('已存入')).toHaveCount(3);
  await expect(form.getByRole('button', { name: /照片 1 种类/ })).toContainText('处置后');
  await expect(form.getByRole('button', { name: /照片 2 种类/ })).toContainText('处置前');
  await expectAccessible(page, 'form with photos');
  await form.getByRole('button', { name: '删去照片 3' }).click();
  await expect(form.getByLabel('处置结果'), 'what was typed stays').toHaveValue('已更换井盖');
  await send.click();
  await desk.expectState('处置完成');
  await expect(desk.record('处置完成')).toContainText('照片 2 张');

  const strip = desk.caseDesk.getByRole('region', { name: '照片' });
  await expect(strip.locator('img')).toHaveCount(2);
  await expectAccessible(page, 'case with photos');
  await strip.getByRole('button', { name: /处置后/ }).click();
  const viewer = page.getByRole('dialog', { name: /^照片/ });
  await expect(viewer.getByRole('img')).toHaveCount(1);
  await expect(viewer).toContainText('第 1 / 2 张');
  await page.keyboard.press('ArrowRight');
  await expect(viewer).toContainText('第 2 / 2 张');
  await expect(viewer.getByRole('img', { name: /处置前/ })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(viewer).toContainText('第 1 / 2 张');
  await viewer.getByRole('button', { name: '处置前后对比' }).click();
  await expect(viewer.getByRole('img')).toHaveCount(2);
  await expectAccessible(page, 'viewer');
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  desk.expectNoFaults();
});

test('what is no picture, too large, or damaged on the way is said beside it, and nothing that was typed is lost', async ({
  page,
}) => {
  const { desk, form } = await handling(page, '井盖破损乙');
  await form.getByLabel('处置结果').fill('已更换井盖');
  const chooser = form.locator('input[type=file]');
  await chooser.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') });
  await expect(form.getByRole('alert')).toContainText('不是 JPEG、PNG 或 WebP 图片');
  await form.getByRole('button', { name: '删去照片 1' }).click();
  const large = Buffer.concat([aPicture(), Buffer.alloc(maxPictureBytes)]);
  await chooser.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: large });
  await expect(form.getByRole('alert')).toContainText('超过 20 MB');
  await form.getByRole('button', { name: '删去照片 1' }).click();

  await page.route('**/attachments/*', (route) => route.abort());
  await chooser.setInputFiles(photoNamed(40));
  await expect(form.getByRole('alert')).toContainText('暂不可用');
  await expect(form.getByRole('button', { name: /^确定/ })).toBeDisabled();
  await page.unroute('**/attachments/*');
  await form.getByRole('button', { name: '再试' }).click();
  await expect(form.getByText('已存入')).toBeVisible();
  await expect(form.getByLabel('处置结果')).toHaveValue('已更换井盖');
  await form.getByRole('button', { name: /^确定/ }).click();
  await desk.expectState('处置完成');
});

test('a photo is drawn anew before it is sent: no EXIF travels', async ({ page }) => {
  const { desk, form } = await handling(page, '井盖破损丙');
  await form.getByLabel('处置结果').fill('已更换井盖');
  const secret = 'GPS of the person who took it';
  await form
    .locator('input[type=file]')
    .setInputFiles({ name: 'phone.jpg', mimeType: 'image/jpeg', buffer: withExif(await aJpeg(page), secret) });
  await expect(form.getByText('已存入')).toBeVisible();
  await form.getByRole('button', { name: /^确定/ }).click();
  await desk.expectState('处置完成');
  const kept = await keptFiles();
  expect(kept.length).toBeGreaterThan(0);
  for (const { bytes } of kept) {
    expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes('Exif')).toBe(false);
  }
});

test('a report of a collector needs a photo in the dialog, one by phone needs none', async ({ page }) => {
  const desk = new DeskPage(page);
  await page.goto(host.firstLine.url);
  await desk.ready();
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: '登记案件' });
  await dialog.getByRole('combobox', { name: '类别' }).fill('0101');
  await expect(page.getByRole('option', { name: /^热力井盖 / })).toBeVisible();
  for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
  await dialog.getByLabel(/^描述/).fill('网格员发现井盖松动');
  const send = dialog.getByRole('button', { name: '登记', exact: true });
  await expect(send).toBeEnabled();
  await dialog.getByRole('button', { name: /来源/ }).click();
  await page.getByRole('option', { name: '网格', exact: true }).click();
  await expect(send).toBeDisabled();
  await desk.addPhoto(dialog, 60);
  await send.click();
  await expect(dialog).toBeHidden();
  await desk.expectState('待立案');
  await expect(desk.caseDesk.getByRole('region', { name: '照片' })).toContainText('近景 · 上报');
});

test('a photo whose file is gone or damaged is shown as such, in words', async ({ page }) => {
  const { desk, form } = await handling(page, '井盖破损丁');
  await form.getByLabel('处置结果').fill('已更换井盖');
  await desk.addPhoto(form, 70);
  await desk.addPhoto(form, 80);
  await form.getByRole('button', { name: /^确定/ }).click();
  await desk.expectState('处置完成');
  const found = await host.call('cases.list', { filter: { text: '井盖破损丁' } });
  const detail = await host.call('case.get', { id: (found.ok && found.value.rows[0]?.id) || '' });
  const [gone, broken] = detail.ok ? detail.value.photos.map(({ hash }) => hash) : [];
  await rm(fileOf(gone ?? ''));
  await writeFile(fileOf(broken ?? ''), 'other contents');
  await page.reload();
  await desk.ready();
  await desk.row('井盖破损丁').click();
  const strip = desk.caseDesk.getByRole('region', { name: '照片' });
  await expect(strip).toContainText('存储中没有这张照片');
  await expect(strip).toContainText('这张照片的文件已损坏');
  await strip.getByRole('button').first().click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('存储中没有这张照片');
});

function fileOf(hash: string): string {
  return join(host.dataFolder, 'attachments', hash.slice(0, 2), hash.slice(2));
}

async function keptFiles(): Promise<readonly { readonly bytes: Buffer }[]> {
  const folder = join(host.dataFolder, 'attachments');
  const names = (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{62}$/.test(name));
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
  for (const { name, bytes } of files) {
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(name.replace(/[\\/]/, '')).toBe(hash);
  }
  return files;
}

/** A JPEG as a browser writes it. */
async function aJpeg(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d')?.fillRect(4, 4, 20, 20);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
    return btoa(String.fromCodePoint(...new Uint8Array(await blob.arrayBuffer())));
  });
  return Buffer.from(base64, 'base64');
}

/** The same JPEG with an EXIF segment, as a phone writes one. */
function withExif(jpeg: Buffer, words: string): Buffer {
  const content = Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\u0008\0\0', 'latin1'), Buffer.from(words)]);
  const head = Buffer.from([0xff, 0xe1, (content.length + 2) >> 8, (content.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}
