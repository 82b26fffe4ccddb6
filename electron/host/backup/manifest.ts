import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Instant, z } from '#contract/schema.ts';
import { BackupProblem } from '#host/ports/backup.ts';
import { writeWhole } from './backup-files.ts';
import { sumOf } from './sum.ts';

const Path = z
  .string()
  .min(1)
  .max(1_000)
  .refine((path) => !path.split('/').some((part) => part === '' || part === '.' || part === '..'), 'leads elsewhere')
  .refine((path) => !/[\\:\0]/.test(path), 'is no path of ours');

/**
 * What a backup holds: each file of the data folder by the SHA-256 of its content, under which it lies in `files/`. Written
 * last, once everything was read back: a backup without it is none, and the one before it stays until then.
 */
const Manifest = z.strictObject({
  format: z.literal('grid-command-backup'),
  version: z.literal(1),
  createdAt: Instant,
  program: z.string(),
  journalId: z.string(),
  /** The journal's head. */
  sequence: z.int().min(0),
  hash: z.string(),
  files: z.array(
    z.strictObject({
      path: Path,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.int().min(0),
      /** Never changes any more: a closed segment, an attachment. */
      isFinal: z.boolean(),
    }),
  ),
});
/** `sum`: SHA-256 of the rest, as the schema orders it; backups made before there was one have none. */
const StoredManifest = Manifest.extend({ sum: z.string().optional() });
export type Manifest = z.infer<typeof Manifest>;
export type ManifestFile = Manifest['files'][number];

export const MANIFEST = 'manifest.json';

/** Null if the folder holds none. @throws BackupProblem if it cannot be read or is not whole */
export async function readManifest(folder: string): Promise<Manifest | null> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return null;
    throw new BackupProblem('folder_unusable', `${folder} cannot be read: ${String(cause)}`, { cause });
  }
  try {
    const { sum, ...manifest } = StoredManifest.parse(JSON.parse(text));
    if (sum !== undefined && sum !== sumOf(Manifest.parse(manifest))) throw new Error('its sum is another');
    return manifest;
  } catch (cause) {
    throw new BackupProblem('not_read_back', `${join(folder, MANIFEST)} is not as it was written`, { cause });
  }
}

export function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  return writeWhole(
    join(folder, MANIFEST),
    `${JSON.stringify({ ...manifest, sum: sumOf(Manifest.parse(manifest)) }, null, 1)}\n`,
  );
}

/** Where a content lies in a backup. */
export function storedAt(folder: string, sha256: string): string {
  return join(folder, 'files', sha256.slice(0, 2), sha256.slice(2));
}
