import type { OutputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import type { ImportProgress } from '#contract/imports.ts';
import type { Result } from '#domain/base/result.ts';
import type { HostProcess } from './start-host.ts';

export interface RunningImport {
  /** What the host told last; it is at least one batch of rows on. */
  progress(): ImportProgress;
  readonly answer: Promise<Result<OutputOf<'import.run'>, WireError>>;
}

/** Begins an import over a connection of its own; resolves when the first rows are recorded. */
export async function startImport(host: HostProcess, path: string): Promise<RunningImport> {
  const client = await host.connect();
  let settle: (first: ImportProgress) => void = () => {};
  const begun = new Promise<ImportProgress>((resolve) => (settle = resolve));
  let last: ImportProgress | undefined;
  const apply = (items: readonly ImportProgress[]) => {
    last = items.at(-1) ?? last;
    if (last !== undefined && last.accepted > 0) settle(last);
  };
  client.watch('imports.watch', {}, { reset: () => {}, apply, failed: () => {} });
  const answer = client.call('import.run', { path });
  const first = await begun;
  return { progress: () => last ?? first, answer };
}
