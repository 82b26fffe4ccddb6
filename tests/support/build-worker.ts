import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';

const folder = resolve(import.meta.dirname, '../../node_modules/.cache/tests');
const host = resolve(import.meta.dirname, '../../electron/host');
const sources = {
  'projection-worker': resolve(host, 'projection/worker.ts'),
  'walk-worker': resolve(host, 'walk-worker.ts'),
  'district-worker': resolve(host, 'entries/district-worker.ts'),
  'base-map-worker': resolve(host, 'entries/base-map-worker.ts'),
};

/** Where the tests' copies of the workers lie: worker threads need JavaScript, and tests run from source. */
export const workerFile = resolve(folder, 'projection-worker.js');
export const walkWorkerFile = resolve(folder, 'walk-worker.js');
export const districtWorkerFile = resolve(folder, 'district-worker.js');
export const baseMapWorkerFile = resolve(folder, 'base-map-worker.js');

/** Bundles the workers once per test run. */
export default async function buildWorkers(): Promise<void> {
  if (!Object.values(sources).every((source) => existsSync(source))) return;
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node20.18',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { input: sources, output: { entryFileNames: '[name].js' } },
    },
  });
}
