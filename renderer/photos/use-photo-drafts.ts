import { useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import { maxPhotos, type PhotoKind } from '#domain/case/photos.ts';
import type { Client } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { sendPhoto } from './photo-bytes.ts';
import { nextKind, roomFor, type PhotoDraft, type PhotoForm } from './photo-drafts.ts';
import { reencoded, thumbnailOf } from './reencode.ts';

/** The photos of one form, sent to the host as soon as they are added. */
export interface PhotoDrafts {
  readonly list: readonly PhotoDraft[];
  add(files: readonly File[]): void;
  remove(id: string): void;
  setKind(id: string, kind: PhotoKind): void;
  retry(id: string): void;
  /** For the whole form: pictures that are pasted or dropped anywhere in it are added. */
  readonly intake: {
    readonly onPaste: (event: ClipboardEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

export function usePhotoDrafts(form: PhotoForm): PhotoDrafts {
  const client = useClient();
  const [list, setList] = useState<readonly PhotoDraft[]>([]);
  const previews = useRef(new Set<string>());
  useEffect(() => {
    const made = previews.current;
    return () => made.forEach((address) => URL.revokeObjectURL(address));
  }, []);

  const put = useCallback(
    async (id: string, file: Blob) => {
      const part = await sent(client, file);
      if (part.preview !== undefined) previews.current.add(part.preview);
      setList((before) => before.map((photo) => (photo.id === id ? { ...photo, ...part } : photo)));
    },
    [client],
  );

  const room = useRef(maxPhotos);
  useEffect(() => {
    room.current = roomFor(list);
  });
  const add = useCallback(
    (files: readonly File[]) => {
      const fresh = files.slice(0, room.current).map((file) => ({ id: crypto.randomUUID(), file }));
      setList((before) => {
        const after = [...before];
        for (const { id, file } of fresh) {
          const kind = nextKind(form, after);
          after.push({ ...{ id, name: file.name, kind, file }, hash: null, preview: null, error: null });
        }
        return after;
      });
      for (const { id, file } of fresh) void put(id, file);
    },
    [form, put],
  );

  const remove = useCallback((id: string) => setList((before) => before.filter((photo) => photo.id !== id)), []);
  const setKind = useCallback(
    (id: string, kind: PhotoKind) =>
      setList((before) => before.map((photo) => (photo.id === id ? { ...photo, kind } : photo))),
    [],
  );
  const retry = (id: string) => {
    const photo = list.find((one) => one.id === id);
    if (photo === undefined) return;
    setList((before) => before.map((one) => (one.id === id ? { ...one, error: null } : one)));
    void put(id, photo.file);
  };

  const intake = useMemo(
    () => ({
      onPaste: (event: ClipboardEvent) => {
        const files = [...event.clipboardData.files];
        if (files.length === 0) return;
        event.preventDefault();
        add(files);
      },
      onDragOver: (event: DragEvent) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault();
      },
      onDrop: (event: DragEvent) => {
        const files = [...event.dataTransfer.files];
        if (files.length === 0) return;
        event.preventDefault();
        add(files);
      },
    }),
    [add],
  );
  return { list, add, remove, setKind, retry, intake };
}

/** What became of a file: kept under a hash, or why not; with a preview if it can be drawn. */
async function sent(
  client: Client,
  file: Blob,
): Promise<Partial<Pick<PhotoDraft, 'hash' | 'error'>> & { readonly preview?: string }> {
  const picture = await reencoded(file);
  if (!picture.ok) return { error: picture.error };
  const small = await thumbnailOf(picture.value);
  const preview = small === null ? {} : { preview: URL.createObjectURL(small) };
  const stored = await sendPhoto(client, picture.value);
  return stored.ok ? { ...preview, hash: stored.value.hash, error: null } : { ...preview, error: stored.error };
}
