import type { Receipt } from '#contract/cases.ts';
import type { InputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';
import type { Client } from '#renderer/client/client.ts';
import type { Draft } from './act-draft.ts';
import { payloads } from './act-payloads.ts';
import type { CaseAct } from './next-actions.ts';

/** Which case, the version that was on the screen, and the id that makes a repeated sending harmless. */
export interface ActOn {
  readonly id: string;
  readonly expectedVersion: number;
  readonly commandId: string;
}

/** Sends a filled form as its command. */
export function sendAct(client: Client, action: CaseAct, on: ActOn, draft: Draft): Promise<Result<Receipt, WireError>> {
  const input = { ...payloads[action](draft, client.hostNow()), ...on };
  // The table pairs each act with its own fields, which the compiler cannot see through a union.
  return client.call(`case.${action}` as 'case.sign', input as InputOf<'case.sign'>);
}
