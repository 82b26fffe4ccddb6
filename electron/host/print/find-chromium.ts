import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'msedge', 'chrome'];
const endings = process.platform === 'win32' ? ['.exe'] : [''];

/** The Chromium of this machine: the one that CHROMIUM names, else the first on the PATH; null where there is none. */
export function findChromium(environment: NodeJS.ProcessEnv): string | null {
  const named = environment['CHROMIUM'];
  if (named !== undefined && named !== '') return isExecutable(named) ? named : null;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const files = names.flatMap((name) => folders.flatMap((folder) => endings.map((end) => join(folder, name + end))));
  return files.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
