import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sumOf } from '#host/ports/chained-lines.ts';

/** Where signed forms lie, each named by its number and the hash of its bytes. */
export const FORMS = 'handovers';

export function formName(number: number, hash: string): string {
  return `${String(number).padStart(6, '0')}-${hash}.json`;
}

/** Null for one that is not there, or whose bytes are not those that were signed. */
export async function readForm(folder: string, number: number, hash: string): Promise<unknown> {
  try {
    const text = await readFile(join(folder, FORMS, formName(number, hash)), 'utf8');
    return sumOf(text) === hash ? (JSON.parse(text) as unknown) : null;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}
