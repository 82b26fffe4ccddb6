import { errorCodes, type WireError } from '#contract/errors.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import { uploadToken } from './connect.ts';

/**
 * A request under a one-time handle. Our own origin in both shells: the host's, or `app:`, whose main process passes it on.
 */
export async function askByHandle(path: string, init: RequestInit = {}): Promise<Result<Response, WireError>> {
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
