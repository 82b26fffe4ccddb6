import { randomBytes } from 'node:crypto';
import type { HostSecret } from '#contract/host-process.ts';
import { ok, refused } from '#domain/base/result.ts';
import { SecretProblem, type Secrets } from '#host/ports/secrets.ts';
import { masterKeyOf } from './master-key.ts';
import { passPhraseKey } from './pass-phrase.ts';
import { KEY_BYTES, sealerOf } from './sealer.ts';
import { readWrappedKey, writeWrappedKey, type Hardness, type WrappedKey } from './wrapped-key.ts';

/** What the wrapped key and the check are sealed and hashed about. */
const ABOUT = 'master key';

/** 64 MiB and two passes: 0.45 s on two cores of a server (Node 22, 2026-11), once at each start. */
const usualHardness: Hardness = { memoryKiB: 65_536, passes: 2 };

/**
 * The secrets of a data folder, by what the host was given; `file` tells how its master key is wrapped. No new key is ever
 * made over old data, and there is no plain-text fallback: without a key that fits there is none (security.md V7).
 */
export function openSecrets(file: string, secret: HostSecret, hardness: Hardness = usualHardness): Secrets {
  switch (secret.kind) {
    case 'pass_phrase':
      return byPassPhrase(file, secret.text, hardness);
    case 'key':
      return byKeyStore(file, secret);
    case 'none':
      return {
        masterKey: async (isNew) => {
          if (secret.reason === 'other_key') return refused('other_key');
          return (await readWrappedKey(file)) === null && isNew ? refused(secret.reason) : refused('locked');
        },
      };
  }
}

function byPassPhrase(file: string, text: string, hardness: Hardness): Secrets {
  return {
    async masterKey(isNew) {
      const wrapped = await readWrappedKey(file);
      if (wrapped === 'damaged' || (wrapped === null && !isNew)) return refused('damaged');
      if (wrapped === null) {
        const key = randomBytes(KEY_BYTES);
        await writeWrappedKey(file, await wrap(key, text, hardness));
        return ok(masterKeyOf(key));
      }
      return ok(masterKeyOf(await unwrap(wrapped, text)));
    },
  };
}

/**
 * Wraps the master key of a data folder under another pass-phrase; the key stays the same, so that nothing else is written.
 * Until the file is replaced the old one is valid, whatever happens.
 *
 * @throws SecretProblem when the old pass-phrase doesn't open it, or there is nothing that a pass-phrase opens
 */
export async function changePassPhrase(
  file: string,
  { from, to }: { readonly from: string; readonly to: string },
  hardness: Hardness = usualHardness,
): Promise<void> {
  const wrapped = await readWrappedKey(file);
  if (wrapped === null) {
    throw new SecretProblem('this folder holds no personal data yet: start it with the new pass-phrase');
  }
  if (wrapped === 'damaged') {
    throw new SecretProblem('the key file of the personal data is damaged: restore people/master.json from a backup');
  }
  await writeWrappedKey(file, await wrap(await unwrap(wrapped, from), to, hardness));
}

async function wrap(key: Uint8Array, text: string, hardness: Hardness): Promise<WrappedKey> {
  const salt = randomBytes(16);
  const sealed = sealerOf(await passPhraseKey(text, salt, hardness)).seal(key, ABOUT);
  return {
    ...{ version: 1, kind: 'pass_phrase', hardness },
    salt: salt.toString('base64'),
    sealed: Buffer.from(sealed).toString('base64'),
  };
}

/** @throws SecretProblem */
async function unwrap(wrapped: WrappedKey, text: string): Promise<Uint8Array> {
  if (wrapped.kind === 'system') {
    throw new SecretProblem(
      `the personal data of this folder are under the key store ${wrapped.backend} of the desk program, not under a ` +
        'pass-phrase: start the desk program, or start without a pass-phrase and leave personal data closed',
    );
  }
  const wrapping = await passPhraseKey(text, Buffer.from(wrapped.salt, 'base64'), wrapped.hardness);
  const key = sealerOf(wrapping).open(Buffer.from(wrapped.sealed, 'base64'), ABOUT);
  if (key !== null) return key;
  throw new SecretProblem(
    'the pass-phrase does not open the personal data of this folder: give the one it was begun with or last changed to, ' +
      'or start without one and leave personal data closed',
  );
}

function byKeyStore(file: string, { key, backend }: Extract<HostSecret, { kind: 'key' }>): Secrets {
  return {
    async masterKey(isNew) {
      const wrapped = await readWrappedKey(file);
      if (wrapped === 'damaged' || (wrapped === null && !isNew)) return refused('damaged');
      const master = masterKeyOf(Buffer.from(key, 'base64'));
      const check = master.hash('check', ABOUT);
      if (wrapped === null) {
        await writeWrappedKey(file, { version: 1, kind: 'system', backend, check });
        return ok(master);
      }
      if (wrapped.kind === 'pass_phrase') return refused('locked');
      return wrapped.check === check ? ok(master) : refused('other_key');
    },
  };
}
