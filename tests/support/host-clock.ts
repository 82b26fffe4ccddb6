import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

export interface HostClock {
  /** For the environment of a host: its clock is this one, its timers run as ever. */
  readonly env: Readonly<Record<string, string>>;
  /** Sets the clock so many seconds off the machine's, at once, also under a running host. */
  set(offsetSeconds: number): void;
}

/** A clock that can be set (Debian's package `faketime`); the test is skipped where it is missing. */
export async function hostClock(context: TestContext): Promise<HostClock> {
  const library = findLibrary();
  if (library === null) context.skip('not run: a clock that can be set needs the Debian package faketime');
  const file = join(await temporaryFolder(), 'clock');
  const set = (offsetSeconds: number) => {
    writeFileSync(`${file}.new`, `${offsetSeconds < 0 ? '' : '+'}${offsetSeconds}s\n`);
    renameSync(`${file}.new`, file);
  };
  set(0);
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    },
    set,
  };
}

function findLibrary(): string | null {
  const parent = '/usr/lib';
  for (const folder of process.platform === 'linux' ? readdirSync(parent) : []) {
    if (!folder.endsWith('-linux-gnu')) continue;
    const found = join(parent, folder, 'faketime');
    if (readNames(found).includes(LIBRARY)) return join(found, LIBRARY);
  }
  return null;
}

/** The one for programs with several threads. */
const LIBRARY = 'libfaketimeMT.so.1';

function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
