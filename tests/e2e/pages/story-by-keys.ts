import { expect, type Locator } from '@playwright/test';
import { aPicture } from '#tests/builders/pictures.ts';
import type { DeskPage } from './desk-page.ts';

/** A person at the desk who never touches the mouse; words are those of the Chinese screen. */
export class KeyPerson {
  readonly #desk: DeskPage;

  constructor(desk: DeskPage) {
    this.#desk = desk;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#desk.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#desk.page.keyboard.type(text);
  }

  /** The short form that is open. */
  form(name: string): Locator {
    return this.#desk.caseDesk.getByRole('form', { name, exact: true });
  }

  /** Moves on with Tab, or back, until a part of the form or dialog has the focus. */
  async tabTo(part: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await expect(part).toBeVisible();
    for (let presses = 0; presses < 30; presses += 1) {
      if (await part.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await this.press(key);
    }
    await expect(part, 'Tab leads there').toBeFocused();
  }

  /** Types into a search field and takes the first entry that is offered with the words. */
  async choose(field: Locator, text: string, offered: string | RegExp): Promise<void> {
    await this.tabTo(field);
    await this.type(text);
    await expect(this.#desk.page.getByRole('option', { name: offered }).first()).toBeVisible();
    await this.press('ArrowDown', 'Enter');
  }

  /** Adds a photo to the form that is open, and goes on to the button that sends. */
  async addPhoto(form: Locator): Promise<void> {
    await this.tabTo(form.getByRole('button', { name: '选择照片' }));
    const chooser = this.#desk.page.waitForEvent('filechooser');
    await this.press('Enter');
    await (await chooser).setFiles({ name: 'photo.png', mimeType: 'image/png', buffer: aPicture() });
    await expect(form.getByText('已存入')).toBeVisible();
    await this.tabTo(form.getByRole('button', { name: /^(确定|登记)/ }));
  }

  /** The usual next step with F6: the form opens, gets its words where the focus is, its photo, and is sent with Enter. */
  async next(name: string, words = '', { hasPhoto = false } = {}): Promise<void> {
    await expect(
      this.#desk.caseDesk.getByRole('button', { name: new RegExp(`^(F6)?\\s*${name}`) }).first(),
    ).toBeVisible();
    await this.press('F6');
    await expect(this.form(name)).toBeVisible();
    if (words !== '') await this.type(words);
    if (hasPhoto) await this.addPhoto(this.form(name));
    await this.send(name);
  }

  /** Any act out of the menu 更多, found by the first characters of its name or by arrows. */
  async fromMenu(name: string): Promise<void> {
    await this.press('m');
    const item = this.#desk.page.getByRole('menuitem', { name: new RegExp(`^${name}`) });
    await expect(item).toBeVisible();
    for (let presses = 0; presses < 60; presses += 1) {
      if (await item.evaluate((element) => element === element.ownerDocument.activeElement)) break;
      await this.press('ArrowDown');
    }
    await this.press('Enter');
    await expect(this.form(name)).toBeVisible();
  }

  /** Enter, and the form is gone because the act is recorded. */
  async send(name: string): Promise<void> {
    await this.press('Enter');
    await expect(this.form(name)).toBeHidden();
    await expect(this.#desk.caseDesk.getByText(/已记录，序号 \d+/)).toBeVisible();
  }

  chain(): Locator {
    return this.#desk.caseDesk.getByRole('region', { name: '派遣链' });
  }

  /** The first line of the chain whose head has these words: a unit, a post, a role. */
  line(words: string | RegExp): Locator {
    const head = this.#desk.page.getByRole('rowheader', { name: words });
    return this.chain().getByRole('row').filter({ has: head }).first();
  }

  /** Moves through a list with the arrows until the entry with these words has the focus, and takes it. */
  async take(words: string | RegExp): Promise<void> {
    const entry = this.#desk.caseDesk.getByRole('option', { name: words });
    await expect(entry).toBeVisible();
    for (let presses = 0; presses < 12; presses += 1) {
      if (await entry.evaluate((element) => element === element.ownerDocument.activeElement)) break;
      await this.press('ArrowDown');
    }
    await this.press('Enter');
  }
}
