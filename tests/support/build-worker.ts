import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';

const folder = resolve(import.meta.dirname, '../../node_modules/.cache/tests');
const host = resolve(import.meta.dirname, '../../electron/host');

/** Where the tests' copies of the workers lie: worker threads need JavaScript, and tests run from source. */
export const workerFile = resolve(folder, 'projection-worker.js');
export const districtWorkerFile = resolve(folder, 'district-worker.js');

/** Bundles the workers once per test run. */
export default async function buildWorkers(): Promise<void> {
  await bundle(resolve(host, 'projection/worker.ts'), 'projection-worker.js');
  await bundle(resolve(host, 'entries/district-worker.ts'), 'district-worker.js');
}

async function bundle(source: string, entryFileNames: string): Promise<void> {
  if (!existsSync(source)) return;
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: source,
      target: 'node20.18',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames } },
    },
  });
}
