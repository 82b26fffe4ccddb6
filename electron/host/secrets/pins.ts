import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Pins } from '#host/ports/secrets.ts';
import { passPhraseKey } from './pass-phrase.ts';
import type { Hardness } from './wrapped-key.ts';

/** 19 MiB and two passes (security.md S1): some 0.15 s each time that a PIN is entered, on the host's own thread. */
const usualHardness: Hardness = { memoryKiB: 19_456, passes: 2 };

/** PINs under argon2id, each with a salt of its own. */
export const argonPins: Pins = {
  async keep(pin) {
    const salt = randomBytes(16);
    const hash = await passPhraseKey(pin, salt, usualHardness);
    return { ...usualHardness, salt: salt.toString('base64'), hash: Buffer.from(hash).toString('base64') };
  },
  async fits(pin, { memoryKiB, passes, salt, hash }) {
    const made = await passPhraseKey(pin, Buffer.from(salt, 'base64'), { memoryKiB, passes });
    const kept = Buffer.from(hash, 'base64');
    return kept.length === made.length && timingSafeEqual(kept, made);
  },
};
