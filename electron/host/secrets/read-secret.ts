import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { SecretProblem } from '#host/ports/secrets.ts';

const LEAST_CHARACTERS = 12;
const MOST_BYTES = 4_096;

/** The pass-phrase in a file: its first line. @throws SecretProblem when others may read the file, or it can't be used */
export async function secretFromFile(file: string): Promise<string> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new SecretProblem(`the secret file ${file} cannot be read: ${messageOf(cause)}`, { cause });
  });
  try {
    const { mode, uid } = await handle.stat();
    // Windows keeps rights elsewhere: there the folder of the user is what protects the file.
    const own = process.getuid?.();
    if (own !== undefined && (uid !== own || (mode & 0o077) !== 0)) {
      throw new SecretProblem(`the secret file ${file} can be read by others: chmod 600, owned by who starts the host`);
    }
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return passPhraseIn(buffer.subarray(0, bytesRead), file);
  } finally {
    await handle.close();
  }
}

/** The pass-phrase on the first line of a stream; what comes after it is left alone. @throws SecretProblem */
export async function secretFromStream(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    if (chunk.includes(0x0a) || chunks.reduce((sum, { length }) => sum + length, 0) > MOST_BYTES) break;
  }
  return passPhraseIn(Buffer.concat(chunks), 'standard input');
}

function passPhraseIn(bytes: Buffer, from: string): string {
  const [line = ''] = bytes.toString('utf8').split(/\r?\n/, 1);
  if (Array.from(line).length < LEAST_CHARACTERS) {
    throw new SecretProblem(`${from}: a pass-phrase has at least ${LEAST_CHARACTERS} characters, on the first line`);
  }
  return line;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
