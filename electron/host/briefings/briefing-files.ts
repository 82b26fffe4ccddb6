import { createHash } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Briefing, BriefingId } from '#contract/briefings.ts';

/**
 * Files of briefings: `ID.json`, the SHA-256 of what follows the blank and JSON, and beside an issued one `ID.pdf`, whose hash it
 * names. A file appears under its name only when it is whole and on the disk.
 */
export class BriefingFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Ids, in the order of their names. @throws the system's error */
  async ids(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch((cause: unknown) => {
      if (isMissing(cause)) return [];
      throw cause;
    });
    return names.flatMap((name) => idOf(name, '.json') ?? []).toSorted();
  }

  /** Null when there is none, `damaged` when it is not as it was written. @throws the system's error */
  async read(id: string): Promise<Briefing | 'damaged' | null> {
    const text = await this.#bytes(`${id}.json`);
    if (text === null) return null;
    const [sum, json] = [text.subarray(0, 64).toString('latin1'), text.subarray(65)];
    if (sumOf(json) !== sum) return 'damaged';
    const parsed = Briefing.safeParse(JSON.parse(json.toString()));
    return parsed.success && parsed.data.id === id ? parsed.data : 'damaged';
  }

  /** The issued PDF; null when it is not there or not as it was issued. @throws the system's error */
  async pdf({ id, pdfHash }: Briefing): Promise<Uint8Array | null> {
    const bytes = await this.#bytes(`${id}.pdf`);
    return bytes !== null && sumOf(bytes) === pdfHash ? bytes : null;
  }

  /** @throws the system's error; then it is as it was */
  write(briefing: Briefing): Promise<void> {
    const json = Buffer.from(`${JSON.stringify(briefing)}\n`);
    return this.#write(`${briefing.id}.json`, Buffer.concat([Buffer.from(`${sumOf(json)} `), json]));
  }

  /** @returns the hash. @throws the system's error */
  async writePdf(id: string, bytes: Uint8Array): Promise<string> {
    await this.#write(`${id}.pdf`, bytes);
    return sumOf(bytes);
  }

  async #bytes(name: string): Promise<Buffer | null> {
    try {
      return await readFile(join(this.#folder, name));
    } catch (cause) {
      if (isMissing(cause)) return null;
      throw cause;
    }
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, name);
    const temporary = `${path}.new`;
    try {
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (cause) {
      await rm(temporary, { force: true });
      throw cause;
    }
    // Windows can't sync a folder.
    if (process.platform === 'win32') return;
    const folder = await open(this.#folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

/** Briefings in a data folder, and which of their files are not as they were written. Writes nothing. Null: there is none. */
export async function checkBriefings(
  folder: string,
): Promise<{ readonly files: number; readonly damaged: readonly string[] } | null> {
  const files = new BriefingFiles(folder);
  const ids = await files.ids();
  const damaged: string[] = [];
  let count = 0;
  for (const id of ids) {
    count += 1;
    const found = await files.read(id);
    if (found === null || found === 'damaged') {
      damaged.push(`${id}.json`);
      continue;
    }
    if (found.pdfHash === null) continue;
    count += 1;
    if ((await files.pdf(found)) === null) damaged.push(`${id}.pdf`);
  }
  return count === 0 ? null : { files: count, damaged };
}

/** SHA-256 in hexadecimal. */
export function sumOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function idOf(name: string, ending: string): string | null {
  if (!name.endsWith(ending)) return null;
  const id = name.slice(0, -ending.length);
  return BriefingId.safeParse(id).success ? id : null;
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
