import { uploadToken } from './connect.ts';

/** Hands a file to the host over HTTP; the path under which the host keeps it. @throws Error with the host's words */
export async function upload(file: File, signal?: AbortSignal): Promise<string> {
  const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
    headers: { authorization: `Bearer ${uploadToken() ?? ''}` },
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw new Error(await response.text());
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null && 'path' in answer && typeof answer.path === 'string') {
    return answer.path;
  }
  throw new Error('the host gave no path');
}
