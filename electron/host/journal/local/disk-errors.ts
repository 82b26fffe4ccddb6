/** What the disk answered, for logs and health facts. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A write that came back short: what Linux does just before it says that the disk is full (JN8). */
export class ShortWrite extends Error {
  constructor(written: number, wanted: number) {
    super(`only ${written} of ${wanted} bytes were written`);
  }
}

/** Whether space is missing, on the disk or of the account. */
export function isOutOfSpace(error: unknown): boolean {
  if (error instanceof ShortWrite) return true;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Whether there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
