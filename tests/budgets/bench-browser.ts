import { chromium, type Browser, type Page } from '@playwright/test';
import { softwareGlFlags } from '#tests/tools/choose-shell.mjs';
import { findChromium } from '#tests/tools/find-chromium.mjs';

/** This machine's Chromium, headless, drawing in software. @throws Error when there is none */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (executablePath === null)
    throw new Error('no Chromium on this machine (install chromium, or name it in CHROMIUM)');
  return chromium.launch({
    executablePath,
    // Playwright's own choice of GL would stand beside ours.
    ignoreDefaultArgs: ['--disable-gpu', '--enable-unsafe-swiftshader'],
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...softwareGlFlags,
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
  });
}

/** A page of the size of a desk's screen. */
export function deskPage(browser: Browser): Promise<Page> {
  return browser.newPage({ viewport: { width: 1600, height: 1000 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
}

/** Opens the desk and waits until it can be used: list filled, map drawn. `search` goes before the token. */
export async function openDesk(page: Page, url: string, search = ''): Promise<void> {
  await page.goto(url.replace('/#', `/${search}#`));
  await page.waitForFunction(() => document.documentElement.dataset['ready'] === 'true', undefined, {
    timeout: 120_000,
  });
}
