import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HostSecret } from '#contract/host-process.ts';
import { z } from '#contract/schema.ts';

/** The part of Electron's `safeStorage` that is used; `backend` is how the system keeps what it encrypts with. */
export interface KeyStore {
  isEncryptionAvailable(): boolean;
  backend(): string;
  encryptString(plain: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

/** The key of the personal data as the key store wrapped it; `backend` is remembered, since a change of it loses the key. */
const KeptKey = z.object({ version: z.literal(1), backend: z.string(), wrapped: z.base64() });

/** Backends of Linux that encrypt with a text that everybody knows, or say nothing of how they do. */
const unsafeBackends: readonly string[] = ['basic_text', 'unknown'];

const KEY_BYTES = 32;

/**
 * The key of the personal data, out of `file` by the system's key store; a new one only where there is no file. Never a
 * plain one: without a store that encrypts there is no key (security.md V7). `report` is told why a kept key can't be had.
 */
export function secretFromKeyStore(file: string, store: KeyStore, report: (line: string) => void): HostSecret {
  const text = textOf(file);
  const backend = store.backend();
  const isSafe = store.isEncryptionAvailable() && !unsafeBackends.includes(backend);
  if (text === null) return isSafe ? newKey(file, store, backend) : { kind: 'none', reason: 'no_key_store' };
  const lost = (why: string): HostSecret => {
    report(`the key of the personal data cannot be had: ${why}; ${file} and the data stay as they are`);
    return { kind: 'none', reason: 'other_key' };
  };
  const kept = KeptKey.safeParse(jsonOf(text));
  if (!kept.success) return lost('its file is damaged');
  const was = `it was wrapped by ${kept.data.backend}`;
  if (!isSafe) return lost(`${was}, and this system has no key store that encrypts (${backend})`);
  try {
    const key = store.decryptString(Buffer.from(kept.data.wrapped, 'base64'));
    return { kind: 'key', key, backend };
  } catch {
    return lost(`${was}, and ${backend} does not open it`);
  }
}

function newKey(file: string, store: KeyStore, backend: string): HostSecret {
  const key = randomBytes(KEY_BYTES).toString('base64');
  const wrapped = store.encryptString(key).toString('base64');
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.tmp`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(handle, `${JSON.stringify({ version: 1, backend, wrapped })}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  return { kind: 'key', key, backend };
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
