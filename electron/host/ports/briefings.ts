import type { ParsedInputOf } from '#contract/api.ts';
import type { Briefing, BriefingList } from '#contract/briefings.ts';
import type { WireError } from '#contract/errors.ts';
import type { BriefingDocument } from '#domain/briefing/document.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { Result } from '#domain/base/result.ts';

/** A document with what it was made of: when, the last entry that counts, and the head of the journal then. */
export interface ComposedBriefing {
  readonly document: BriefingDocument;
  readonly dataTime: Instant;
  readonly sequence: number;
  readonly journalHash: string;
}

/** Makes a document out of what the host knows now. */
export type ComposeBriefing = (
  wanted: Pick<ParsedInputOf<'briefings.create'>, 'kind' | 'day'>,
) => Promise<Result<ComposedBriefing, WireError>>;

/** Briefings in `DATA/briefings`: drafts, and issued ones with their PDF. */
export interface Briefings {
  list(): Promise<Result<BriefingList, WireError>>;
  /** As it is kept, or as it is just being printed. */
  page(id: string): Promise<Result<Briefing, WireError>>;
  create(input: ParsedInputOf<'briefings.create'>): Promise<Result<Briefing, WireError>>;
  issue(input: ParsedInputOf<'briefings.issue'>): Promise<Result<Briefing, WireError>>;
  /** The PDF; of an issued one the bytes that were issued. */
  pdf(id: string): Promise<Result<{ readonly bytes: Uint8Array; readonly fileName: string }, WireError>>;
  close(): Promise<void>;
}
