import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorCode } from '#contract/errors.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import { photoKinds, type PhotoKind } from '#domain/case/photos.ts';
import type { DemoPhotos } from '#domain/simulation/demo-photos.ts';
import type { Attachments } from '#host/ports/attachments.ts';

/**
 * Puts the pictures of `folder` (resources/demo-photos) into the store, where the simulated staff's commands name them. The
 * first word of a file's name says what it shows: `after-2.png` 处置后. Each kind must have one.
 */
export async function keepDemoPhotos(
  folder: string,
  attachments: Attachments,
): Promise<Result<DemoPhotos, Extract<ErrorCode, 'file_unreadable' | 'attachment_disk_full'>>> {
  const hashes: Record<PhotoKind, string[]> = { near: [], far: [], reference: [], before: [], after: [] };
  const pictures = await picturesIn(folder);
  // Together, so that they share the disk's syncs.
  const kept = await Promise.all(
    pictures.map(async ({ kind, contents }) => ({ kind, stored: await attachments.put(whole(contents)) })),
  );
  for (const { kind, stored } of kept) {
    if (!stored.ok) return refused(stored.error === 'disk_full' ? 'attachment_disk_full' : 'file_unreadable');
    hashes[kind].push(stored.value.hash);
  }
  // The staff names them as long as the host runs.
  const claimed = await attachments.claim(Object.values(hashes).flat());
  if (!claimed.ok) return refused('attachment_disk_full');
  return photoKinds.every((kind) => hashes[kind].length > 0) ? ok(hashes) : refused('file_unreadable');
}

async function picturesIn(folder: string): Promise<readonly { kind: PhotoKind; contents: Uint8Array }[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const pictures: { kind: PhotoKind; contents: Uint8Array }[] = [];
  for (const name of names) {
    const kind = photoKinds.find((one) => name.startsWith(`${one}-`));
    if (kind !== undefined) pictures.push({ kind, contents: await readFile(join(folder, name)) });
  }
  return pictures;
}

async function* whole(contents: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(contents);
}
