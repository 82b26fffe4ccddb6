import type { Receipt } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { assertNever, required } from '#domain/base/assert-never.ts';
import type { Result } from '#domain/base/result.ts';
import type { Client } from '#renderer/client/client.ts';
import type { Draft } from './act-draft.ts';
import type { CaseAct } from './next-actions.ts';

/** Which case, the version that was on the screen, and the id that makes a repeated sending harmless. */
export interface ActOn {
  readonly id: string;
  readonly expectedVersion: number;
  readonly commandId: string;
}

/** Sends a filled form as its command. */
export function sendAct(client: Client, action: CaseAct, on: ActOn, draft: Draft): Promise<Result<Receipt, WireError>> {
  const words = draft.words.trim();
  const opinion = words === '' ? {} : { opinion: words };
  const unit = () => required(draft.unit, 'a complete form names the unit');
  switch (action) {
    case 'register':
      return client.call('case.register', { ...on, condition: words });
    case 'dispatch':
      return client.call('case.dispatch', { ...on, unit: unit(), ...opinion });
    case 'sub_dispatch':
      return client.call('case.sub_dispatch', { ...on, unit: unit(), ...opinion });
    case 'accept':
      return client.call('case.accept', { ...on, handlerId: draft.person.trim() });
    case 'handle':
      return client.call('case.handle', { ...on, result: words });
    case 'feed_back':
      return client.call('case.feed_back', { ...on, ...opinion });
    case 'request_check':
      return client.call('case.request_check', { ...on, collectorId: draft.person.trim() });
    case 'check':
      return client.call('case.check', { ...on, result: draft.result, ...opinion });
    case 'rework':
      return client.call('case.rework', { ...on, reason: words });
    case 'return':
      return client.call('case.return', { ...on, reason: words });
    case 'close':
      return client.call('case.close', { ...on, condition: words });
    default:
      return assertNever(action, 'act');
  }
}
