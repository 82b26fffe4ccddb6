import type { HealthFacts } from '#host/ports/health.ts';
import type { Log } from '#host/ports/log.ts';
import { damageText, type Damage } from './damage.ts';
import type { CutTail } from './open-segments.ts';

/**
 * The journal's health facts: `journal_tail_cut`, `journal_damaged`, `journal_down`, `journal_full`,
 * `journal_write_failed`.
 */
export class JournalHealth {
  readonly #facts: HealthFacts;
  readonly #log: Log;
  readonly #onFull: () => void;
  #failedWrites = 0;
  #isFull = false;
  #damage: Damage | null = null;

  /** `onFull` is called whenever the disk is found full. */
  constructor(facts: HealthFacts, log: Log, onFull: () => void) {
    this.#facts = facts;
    this.#log = log;
    this.#onFull = onFull;
  }

  /** Stands until the next start: what was cut is in `journal/set-aside/`. */
  tailCut({ segment, offset, bytes, sequence }: CutTail): void {
    const detail = { segment, offset: String(offset), bytes: String(bytes), sequence: String(sequence) };
    this.#facts.raise({ id: 'journal.tail', severity: 'warning', code: 'journal_tail_cut', detail });
    this.#log.warn('torn tail of the journal was set aside and cut', { segment, offset, bytes, sequence });
  }

  /** The reason for being read-only. On the screens stands the damage that lies first in the journal. */
  damaged(damage: Damage): string {
    const { segment, offset, sequence, reason } = damage;
    if (this.#damage !== null && this.#damage.sequence <= sequence) return damageText(this.#damage);
    this.#damage = damage;
    const detail = { segment, offset: String(offset), sequence: String(sequence), reason };
    this.#facts.raise({ id: 'journal.damaged', severity: 'error', code: 'journal_damaged', detail });
    this.#log.error('journal is damaged', { segment, offset, sequence, reason });
    return damageText(damage);
  }

  /** The reason for being read-only when the last segment could not be opened for writing, or its torn tail not kept and cut. */
  unrepaired(segment: string, reason: string): string {
    return this.down(`segment ${segment} could not be opened for writing or repaired: ${reason}`);
  }

  /** The reason for being read-only after a failure of the disk that could not be mended. */
  down(reason: string): string {
    this.#facts.raise({ id: 'journal.down', severity: 'error', code: 'journal_down', detail: { reason } });
    this.#log.error('journal cannot be written', { reason });
    return reason;
  }

  /** The disk failed once and was mended; nothing acknowledged is lost, but such a disk should be looked at. */
  writeFailed(reason: string): void {
    this.#failedWrites += 1;
    const detail = { reason, count: String(this.#failedWrites) };
    this.#facts.raise({ id: 'journal.write', severity: 'warning', code: 'journal_write_failed', detail });
    this.#log.error('write to the journal failed', { reason, count: this.#failedWrites });
  }

  full(reason: string): void {
    if (!this.#isFull) this.#log.error('disk of the journal is full', { reason });
    this.#isFull = true;
    this.#facts.raise({ id: 'journal.full', severity: 'error', code: 'journal_full', detail: { reason } });
    this.#onFull();
  }

  hasSpace(): void {
    if (!this.#isFull) return;
    this.#isFull = false;
    this.#facts.clear('journal.full');
    this.#log.info('disk of the journal has space again');
  }
}
