import type { AuditedAct, AuditEntry } from '#contract/audit.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';

/** Plain facts of an act, never personal data: no free text, no name of a file that somebody brought. */
export type AuditDetail = Readonly<Record<string, string>>;

export interface Act {
  readonly act: AuditedAct;
  readonly actor: string;
  readonly detail: AuditDetail;
  /** It goes on also when it can't be recorded, which is a health fact then: a backup is wanted most when a disk is full. */
  readonly isUrgent: boolean;
}

/** The record of acts on the host itself (decision 14). */
export interface Audit {
  /**
   * Does something that is recorded before and after it. What can't be recorded beforehand is refused as `unavailable`,
   * unless it is urgent (security.md I8). `said` makes facts of what came out.
   */
  around<Value>(
    act: Act,
    run: () => Promise<Result<Value, WireError>>,
    said?: (value: Value) => AuditDetail,
  ): Promise<Result<Value, WireError>>;
  /** Up to `limit` entries before that sequence, newest first. */
  list(before: number | null, limit: number): Promise<readonly AuditEntry[]>;
}
