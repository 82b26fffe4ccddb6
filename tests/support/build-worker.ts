import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';

/** Where the tests' copy of the projection worker lies: worker threads need JavaScript, and tests run from source. */
export const workerFile = resolve(import.meta.dirname, '../../node_modules/.cache/tests/projection-worker.js');

/** Bundles the projection worker once per test run. */
export default async function buildWorker(): Promise<void> {
  const source = resolve(import.meta.dirname, '../../electron/host/projection/worker.ts');
  if (!existsSync(source)) return;
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: source,
      target: 'node20.18',
      outDir: resolve(import.meta.dirname, '../../node_modules/.cache/tests'),
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'projection-worker.js' } },
    },
  });
}
