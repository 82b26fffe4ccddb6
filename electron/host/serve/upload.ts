import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A district of 500 MB fits. */
const MAX_UPLOAD_BYTES = 1024 * 1024 * 1024;

class TooLarge extends Error {}

/** Keeps an uploaded file in `folder` and answers `{path}` as JSON; 413 above 1 GiB. */
export async function receiveUpload(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${randomUUID()}-${safeName(name)}`);
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > MAX_UPLOAD_BYTES ? new TooLarge() : null, chunk);
    },
  });
  try {
    await pipeline(request, limit, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  } catch (cause) {
    await rm(path, { force: true });
    if (!(cause instanceof TooLarge)) throw cause;
    response.writeHead(413, { 'Content-Type': 'text/plain' }).end('larger than 1 GiB');
    return;
  }
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ path }));
}

/** The file's own name without folders and without characters that some system does not allow. */
function safeName(name: string): string {
  const cleaned = Array.from(basename(name)).filter(
    (character) => !'<>:"/\\|?*'.includes(character) && character >= ' ',
  );
  return cleaned.join('').slice(-80) || 'file';
}
