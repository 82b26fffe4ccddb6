import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '#contract/schema.ts';
import { HashIndex } from './hash-index.ts';

/** Flags of a reference in the index of people. */
export const HAS_RECORD = 1;
export const IS_NAMED = 2;

/** A line of a file of keys, as far as it can be understood without the master key (host/people/key-line.ts). */
const KeyLine = z.object({ ref: z.string().regex(/^[0-9a-f]{32}$/) });

/**
 * The references that have a key in the side store of people, with the flag of those that have a record as well. What lies
 * in key and record can be told with the master key alone.
 */
export async function indexPeople(folder: string): Promise<HashIndex> {
  const index = new HashIndex();
  // One file in earlier versions; it goes when all of its lines are in the others.
  await addKeys(index, join(folder, 'keys.log'));
  for (const name of await namesIn(join(folder, 'keys'))) {
    if (name.endsWith('.log')) await addKeys(index, join(folder, 'keys', name));
  }
  for (const group of await namesIn(join(folder, 'records'))) {
    for (const ref of await namesIn(join(folder, 'records', group))) {
      if (/^[0-9a-f]{32}$/.test(ref)) index.setFlags(ref, HAS_RECORD);
    }
  }
  return index;
}

async function addKeys(index: HashIndex, file: string): Promise<void> {
  const text = await unlessMissing(readFile(file, 'utf8'), '');
  for (const line of text.split('\n').slice(0, -1)) {
    const parsed = KeyLine.safeParse(jsonOf(line));
    if (parsed.success) index.add(parsed.data.ref);
  }
}

function namesIn(folder: string): Promise<readonly string[]> {
  return unlessMissing(readdir(folder), []);
}

async function unlessMissing<Value>(wanted: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await wanted;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return otherwise;
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
