import type { CaseCommand } from '#domain/case/commands.ts';

/**
 * A command on its way; `on` are the cases that it changes and the versions it was decided on, null where that one does not
 * matter; empty for a report.
 */
export interface Sent {
  readonly command: CaseCommand;
  readonly on: readonly { readonly caseId: string; readonly version: number | null }[];
}
