import { StoredAttachment } from '#contract/attachments.ts';
import type { WireError } from '#contract/errors.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { Client } from '#renderer/client/client.ts';
import { askByHandle } from '#renderer/client/ask-by-handle.ts';

/** Sends a picture to the host's store under a one-time handle. */
export async function sendPhoto(client: Client, picture: Blob): Promise<Result<StoredAttachment, WireError>> {
  const offer = await client.call('attachment.offer', { size: picture.size });
  if (!offer.ok) return offer;
  const answer = await askByHandle(offer.value.path, { method: 'POST', body: await picture.arrayBuffer() });
  if (!answer.ok) return answer;
  const stored = StoredAttachment.safeParse(await answer.value.json());
  return stored.success ? ok(stored.data) : refused({ code: 'internal', detail: {} });
}

/** A picture from the host's store, under a one-time handle. */
export async function fetchPhoto(client: Client, hash: string): Promise<Result<Blob, WireError>> {
  const opened = await client.call('attachment.open', { hash });
  if (!opened.ok) return opened;
  const answer = await askByHandle(opened.value.path);
  return answer.ok ? ok(await answer.value.blob()) : answer;
}
