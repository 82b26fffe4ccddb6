import { actInputs, type ActName } from '#contract/case-acts.ts';
import type { ParsedInputOf } from '#contract/api.ts';
import { maskPersonalNumbers } from '#domain/access/mask.ts';
import type { Actor } from '#domain/access/roles.ts';
import { instant } from '#domain/base/instant.ts';
import type { WireError } from '#contract/errors.ts';
import { ok, type Result } from '#domain/base/result.ts';
import type { CaseCommandBody } from '#domain/case/commands.ts';
import type { Photo } from '#domain/case/photos.ts';
import type { CallContext, Handlers } from '../dispatcher.ts';
import type { Recorded } from '#host/ports/commands.ts';
import type { HostParts } from '../host-parts.ts';
import { receiptOf, withReporter } from './people.ts';

type Acts = Pick<Handlers, 'case.report' | 'case.receive' | `case.${ActName}`>;

/** Fields in which people write freely; they lose phone and identity numbers before they become a command (decision 3). */
const freeText: ReadonlySet<string> = new Set(['condition', 'reason', 'opinion', 'words', 'result', 'reply']);

/**
 * Acts of people: each method becomes one command. The desk acts for no unit and may record an act for the holder 代录:
 * `actedBy` then names the person, and the entry of the journal keeps who recorded it.
 */
export function caseActs({ commands, people, clock, newId }: HostParts): Acts {
  const record = (
    commandId: string | undefined,
    body: CaseCommandBody,
    { principal }: CallContext,
    actedBy = principal.id,
  ) => {
    const actor: Actor = { id: actedBy, roles: principal.roles, unit: null };
    return commands.submit({ id: commandId ?? newId(), actor, recordedBy: principal.id, body });
  };
  const answer = async (recorded: Promise<Result<Recorded, WireError>>) => {
    const outcome = await recorded;
    return outcome.ok ? ok(receiptOf(outcome.value)) : outcome;
  };
  const momentOf = (given: number | undefined) => (given === undefined ? clock.now() : instant(given));

  const onCase = Object.fromEntries(
    (Object.keys(actInputs) as ActName[]).map((action) => [
      `case.${action}`,
      (input: ActInput, context: CallContext) =>
        answer(record(input.commandId, bodyOf(action, input), context, input.actedBy)),
    ]),
  ) as unknown as Pick<Handlers, `case.${ActName}`>;

  return {
    ...onCase,
    'case.report': (input, context) =>
      answer(
        withReporter(people, input.reporter, (kept) =>
          record(
            input.commandId,
            {
              type: 'report',
              source: input.source,
              classRef: input.classRef,
              lon: input.lon,
              lat: input.lat,
              address: maskPersonalNumbers(input.address),
              description: maskPersonalNumbers(input.description),
              reportedAt: momentOf(input.reportedAt),
              ...kept,
              external: null,
              extra: {},
              isDemo: false,
              imported: null,
              photos: input.photos.map(photoOf),
            },
            context,
          ),
        ),
      ),
    'case.receive': (input, context) =>
      answer(
        withReporter(people, ticketReporter(input), (kept) =>
          record(
            // T1: the number of the city's system makes the command's id, so that no ticket is recorded twice.
            `12345 ${input.ticketNumber}`,
            {
              type: 'receive',
              classRef: { standardRef: '12345', kind: 'other', ...input.classRef },
              timeClass: input.timeClass,
              unit: input.unit,
              lon: input.lon,
              lat: input.lat,
              address: maskPersonalNumbers(input.address),
              description: maskPersonalNumbers(input.description),
              issuedAt: momentOf(input.issuedAt),
              ...kept,
              reporterId: input.reporterId ?? kept.reporterId,
              external: { feed: '12345', id: input.ticketNumber },
              isConfidential: isConfidential(input),
              extra: {},
              isDemo: false,
            },
            context,
          ),
        ),
      ),
  };
}

function photoOf({ takenAt, ...photo }: ParsedInputOf<'case.report'>['photos'][number]): Photo {
  return { ...photo, takenAt: takenAt === null ? null : instant(takenAt) };
}

type TicketInput = ParsedInputOf<'case.receive'>;

/** The city's system says it of the ticket, a desk of the caller: either counts for both. */
function isConfidential({ isConfidential: ofTicket, reporter }: TicketInput): boolean {
  return ofTicket || reporter?.isConfidential === true;
}

function ticketReporter(input: TicketInput): TicketInput['reporter'] {
  return input.reporter === undefined ? undefined : { ...input.reporter, isConfidential: isConfidential(input) };
}

interface ActInput {
  readonly id: string;
  readonly commandId?: string | undefined;
  readonly expectedVersion?: number | undefined;
  readonly actedBy?: string | undefined;
}

/**
 * The command of an act. Schemas in contract/case-acts.ts have the fields of the command under the same names, but for
 * `id` (the case) and `mergedId`; a test compares each of them with what `decide` reads.
 */
function bodyOf(action: ActName, { id, expectedVersion, ...rest }: ActInput): CaseCommandBody {
  const fields = Object.entries(rest)
    .filter(([name, value]) => value !== undefined && name !== 'commandId' && name !== 'actedBy')
    .map(([name, value]: [string, unknown]) => [
      name === 'mergedId' ? 'id' : name,
      typeof value === 'string' && freeText.has(name) ? maskPersonalNumbers(value) : value,
    ]);
  const seen = expectedVersion === undefined ? {} : { expectedVersion };
  return { ...Object.fromEntries(fields), type: action, caseId: id, ...seen } as CaseCommandBody;
}
