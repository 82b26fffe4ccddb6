import { z } from '#contract/schema.ts';
import type { Sealer } from '#host/ports/secrets.ts';

/** What the store must know of a record to find and open it. */
export interface RecordKey {
  readonly ref: string;
  readonly key: Uint8Array;
  /** Keyed hash of the phone; null without one. */
  readonly phoneHash: string | null;
  readonly reporterId: string | null;
}

/** A line of a file of keys: `sealed` is the rest of a {@link RecordKey}, under the master key. */
const Line = z.object({ ref: z.string().regex(/^[0-9a-f]{32}$/), sealed: z.base64() });
const Sealed = z.object({ key: z.base64(), phoneHash: z.string().nullable(), reporterId: z.string().nullable() });

export function sealKeyLine({ ref, key, phoneHash, reporterId }: RecordKey, sealer: Sealer): string {
  const plain = JSON.stringify({ key: Buffer.from(key).toString('base64'), phoneHash, reporterId });
  const sealed = sealer.seal(Buffer.from(plain, 'utf8'), aboutKey(ref));
  return JSON.stringify({ ref, sealed: Buffer.from(sealed).toString('base64') });
}

/** Null for a line that can't be opened. */
export function openKeyLine(line: string, sealer: Sealer): RecordKey | null {
  const parsed = Line.safeParse(jsonOf(line));
  if (!parsed.success) return null;
  const { ref, sealed } = parsed.data;
  const plain = sealer.open(Buffer.from(sealed, 'base64'), aboutKey(ref));
  if (plain === null) return null;
  const { key, phoneHash, reporterId } = Sealed.parse(jsonOf(Buffer.from(plain).toString('utf8')));
  return { ref, key: Buffer.from(key, 'base64'), phoneHash, reporterId };
}

/** Also of a line that can't be opened; null for what is no line of a key. */
export function refOfLine(line: string): string | null {
  const parsed = Line.safeParse(jsonOf(line));
  return parsed.success ? parsed.data.ref : null;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function aboutKey(ref: string): string {
  return `key of ${ref}`;
}
