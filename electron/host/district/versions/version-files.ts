import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '#contract/schema.ts';
import type { VersionAbout } from '../lab/messages.ts';

const About = z.object({
  effectiveFrom: z.iso.date(),
  acceptedAt: z.int(),
  acceptedBy: z.string(),
  note: z.string(),
  name: z.string(),
  approvalNumber: z.string(),
  areas: z.array(z.int()),
  problems: z.int(),
}) satisfies z.ZodType<VersionAbout>;

/** A version on the disk; `about` null: its bytes are not those that were accepted. */
export interface StoredVersion {
  /** Name of its file without ending: first day, moment of acceptance, beginning of the SHA-256 of its bytes. */
  readonly version: string;
  readonly file: string;
  /** The first day in force, from the name. */
  readonly effectiveFrom: string;
  readonly about: VersionAbout | null;
}

const ENDING = '.geojson';
const HALF_MADE = '.half-made';
const HASH_DIGITS = 16;
const WITHDRAWN = 'withdrawn';
const pattern = /^(\d{4}-\d{2}-\d{2})-\d{8}T\d{9}Z-([0-9a-f]{16})$/;

/**
 * Accepted districts in `DATA/districts/`: one file a version, named by its day and its content, so that a changed byte of
 * the outlines, or of what it says of itself, shows. A file appears under its name only when it is whole and on the disk;
 * nothing is overwritten or deleted.
 */
export class VersionFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Ordered by first day, then by acceptance. Removes what a crash left half-made. @throws the system's error */
  async open(): Promise<readonly StoredVersion[]> {
    const names = await namesIn(this.#folder);
    for (const name of names) {
      if (name.endsWith(HALF_MADE)) await rm(join(this.#folder, name), { force: true });
    }
    const versions = names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
    return Promise.all(
      versions
        .filter((version) => pattern.test(version))
        .toSorted()
        .map((one) => this.#read(one)),
    );
  }

  incoming(id: string): string {
    return join(this.#folder, `${id}${HALF_MADE}`);
  }

  /** Gives a whole file its name. @throws the system's error; then there is no new version */
  async take(incoming: string, sha256: string, about: VersionAbout): Promise<StoredVersion> {
    const moment = new Date(about.acceptedAt).toISOString().replaceAll(/[-:.]/g, '');
    const version = `${about.effectiveFrom}-${moment}-${sha256.slice(0, HASH_DIGITS)}`;
    const file = join(this.#folder, `${version}${ENDING}`);
    await rename(incoming, file);
    await syncFolder(this.#folder);
    return { version, file, effectiveFrom: about.effectiveFrom, about };
  }

  /** Puts a version out of the way, for good. @throws the system's error */
  async withdraw({ version, file }: StoredVersion): Promise<void> {
    const folder = join(this.#folder, WITHDRAWN);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(file, join(folder, `${version}${ENDING}`));
    await syncFolder(folder);
    await syncFolder(this.#folder);
  }

  async #read(version: string): Promise<StoredVersion> {
    const file = join(this.#folder, `${version}${ENDING}`);
    const [, effectiveFrom = '', wanted = ''] = pattern.exec(version) ?? [];
    const found = await contentOf(file);
    const isWhole = found?.sha256.startsWith(wanted) === true && found.about?.effectiveFrom === effectiveFrom;
    return { version, file, effectiveFrom, about: isWhole ? (found?.about ?? null) : null };
  }
}

/** Names of the versions in a data folder, and which of them are not as they were accepted. Writes nothing. */
export async function checkVersions(
  folder: string,
): Promise<{ readonly files: number; readonly damaged: string[] } | null> {
  let files = 0;
  const damaged: string[] = [];
  for (const part of ['', `${WITHDRAWN}/`]) {
    for (const name of await namesIn(join(folder, part))) {
      const version = name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : '';
      const wanted = pattern.exec(version)?.[2];
      if (wanted === undefined) continue;
      files += 1;
      const found = await contentOf(join(folder, part, name));
      if (found?.sha256.startsWith(wanted) !== true) damaged.push(`${part}${name}`);
    }
  }
  return files === 0 ? null : { files, damaged };
}

/** Null if it cannot be read; `about` null if its first line is not one of ours. */
async function contentOf(
  file: string,
): Promise<{ readonly sha256: string; readonly about: VersionAbout | null } | null> {
  const sum = createHash('sha256');
  let head = '';
  let hasHead = false;
  try {
    for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
      sum.update(piece);
      if (hasHead) continue;
      const end = piece.indexOf(10);
      head += piece.toString('latin1', 0, end < 0 ? piece.length : end);
      hasHead = end >= 0;
    }
  } catch {
    return null;
  }
  return { sha256: sum.digest('hex'), about: aboutIn(Buffer.from(head, 'latin1').toString('utf8')) };
}

function aboutIn(line: string): VersionAbout | null {
  try {
    const members = JSON.parse(`${line}]}`) as { readonly version?: unknown };
    return About.parse(members.version);
  } catch {
    return null;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

/** The new name outlives a power cut. Windows can't open folders, and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
