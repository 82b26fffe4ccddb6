import { instant, MINUTE_MS, type Instant } from '#domain/base/instant.ts';

/** Bins and windows of ten minutes; flood from ten new groups on, over below five (desk-wall-briefing.md §3, A2). */
export const BIN_MS = 10 * MINUTE_MS;
const FLOOD_FROM = 10;
const FLOOD_OVER_BELOW = 5;
/** Five in ten minutes are too many for one seat: from then on areas are drawn together, until two are left. */
const DENSE_FROM = 5;
const DENSE_OVER_BELOW = 2;
/** Bins of a day. */
const KEPT_BINS = 144;

/** New groups of alarms in the ten minutes that begin at `at`. */
export interface RateBin {
  readonly at: Instant;
  readonly groups: number;
}

/** How many new groups of alarms come, and whether they are a flood. */
export class AlarmRate {
  readonly #bins = new Map<number, number>();
  #recent: Instant[] = [];
  #floodSince: Instant | null = null;
  #isDense = false;

  restore(bins: readonly RateBin[]): void {
    for (const { at, groups } of bins) this.#bins.set(at, groups);
  }

  /** A group came that was not there before. */
  note(at: Instant): void {
    const bin = Math.floor(at / BIN_MS) * BIN_MS;
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + 1);
    const oldest = bin - KEPT_BINS * BIN_MS;
    for (const known of this.#bins.keys()) if (known <= oldest) this.#bins.delete(known);
    this.#recent.push(at);
    this.look(at);
  }

  /** Lets time pass; true when the count or what it means changed. */
  look(now: Instant): boolean {
    const stood = () => `${this.#floodSince} ${this.#isDense} ${this.#recent.length}`;
    const before = stood();
    // A clock that was set back leaves nothing behind that never passes.
    this.#recent = this.#recent.filter((at) => at > now - BIN_MS && at <= now + BIN_MS);
    const count = this.#recent.length;
    if (count >= FLOOD_FROM) this.#floodSince ??= now;
    else if (count < FLOOD_OVER_BELOW) this.#floodSince = null;
    if (count >= DENSE_FROM) this.#isDense = true;
    else if (count < DENSE_OVER_BELOW) this.#isDense = false;
    return before !== stood();
  }

  /** When time alone may change something next; null while nothing is recent. */
  nextAt(): Instant | null {
    const [first] = this.#recent;
    return first === undefined ? null : instant(first + BIN_MS);
  }

  /** New groups within the last ten minutes. */
  recent(): number {
    return this.#recent.length;
  }

  floodSince(): Instant | null {
    return this.#floodSince;
  }

  /** Whether groups are drawn together by cause alone. */
  isDense(): boolean {
    return this.#isDense;
  }

  /** Bins that have any, oldest first. */
  bins(): readonly RateBin[] {
    return [...this.#bins].map(([at, groups]) => ({ at: instant(at), groups })).sort((a, b) => a.at - b.at);
  }
}
