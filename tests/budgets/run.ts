import { writeFile } from 'node:fs/promises';
import { runBundled, type Figures } from './bundled-bench.ts';
import { run as importRows } from './import.bench.ts';
import { run as open } from './open.bench.ts';
import { run as pixel } from './pixel.bench.ts';
import { run as start } from './start.bench.ts';

/** Benchmarks by key, in the order they run. `tests/budgets/README.md` says what each figure is. */
const benches: Readonly<Record<string, () => Promise<Figures>>> = {
  locate: () => runBundled('locate'),
  decide: () => runBundled('decide'),
  append: () => runBundled('append'),
  verify: () => runBundled('verify'),
  duplicates: () => runBundled('duplicates'),
  due: () => runBundled('due'),
  boardAt: () => runBundled('boardAt'),
  query: () => runBundled('query'),
  import: importRows,
  open,
  pixel,
  start,
};

/** `--json FILE` writes the figures there; other arguments name the benchmarks to run, all if none is named. */
export async function main(args: readonly string[]): Promise<number> {
  const jsonAt = args.indexOf('--json');
  const file = jsonAt < 0 ? null : args[jsonAt + 1];
  if (file === undefined) return wrong('--json needs a file');
  const named = args.filter((_, index) => jsonAt < 0 || (index !== jsonAt && index !== jsonAt + 1));
  const unknown = named.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0)
    return wrong(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);

  const figures: Record<string, Figures | { readonly error: string }> = {};
  let failed = 0;
  for (const [name, bench] of Object.entries(benches)) {
    if (named.length > 0 && !named.includes(name)) continue;
    try {
      const found = await bench();
      figures[name] = Object.fromEntries(Object.entries(found).map(([key, value]) => [key, rounded(value)]));
    } catch (cause) {
      failed += 1;
      figures[name] = { error: cause instanceof Error ? cause.message : String(cause) };
    }
    process.stdout.write(`${name} ${JSON.stringify(figures[name])}\n`);
  }
  if (file !== null) await writeFile(file, `${JSON.stringify(figures, null, 2)}\n`);
  return failed === 0 ? 0 : 1;
}

function rounded(value: number | string): number | string {
  return typeof value === 'string' ? value : Number(value.toPrecision(4));
}

function wrong(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 2;
}
