/** A coordinate as typed: null for nothing, undefined for what is none; `limit` in degrees. */
export function coordinate(text: string, limit: number): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return Number.isFinite(value) && Math.abs(value) <= limit ? value : undefined;
}
