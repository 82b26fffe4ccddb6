import { expect, type Locator, type Page } from '@playwright/test';
import { aPicture } from '#tests/builders/pictures.ts';

/** The desk as a person uses it; words are those of the Chinese screen. */
export class DeskPage {
  readonly page: Page;
  readonly queue: Locator;
  readonly caseDesk: Locator;
  readonly map: Locator;
  readonly #faults: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.queue = page.getByRole('region', { name: '案件', exact: true });
    this.caseDesk = page.locator('#case-desk');
    this.map = page.getByRole('region', { name: '网格地图' });
    page.on('pageerror', (error) => this.#faults.push(`page error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.#faults.push(message.text());
    });
  }

  /** The list is filled and the map is drawn. */
  async ready(): Promise<void> {
    await expect(this.page.locator('html[data-ready=true]')).toBeAttached({ timeout: 45_000 });
  }

  /** Nothing was thrown and no content policy was broken since the page was opened. */
  expectNoFaults(): void {
    expect(this.#faults).toEqual([]);
  }

  rows(): Locator {
    return this.queue.getByRole('option');
  }

  row(text: string): Locator {
    return this.rows().filter({ hasText: text });
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('radio', { name: new RegExp(`^${name}`) }).click();
  }

  state(): Locator {
    return this.caseDesk.getByTestId('case-state');
  }

  async expectState(name: string): Promise<void> {
    await expect(this.state()).toHaveText(name);
  }

  /** Opens a tool by the menu. */
  async tool(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^工具/ }).click();
    await this.page.getByRole('menuitem', { name }).click();
  }

  /** Imports a file through the dialog, with the guessed mapping. `choose` hands the file over. */
  async importFile(choose: (press: () => Promise<void>) => Promise<void>, result: RegExp): Promise<void> {
    await this.tool('导入案件');
    const dialog = this.page.getByRole('dialog', { name: /^导入/ });
    await choose(() => dialog.getByRole('button', { name: '选择文件' }).click());
    await dialog.getByRole('button', { name: '导入', exact: true }).click();
    await expect(dialog.getByRole('status').filter({ hasText: result })).toBeVisible();
    await dialog.getByRole('button', { name: '关闭' }).click();
    await expect(dialog).toBeHidden();
  }

  /** Does an act by its button: opens the short form, lets `fill` complete it, sends it, waits for the record. */
  async act(name: string, fill: (form: Locator) => Promise<void> = async () => {}): Promise<void> {
    // The button may name the unit after the act; another act that only begins alike is not meant.
    await this.caseDesk.getByRole('button', { name: new RegExp(`^(F\\d)?\\s*${name}(\\s|$)`) }).click();
    const form = this.caseDesk.getByRole('form', { name, exact: true });
    await fill(form);
    await form.getByRole('button', { name: new RegExp(`^确定`) }).click();
    await expect(form).toBeHidden();
    await expect(this.caseDesk.getByText(/已记录，序号 \d+/)).toBeVisible();
  }

  /** Adds a photo to a form or dialog, and waits until the host keeps it. */
  async addPhoto(form: Locator, shade = 100): Promise<void> {
    const before = await form.getByText('已存入').count();
    const buffer = aPicture(shade);
    await form.locator('input[type=file]').setInputFiles({ name: `${shade}.png`, mimeType: 'image/png', buffer });
    await expect(form.getByText('已存入')).toHaveCount(before + 1);
  }

  record(name: string): Locator {
    return this.caseDesk.getByRole('region', { name: '办理记录' }).getByRole('listitem').filter({ hasText: name });
  }
}
