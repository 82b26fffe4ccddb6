import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import buildBundles from '#tests/support/build-bundles.ts';
import { archiveFigures } from './archive.bench.ts';
import { runBundled, type Figures } from './bundled-bench.ts';
import { run as components } from './components.bench.ts';
import { run as importRows } from './import.bench.ts';
import { run as map } from './map.bench.ts';
import { run as pixel } from './pixel.bench.ts';
import { run as start } from './start.bench.ts';

/** Benchmarks by key, in the order they run. `tests/budgets/README.md` says what each figure is. */
const benches: Readonly<Record<string, (years: number) => Promise<Figures>>> = {
  locate: () => runBundled('locate'),
  decide: () => runBundled('decide'),
  append: () => runBundled('append'),
  verify: () => runBundled('verify'),
  duplicates: () => runBundled('duplicates'),
  hotspots: () => runBundled('hotspots'),
  due: () => runBundled('due'),
  boardAt: () => runBundled('boardAt'),
  query: () => runBundled('query'),
  checkpoint: () => {
    buildBundles();
    return runBundled('checkpoint');
  },
  import: importRows,
  open: async (years) => (await archiveFigures(years)).open,
  rebuild: async (years) => (await archiveFigures(years)).rebuild,
  map,
  components,
  pixel,
  start,
};

/**
 * `--json FILE` writes the figures there; `--years N` adds an archive of so many years where archives are measured; other
 * arguments name the benchmarks to run, all if none is named.
 */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals: named } = parseArgs({
    args: [...args],
    options: { json: { type: 'string' }, years: { type: 'string', default: '0' } },
    allowPositionals: true,
  });
  const years = Number(values.years);
  if (!Number.isInteger(years) || years < 0 || years > 20) return wrong('--years needs a whole number up to 20');
  const unknown = named.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0)
    return wrong(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);

  const figures: Record<string, Figures | { readonly error: string }> = {};
  let failed = 0;
  for (const [name, bench] of Object.entries(benches)) {
    if (named.length > 0 && !named.includes(name)) continue;
    try {
      const found = await bench(years);
      figures[name] = Object.fromEntries(Object.entries(found).map(([key, value]) => [key, rounded(value)]));
    } catch (cause) {
      failed += 1;
      figures[name] = { error: cause instanceof Error ? cause.message : String(cause) };
    }
    process.stdout.write(`${name} ${JSON.stringify(figures[name])}\n`);
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  return failed === 0 ? 0 : 1;
}

function rounded(value: number | string): number | string {
  return typeof value === 'string' ? value : Number(value.toPrecision(4));
}

function wrong(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 2;
}
