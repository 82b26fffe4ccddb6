import { KEY_BYTES } from './sealer.ts';
import type { Hardness } from './wrapped-key.ts';

/** The key that argon2id makes of a pass-phrase. Letters that look alike but are written in several ways count as one. */
export async function passPhraseKey(text: string, salt: Uint8Array, hardness: Hardness): Promise<Uint8Array> {
  // 280 KB of WebAssembly as text: loaded by those alone who give a pass-phrase.
  const { argon2id } = await import('hash-wasm');
  return argon2id({
    password: text.normalize('NFKC'),
    salt,
    memorySize: hardness.memoryKiB,
    iterations: hardness.passes,
    parallelism: 1,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });
}
