import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';

/** A text says why a figure is not there. */
export type Figures = Readonly<Record<string, number | string>>;

const inChild = 'const { run } = await import(process.argv[1]); console.log(JSON.stringify(await run()));';

/**
 * Bundles a benchmark that calls our code directly, as the product is bundled, and runs it in a process of its own:
 * through a loader for TypeScript the same code is up to half as fast.
 */
export async function runBundled(name: string): Promise<Figures> {
  const outDir = resolve('node_modules/.cache/benches');
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ...{ ssr: resolve(import.meta.dirname, `${name}.bench.ts`), target: 'node20.18', outDir, emptyOutDir: false },
      rolldownOptions: { output: { entryFileNames: `${name}.js`, chunkFileNames: `${name}-[name].js` } },
    },
  });
  const { href } = pathToFileURL(resolve(outDir, `${name}.js`));
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', inChild, href]);
  return JSON.parse(stdout) as Figures;
}
