import type { Receipt } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';
import type { CaseCommand } from '#domain/case/commands.ts';

/** `isRepeat`: a command with this id was recorded before; the receipt is the first one. */
export interface Recorded extends Receipt {
  readonly isRepeat: boolean;
}

/** The way to change anything: commands in, receipts or refusals out, in order, durable when they resolve. */
export interface Commands {
  submit(command: CaseCommand): Promise<Result<Recorded, WireError>>;
  /** What `submit` would answer now, without recording anything; for dry runs. */
  wouldAccept(command: CaseCommand): Promise<Result<'new' | 'repeat', WireError>>;
  /** Resolves when nothing waits. */
  drained(): Promise<void>;
}
