import { randomBytes } from 'node:crypto';
import { attachmentPath, handleLifeMs } from '#contract/attachments.ts';
import type { Principal } from '#domain/access/permissions.ts';
import { plus, type Instant } from '#domain/base/instant.ts';
import type { Clock } from '#host/ports/clock.ts';

/** What a handle lets its holder do, once: send one picture in, fetch the one with that hash, an inventory of components, or a printed PDF. */
export type HandlePurpose =
  | { readonly kind: 'put' }
  | { readonly kind: 'get'; readonly hash: string }
  | { readonly kind: 'components'; readonly version: string }
  | { readonly kind: 'pdf'; readonly bytes: Uint8Array };

interface Waiting {
  readonly purpose: HandlePurpose;
  readonly principal: Pick<Principal, 'kind' | 'id'>;
  readonly expiresAt: Instant;
}

/** So many printed files may wait in memory; the oldest give way. */
const MOST_PDFS = 8;

/** So many handles may wait; the oldest give way, so that nobody fills the memory by asking. */
const MOST_WAITING = 1_000;

/**
 * One-time handles under which bytes travel outside the wire (security.md I6): unguessable, for one use within a minute, by
 * the principal that asked.
 */
export class Handles {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Waiting>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  give(purpose: HandlePurpose, { kind, id }: Principal): { readonly path: string; readonly expiresAt: Instant } {
    this.#forgetLate();
    if (purpose.kind === 'pdf') this.#forgetOldPdfs();
    const handle = randomBytes(24).toString('base64url');
    const expiresAt = plus(this.#clock.now(), handleLifeMs);
    this.#waiting.set(handle, { purpose, principal: { kind, id }, expiresAt });
    return { path: attachmentPath + handle, expiresAt };
  }

  /**
   * Uses a handle up; null for one that is unknown, used, late, somebody else's, or for the other direction. Somebody else's
   * stays usable for its owner: only who knows it could ask, and nothing is won by spoiling it.
   */
  take<Kind extends HandlePurpose['kind']>(
    handle: string,
    wanted: Kind,
    principal: Principal,
  ): Extract<HandlePurpose, { readonly kind: Kind }> | null {
    const found = this.#waiting.get(handle);
    if (found === undefined || found.purpose.kind !== wanted) return null;
    if (found.principal.kind !== principal.kind || found.principal.id !== principal.id) return null;
    this.#waiting.delete(handle);
    if (this.#clock.now() >= found.expiresAt) return null;
    return found.purpose as Extract<HandlePurpose, { readonly kind: Kind }>;
  }

  #forgetOldPdfs(): void {
    const pdfs = [...this.#waiting].filter(([, { purpose }]) => purpose.kind === 'pdf');
    for (const [handle] of pdfs.slice(0, Math.max(0, pdfs.length - MOST_PDFS + 1))) this.#waiting.delete(handle);
  }

  /** They end in the order in which they were given. */
  #forgetLate(): void {
    const now = this.#clock.now();
    for (const [handle, { expiresAt }] of this.#waiting) {
      if (expiresAt > now && this.#waiting.size < MOST_WAITING) return;
      this.#waiting.delete(handle);
    }
  }
}
