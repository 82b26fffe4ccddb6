import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { secretFromFile, secretFromStream } from './read-secret.ts';

async function fileWith(text: string, mode = 0o600): Promise<string> {
  const file = join(await temporaryFolder(), 'secret');
  await writeFile(file, text, { mode });
  await chmod(file, mode);
  return file;
}

test.each(['correct horse\n', 'correct horse\r\nmore\n', 'correct horse'])(
  'the first line of a file: %j',
  async (text) => {
    expect(await secretFromFile(await fileWith(text))).toBe('correct horse');
  },
);

test.runIf(process.platform !== 'win32').each([0o640, 0o604, 0o620])(
  'a file that others may use (%i) is refused',
  async (mode) => {
    await expect(secretFromFile(await fileWith('correct horse\n', mode))).rejects.toThrow('can be read by others');
  },
);

test('a file that is not there, or says too little, is named', async () => {
  await expect(secretFromFile('/nowhere/secret')).rejects.toThrow('/nowhere/secret cannot be read');
  await expect(secretFromFile(await fileWith('short\n'))).rejects.toThrow('at least 12 characters');
});

test('the first line of a stream, however it comes in; the rest is left alone', async () => {
  const chunks = [Buffer.from('correct '), Buffer.from('horse\nmore'), Buffer.from(' and more')];
  expect(await secretFromStream(Readable.from(chunks))).toBe('correct horse');
  await expect(secretFromStream(Readable.from([]))).rejects.toThrow('standard input: a pass-phrase has at least');
});
