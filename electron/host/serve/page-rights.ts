import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Rights to read one briefing each, for the pages that are being printed; one lives until its page is printed. */
export class PageRights {
  readonly #tokens = new Map<string, string>();

  give(id: string): { readonly token: string; end(): void } {
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, id);
    return { token, end: () => void this.#tokens.delete(token) };
  }

  /** Id of the briefing that the token is for; null for none, in constant time. */
  of(token: string | undefined): string | null {
    if (token === undefined) return null;
    const given = Buffer.from(token);
    let found: string | null = null;
    for (const [own, id] of this.#tokens) {
      const bytes = Buffer.from(own);
      if (bytes.length === given.length && timingSafeEqual(bytes, given)) found = id;
    }
    return found;
  }
}
