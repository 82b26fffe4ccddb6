import type { PeopleState } from '#contract/people.ts';
import type { Result } from '#domain/base/result.ts';
import type { KeptPin } from '#domain/shift/seat.ts';

/** Seals texts under one key. `about` says what is sealed and is authenticated with it: nothing opens in another's place. */
export interface Sealer {
  seal(plain: Uint8Array, about: string): Uint8Array;
  /** Null for anything but what was sealed under this key about this. */
  open(sealed: Uint8Array, about: string): Uint8Array | null;
}

/** The one random key of a data folder. It never leaves the host; what it serves gets keys of their own from it. */
export interface MasterKey {
  /** Seals under a key that is derived for this purpose alone. */
  sealer(purpose: string): Sealer;
  /** Keyed hash of a text for this purpose, 64 hexadecimal digits: equal texts are found, the text is not. */
  hash(purpose: string, text: string): string;
  /** A new random key for one record. */
  newKey(): Uint8Array;
  sealerOf(key: Uint8Array): Sealer;
}

/** Where the master key comes from: a pass-phrase, the system's key store, or nowhere (security.md §10, V7). */
export interface Secrets {
  /**
   * The master key. A new one is made and wrapped only if `isNew`: then nothing was kept under an earlier one.
   *
   * @throws SecretProblem when a pass-phrase was given and doesn't open what is there
   */
  masterKey(isNew: boolean): Promise<Result<MasterKey, Exclude<PeopleState, 'open'>>>;
}

/** A pass-phrase that can't be used; the message says why and what to do, never the pass-phrase. */
export class SecretProblem extends Error {}

/** PINs, of which only a hash that is slow to make is kept (security.md S1). */
export interface Pins {
  keep(pin: string): Promise<KeptPin>;
  fits(pin: string, kept: KeptPin): Promise<boolean>;
}
