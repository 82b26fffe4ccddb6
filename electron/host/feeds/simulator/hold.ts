import type { ErrorCode } from '#contract/errors.ts';
import type { HealthFacts } from '#host/ports/health.ts';

/** Refusals that say "not now" about the host rather than "no" about the command. */
const notNow: ReadonlySet<ErrorCode> = new Set([
  'busy',
  'journal_full',
  'journal_read_only',
  'unavailable',
  'internal',
  'attachment_disk_full',
  'file_unreadable',
]);

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
const FACT = 'simulation.held';

/**
 * Waiting for a host that cannot record: from 1 s, doubled up to 30 s, with a health fact that stands until something was
 * recorded again.
 */
export class Hold {
  readonly #health: HealthFacts;
  #waitMs: number | null = null;

  constructor(health: HealthFacts) {
    this.#health = health;
  }

  static isFor(code: ErrorCode): boolean {
    return notNow.has(code);
  }

  get isOn(): boolean {
    return this.#waitMs !== null;
  }

  /** Milliseconds until the next attempt. */
  get waitMs(): number {
    return this.#waitMs ?? 0;
  }

  refused(code: ErrorCode): void {
    this.#waitMs = this.#waitMs === null ? FIRST_MS : Math.min(LONGEST_MS, this.#waitMs * 2);
    this.#health.raise({ id: FACT, severity: 'warning', code: 'simulation_held', detail: { reason: code } });
  }

  end(): void {
    if (this.#waitMs === null) return;
    this.#waitMs = null;
    this.#health.clear(FACT);
  }
}
