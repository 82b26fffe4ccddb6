import { resolve } from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { softwareGlFlags } from '#tests/tools/choose-shell.mjs';

const projectFolder = resolve(import.meta.dirname, '../../..');

export interface StartedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** Opens the real shell on a data folder; flags are those of `npm start --`. `page` is its desk. */
export async function startApp(
  dataFolder: string,
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<StartedApp> {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (dist === undefined)
    throw new Error('ELECTRON_OVERRIDE_DIST_PATH names the Electron to test; see tests/tools/test.mjs');
  const isRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath: resolve(dist, 'electron'),
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      ...softwareGlFlags,
      '--lang=zh-CN',
      projectFolder,
      '--data',
      dataFolder,
      ...flags,
    ],
    env: { ...definedEnvironment(), TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', ...environment },
  });
  const desk = () => app.windows().find((window) => window.url().includes('/desk/'));
  await expect.poll(() => desk() !== undefined, { timeout: 60_000 }).toBe(true);
  const page = desk() as Page;
  return { app, page };
}

/** The process that runs the host, a child of main. */
export async function hostPid(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(
    ({ app: shell }) =>
      shell.getAppMetrics().find(({ serviceName, name }) => [serviceName, name].includes('Grid Command host'))?.pid,
  );
  if (pid === undefined) throw new Error('no host process is running');
  return pid;
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
