import type { CaseCommand } from '#domain/case/commands.ts';

/** A command on its way; `on` is the case and the version it was decided on, null for a report. */
export interface Sent {
  readonly command: CaseCommand;
  readonly on: { readonly caseId: string; readonly version: number } | null;
}
