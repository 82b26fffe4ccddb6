import { defineConfig } from '@playwright/test';
import { softwareGlFlags } from './tests/tools/choose-shell.mjs';
import { findChromium } from './tests/tools/find-chromium.mjs';

const chromium = findChromium(process.env);
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  workers: 1,
  retries: 0,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 120_000,
  globalTimeout: 50 * 60_000,
  expect: { timeout: 15_000 },
  outputDir: 'test-results',
  snapshotPathTemplate: 'tests/visual/golden/{arg}{ext}',
  reporter: 'list',
  projects: [
    {
      name: 'browser',
      testDir: 'tests/e2e/browser',
      use: {
        browserName: 'chromium',
        headless: true,
        viewport: { width: 1600, height: 1000 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        trace: 'retain-on-failure',
        launchOptions: {
          ...(chromium === null ? {} : { executablePath: chromium }),
          // Playwright's own choice of GL would stand beside ours.
          ignoreDefaultArgs: ['--disable-gpu', '--enable-unsafe-swiftshader'],
          args: [
            ...(isRoot ? ['--no-sandbox'] : []),
            ...softwareGlFlags,
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--disable-quic',
          ],
        },
      },
    },
    { name: 'electron', testDir: 'tests/e2e/electron' },
  ],
});
