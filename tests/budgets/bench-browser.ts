import { chromium, type Browser, type Page } from '@playwright/test';
import { softwareGlFlags } from '#tests/tools/choose-shell.mjs';
import { findChromium } from '#tests/tools/find-chromium.mjs';

/** This machine's Chromium, headless, drawing in software. @throws Error when there is none */
export async function launchBrowser(): Promise<Browser> {
  return launch(softwareGlFlags, process.env);
}

/**
 * The same for the map at full load: Mesa's llvmpipe draws WebGL several times faster than SwiftShader. Where no WebGL is
 * needed, canvases are drawn without a graphics process: through it a frame would take seconds.
 */
export async function launchForMap(hasWebGl: boolean): Promise<Browser> {
  return hasWebGl
    ? launch(['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'], {
        ...process.env,
        LIBGL_ALWAYS_SOFTWARE: '1',
      })
    : launch(['--disable-gpu', '--disable-accelerated-2d-canvas'], process.env);
}

async function launch(glFlags: readonly string[], env: NodeJS.ProcessEnv): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (executablePath === null)
    throw new Error('no Chromium on this machine (install chromium, or name it in CHROMIUM)');
  return chromium.launch({
    executablePath,
    env: env as Record<string, string>,
    // Playwright's own choice of GL would stand beside ours.
    ignoreDefaultArgs: ['--disable-gpu', '--enable-unsafe-swiftshader'],
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...glFlags,
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
