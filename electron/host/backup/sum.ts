import { createHash } from 'node:crypto';

/** SHA-256 of a value as JSON, in the order of its keys: by it a file that is still JSON shows that it was changed. */
export function sumOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
