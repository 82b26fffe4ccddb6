import type { Receipt } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { revealedForMs, type MaskedReporter, type Reporter } from '#contract/people.ts';
import { maskName, maskPersonalNumbers, maskPhone } from '#domain/access/mask.ts';
import { isAllowed, type Principal } from '#domain/access/permissions.ts';
import { normalPhone } from '#domain/access/phone.ts';
import { instant } from '#domain/base/instant.ts';
import { ok, type Result } from '#domain/base/result.ts';
import type { ReporterRef } from '#domain/case/commands.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { Recorded } from '#host/ports/commands.ts';
import type { People } from '#host/ports/people.ts';
import { refuse, type CallContext, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';
import { REVEALS_PER_HOUR } from '../reveal-limit.ts';

/** Who reports, as a command may carry it: no name, no number. */
export interface ReporterOfCommand {
  readonly reporterId: string | null;
  readonly reporter?: ReporterRef;
}

/**
 * Keeps who reports in the side store, lets `record` record what refers to it, and takes it out again when nothing does:
 * the command was refused, or was recorded before. Where the outcome of a command is open, the next start settles both.
 */
export async function withReporter(
  people: People,
  given: Reporter | undefined,
  record: (kept: ReporterOfCommand) => Promise<Result<Recorded, WireError>>,
): Promise<Result<Recorded, WireError>> {
  if (given === undefined || given.name + given.phone + given.note === '') return record({ reporterId: null });
  const phone = given.phone === '' ? '' : normalPhone(given.phone);
  if (phone === null) return refuse('bad_input', { field: 'reporter.phone', problem: 'is no phone number' });
  const kept = await people.keep({ name: given.name.normalize('NFC'), phone, note: given.note });
  if (!kept.ok) return kept.error === 'off' ? off(people) : refuse('people_disk_full');
  const { ref, reporterId } = kept.value;
  const outcome = await record({ reporterId, reporter: { ref, isConfidential: given.isConfidential } });
  const isOpen = !outcome.ok && (outcome.error.code === 'journal_read_only' || outcome.error.code === 'internal');
  const isReferredTo = outcome.ok && !outcome.value.isRepeat;
  if (!isReferredTo && !isOpen) await people.erase(ref);
  return outcome;
}

/** Who reported, as a case shows it: masked, and not at all to whom it is not meant. */
export async function maskedReporter(
  { side: { reporter } }: CaseState,
  people: People,
  principal: Principal,
): Promise<MaskedReporter | null> {
  if (reporter === null || !isAllowed(principal, 'person.reveal')) return null;
  const { isConfidential, erasedAt } = reporter;
  const nothing = { name: null, phone: null, hasNote: false, isConfidential, erasedAt };
  if (erasedAt !== null) return { state: 'erased', ...nothing };
  const found = await people.read(reporter.ref);
  if (!found.ok) return { state: found.error === 'off' ? 'off' : 'unreadable', ...nothing };
  const { name, phone, note } = found.value;
  return {
    ...{ state: 'kept', isConfidential, erasedAt },
    name: name === '' ? null : maskName(name),
    phone: phone === '' ? null : maskPhone(phone),
    hasNote: note !== '',
  };
}

/** Acts on who reported: each is recorded with its reason before it has an effect. */
export function peopleHandlers({
  people,
  reveals,
  cases,
  commands,
  clock,
  newId,
}: HostParts): Pick<Handlers, 'person.reveal' | 'person.erase'> {
  const submit = (
    type: 'reveal_reporter' | 'erase_reporter',
    { caseId, reason }: { readonly caseId: string; readonly reason: string },
    { principal }: CallContext,
  ) =>
    commands.submit({
      id: newId(),
      actor: { id: principal.id, roles: principal.roles, unit: null },
      recordedBy: principal.id,
      body: { type, caseId, reason: maskPersonalNumbers(reason) },
    });

  return {
    'person.reveal': async (input, context) => {
      if (people.state() !== 'open') return off(people);
      const ref = (await cases.load(input.caseId))?.side.reporter?.ref;
      const giveBack = reveals.take(context.principal.id);
      if (giveBack === null) return refuse('reveal_limit', { most: String(REVEALS_PER_HOUR) });
      const outcome = await submit('reveal_reporter', input, context);
      if (!outcome.ok) {
        giveBack();
        return outcome;
      }
      const found = ref === undefined ? null : await people.read(ref);
      if (found?.ok !== true) return refuse('person_unreadable');
      return ok({ ...found.value, until: instant(clock.now() + revealedForMs) });
    },

    'person.erase': async (input, context) => {
      if (people.state() !== 'open') return off(people);
      const ref = (await cases.load(input.caseId))?.side.reporter?.ref;
      const outcome = await submit('erase_reporter', input, context);
      if (!outcome.ok) return outcome;
      const erased = ref === undefined ? null : await people.erase(ref);
      if (erased?.ok === false) return erased.error === 'off' ? off(people) : refuse('people_disk_full');
      return ok(receiptOf(outcome.value));
    },
  };
}

/** What a caller gets of a recorded command. */
export function receiptOf({ commandId, sequence, caseId, version, state }: Recorded): Receipt {
  return { commandId, sequence, caseId, version, state };
}

function off(people: People): Result<never, WireError> {
  return refuse('people_off', { store: `people_${people.state()}` });
}
