import type { Instant } from '#domain/base/instant.ts';

const BEIJING_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
/** Serials of six digits end below this. */
const SERIALS = 1_000_000;

/**
 * Gives case numbers 案件编号: the day of the report in Beijing, `yyyymmdd`, and a serial within that day of at least
 * six digits. A number may be lost with a refused batch, and is never used twice.
 */
export class CaseNumbers {
  readonly #lastSerials = new Map<string, number>();
  readonly #dayTexts = new Map<number, string>();

  next(reportedAt: Instant): string {
    const day = this.#day(reportedAt);
    const serial = (this.#lastSerials.get(day) ?? 0) + 1;
    this.#lastSerials.set(day, serial);
    // One number made into text is one piece of memory; a joined text is three, and every case keeps its own.
    return serial < SERIALS ? String(Number(day) * SERIALS + serial) : `${day}${serial}`;
  }

  /** Takes note of a number that the journal holds. */
  seen(caseId: string): void {
    const day = caseId.slice(0, 8);
    const serial = Number(caseId.slice(8));
    if (serial > (this.#lastSerials.get(day) ?? 0)) this.#lastSerials.set(day, serial);
  }

  /** Whether a number like this was ever given; false for anything else. */
  wasGiven(caseId: string): boolean {
    const serial = caseId.slice(8);
    return /^\d{6,}$/.test(serial) && Number(serial) <= (this.#lastSerials.get(caseId.slice(0, 8)) ?? 0);
  }

  /** The last serial of each day, as JSON. */
  dump(): readonly (readonly [day: string, serial: number])[] {
    return [...this.#lastSerials];
  }

  restore(dump: ReturnType<CaseNumbers['dump']>): void {
    for (const [day, serial] of dump) this.#lastSerials.set(day, serial);
  }

  #day(at: Instant): string {
    const dayNumber = Math.floor((at + BEIJING_OFFSET_MS) / DAY_MS);
    const known = this.#dayTexts.get(dayNumber);
    if (known !== undefined) return known;
    const text = new Date(dayNumber * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
    this.#dayTexts.set(dayNumber, text);
    return text;
  }
}
