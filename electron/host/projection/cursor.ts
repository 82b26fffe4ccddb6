import { BadCursor } from '#host/ports/projection.ts';

/** The last row of a page: the next page starts behind it. */
export interface PageEnd {
  readonly reportedAt: number;
  readonly id: string;
}

export function encodeCursor(end: PageEnd): string {
  return Buffer.from(JSON.stringify([end.reportedAt, end.id])).toString('base64url');
}

/** @throws BadCursor for anything that {@link encodeCursor} did not make */
export function decodeCursor(cursor: string): PageEnd {
  const parsed = parsedOrNull(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Array.isArray(parsed)) throw new BadCursor('the cursor belongs to no page');
  const [reportedAt, id] = parsed as readonly unknown[];
  if (!Number.isSafeInteger(reportedAt) || typeof reportedAt !== 'number' || typeof id !== 'string') {
    throw new BadCursor('the cursor belongs to no page');
  }
  const end = { reportedAt, id };
  if (encodeCursor(end) !== cursor) throw new BadCursor('the cursor belongs to no page');
  return end;
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not JSON, hence no cursor of ours
  }
}
