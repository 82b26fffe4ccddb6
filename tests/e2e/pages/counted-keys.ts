import type { Page } from '@playwright/test';

/** A person at the keyboard whose keys are counted, as the design counts them: free text is not (desk-wall-briefing.md §6). */
export class CountedKeys {
  readonly #page: Page;
  #count = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Keys so far; a chord is one. */
  get count(): number {
    return this.#count;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#count += 1;
      await this.#page.keyboard.press(key);
    }
  }

  /** Initials, digits, codes, words of the command line: each character is a key. */
  async codes(text: string): Promise<void> {
    this.#count += text.length;
    await this.#page.keyboard.type(text);
  }

  /** Free text: what a caller says, a reason, a number that is read off. */
  async words(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }
}
