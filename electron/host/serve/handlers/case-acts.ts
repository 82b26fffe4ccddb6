import { maskPersonalNumbers } from '#domain/access/mask.ts';
import type { Actor } from '#domain/access/roles.ts';
import { instant } from '#domain/base/instant.ts';
import { ok } from '#domain/base/result.ts';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import type { CallContext, Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type Acts = Pick<
  Handlers,
  | 'case.report'
  | 'case.register'
  | 'case.dispatch'
  | 'case.sub_dispatch'
  | 'case.accept'
  | 'case.handle'
  | 'case.feed_back'
  | 'case.request_check'
  | 'case.check'
  | 'case.rework'
  | 'case.return'
  | 'case.close'
>;

interface OnCase {
  readonly id: string;
  readonly commandId?: string | undefined;
  readonly expectedVersion?: number | undefined;
}

/**
 * Acts of people: each method becomes one command. The desk acts for no unit and may record an act for the holder.
 * Free text loses phone and identity numbers before it becomes a command (decision 3).
 */
export function caseActs({ commands, clock, newId }: HostParts): Acts {
  const submit = async (commandId: string | undefined, body: CaseCommandBody, { principal }: CallContext) => {
    const actor: Actor = { id: principal.id, roles: principal.roles, unit: null };
    const outcome = await commands.submit({ id: commandId ?? newId(), actor, body });
    if (!outcome.ok) return outcome;
    const { sequence, caseId, version, state } = outcome.value;
    return ok({ commandId: outcome.value.commandId, sequence, caseId, version, state });
  };

  return {
    'case.report': (input, context) =>
      submit(
        input.commandId,
        {
          type: 'report',
          source: input.source,
          classRef: input.classRef,
          lon: input.lon,
          lat: input.lat,
          address: words(input.address),
          description: words(input.description),
          reportedAt: input.reportedAt === undefined ? clock.now() : instant(input.reportedAt),
          reporterId: null,
          external: null,
          extra: {},
          isDemo: false,
          imported: null,
        },
        context,
      ),
    'case.register': (input, context) =>
      submit(input.commandId, { type: 'register', ...on(input), condition: words(input.condition) }, context),
    'case.dispatch': (input, context) =>
      submit(input.commandId, { type: 'dispatch', ...on(input), unit: input.unit, ...opinion(input) }, context),
    'case.sub_dispatch': (input, context) =>
      submit(input.commandId, { type: 'sub_dispatch', ...on(input), unit: input.unit, ...opinion(input) }, context),
    'case.accept': (input, context) =>
      submit(input.commandId, { type: 'accept', ...on(input), handlerId: input.handlerId }, context),
    'case.handle': (input, context) =>
      submit(input.commandId, { type: 'handle', ...on(input), result: words(input.result) }, context),
    'case.feed_back': (input, context) =>
      submit(input.commandId, { type: 'feed_back', ...on(input), ...opinion(input) }, context),
    'case.request_check': (input, context) =>
      submit(input.commandId, { type: 'request_check', ...on(input), collectorId: input.collectorId }, context),
    'case.check': (input, context) =>
      submit(input.commandId, { type: 'check', ...on(input), result: input.result, ...opinion(input) }, context),
    'case.rework': (input, context) =>
      submit(input.commandId, { type: 'rework', ...on(input), reason: words(input.reason) }, context),
    'case.return': (input, context) =>
      submit(input.commandId, { type: 'return', ...on(input), reason: words(input.reason) }, context),
    'case.close': (input, context) =>
      submit(input.commandId, { type: 'close', ...on(input), condition: words(input.condition) }, context),
  };
}

function on({ id, expectedVersion }: OnCase): { readonly caseId: string; readonly expectedVersion?: number } {
  return expectedVersion === undefined ? { caseId: id } : { caseId: id, expectedVersion };
}

function opinion(input: { readonly opinion?: string | undefined }): { readonly opinion?: string } {
  return input.opinion === undefined ? {} : { opinion: words(input.opinion) };
}

function words(text: string): string {
  return maskPersonalNumbers(text);
}
