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
  for (const { kind, contents } of await picturesIn(folder)) {
    const stored = await attachments.put(whole(contents));
    if (!stored.ok) return refused(stored.error === 'disk_full' ? 'attachment_disk_full' : 'file_unreadable');
    hashes[kind].push(stored.value.hash);
  }
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
