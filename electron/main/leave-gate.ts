import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { WallLeave } from '#contract/shell.ts';

const twiceWithinMs = 2_000;
const idleMs = 30_000;
const wrongBeforePause = 5;
const pauseMs = 60_000;
const longestPin = 8;
const hashBytes = 32;

/** A PIN as it is kept: base64 of a salt and of the scrypt of both. */
export interface PinHash {
  readonly salt: string;
  readonly hash: string;
}

/** @param pin four to eight digits */
export function hashPin(pin: string): PinHash {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64'), hash: scryptSync(pin, salt, hashBytes).toString('base64') };
}

function isPin(pin: string, { salt, hash }: PinHash): boolean {
  const known = Buffer.from(hash, 'base64');
  const typed = scryptSync(pin, Buffer.from(salt, 'base64'), hashBytes);
  return known.length === hashBytes && timingSafeEqual(typed, known);
}

/** What a key did: nothing that shows, the page must show {@link LeaveGate.shown} anew, somebody must be asked, or the wall is left. */
export type KeyOutcome = 'nothing' | 'shown' | 'ask' | 'leave';

/**
 * How a person leaves the wall (W5): Esc twice, then the PIN. Without a PIN the answer is `ask`. The keys never reach the page: it
 * learns how many digits were typed. After five wrong ones in a row nothing is taken for a minute.
 */
export class LeaveGate {
  readonly #pin: () => PinHash | null;
  #escapeAt = -Infinity;
  #typed: string | null = null;
  #lastKeyAt = 0;
  #isWrong = false;
  #wrong = 0;
  #pausedUntil = -Infinity;

  constructor(pin: () => PinHash | null) {
    this.#pin = pin;
  }

  /** What the page shows; null: nothing is asked. */
  get shown(): WallLeave | null {
    return this.#typed === null ? null : { typed: this.#typed.length, isWrong: this.#isWrong };
  }

  /** @param key as `KeyboardEvent.key` has it; `now`: milliseconds of a steady clock */
  key(key: string, now: number): KeyOutcome {
    if (this.#typed === null) return this.#escape(key, now);
    this.#lastKeyAt = now;
    if (key === 'Escape') {
      this.#typed = null;
      return 'shown';
    }
    if (key === 'Enter') return this.#check(this.#typed, now);
    const isDigit = /^\d$/.test(key) && this.#typed.length < longestPin;
    if (!isDigit && key !== 'Backspace') return 'nothing';
    this.#typed = isDigit ? this.#typed + key : this.#typed.slice(0, -1);
    this.#isWrong = false;
    return 'shown';
  }

  /** Nobody types any more. @returns whether what the page shows has changed */
  look(now: number): boolean {
    if (this.#typed === null || now - this.#lastKeyAt < idleMs) return false;
    this.#typed = null;
    return true;
  }

  #escape(key: string, now: number): KeyOutcome {
    const isSecond = key === 'Escape' && now - this.#escapeAt <= twiceWithinMs;
    this.#escapeAt = key === 'Escape' && !isSecond ? now : -Infinity;
    if (!isSecond || now < this.#pausedUntil) return 'nothing';
    if (this.#pin() === null) return 'ask';
    this.#typed = '';
    this.#isWrong = false;
    this.#lastKeyAt = now;
    return 'shown';
  }

  #check(typed: string, now: number): KeyOutcome {
    const pin = this.#pin();
    if (pin !== null && isPin(typed, pin)) {
      this.#typed = null;
      this.#wrong = 0;
      return 'leave';
    }
    this.#wrong += 1;
    this.#typed = '';
    this.#isWrong = true;
    if (this.#wrong >= wrongBeforePause) {
      this.#wrong = 0;
      this.#typed = null;
      this.#pausedUntil = now + pauseMs;
    }
    return 'shown';
  }
}
