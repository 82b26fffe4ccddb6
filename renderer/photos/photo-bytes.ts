import { StoredAttachment } from '#contract/attachments.ts';
import { errorCodes, type WireError } from '#contract/errors.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { Client } from '#renderer/client/client.ts';
import { uploadToken } from '#renderer/client/connect.ts';

/** Sends a picture to the host's store under a one-time handle. */
export async function sendPhoto(client: Client, picture: Blob): Promise<Result<StoredAttachment, WireError>> {
  const offer = await client.call('attachment.offer', { size: picture.size });
  if (!offer.ok) return offer;
  const answer = await asked(offer.value.path, { method: 'POST', body: await picture.arrayBuffer() });
  if (!answer.ok) return answer;
  const stored = StoredAttachment.safeParse(await answer.value.json());
  return stored.success ? ok(stored.data) : refused({ code: 'internal', detail: {} });
}

/** A picture from the host's store, under a one-time handle. */
export async function fetchPhoto(client: Client, hash: string): Promise<Result<Blob, WireError>> {
  const opened = await client.call('attachment.open', { hash });
  if (!opened.ok) return opened;
  const answer = await asked(opened.value.path);
  return answer.ok ? ok(await answer.value.blob()) : answer;
}

/** Our own origin in both shells: the host's, or `app:`, whose main process passes it on. */
async function asked(path: string, init: RequestInit = {}): Promise<Result<Response, WireError>> {
  const token = uploadToken();
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  try {
    const answer = await fetch(path, { ...init, headers });
    return answer.ok ? ok(answer) : refused(await errorOf(answer));
  } catch (cause) {
    if (cause instanceof TypeError) return refused({ code: 'unavailable', detail: { part: 'connection' } });
    throw cause;
  }
}

async function errorOf(answer: Response): Promise<WireError> {
  const content: unknown = await answer.json().catch(() => null);
  const code = typeof content === 'object' && content !== null && 'code' in content ? content.code : null;
  return { code: errorCodes.find((known) => known === code) ?? 'internal', detail: {} };
}
