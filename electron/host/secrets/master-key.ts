import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { MasterKey } from '#host/ports/secrets.ts';
import { KEY_BYTES, sealerOf } from './sealer.ts';

/** A master key over its 32 bytes; keys for its purposes come from HKDF-SHA-256 (security.md §10). */
export function masterKeyOf(bytes: Uint8Array): MasterKey {
  if (bytes.length !== KEY_BYTES) throw new Error(`a master key has ${KEY_BYTES} bytes, not ${bytes.length}`);
  const derived = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', bytes, new Uint8Array(0), `grid-command ${purpose}`, KEY_BYTES));
  return {
    sealer: (purpose) => sealerOf(derived(purpose)),
    hash: (purpose, text) => createHmac('sha256', derived(purpose)).update(text, 'utf8').digest('hex'),
    newKey: () => randomBytes(KEY_BYTES),
    sealerOf,
  };
}
