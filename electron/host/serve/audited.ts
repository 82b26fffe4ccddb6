import { type MethodName, type OutputOf, type ParsedInputOf } from '#contract/api.ts';
import type { AuditedAct } from '#contract/audit.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';
import type { Audit, AuditDetail } from '#host/ports/audit.ts';
import type { CallContext, Handlers } from './dispatcher.ts';

type AuditedMethod = Extract<MethodName, AuditedAct>;

/** What the record says of a call: facts of its input before it, of its output after it. */
interface Said<Name extends AuditedMethod> {
  readonly input: (input: ParsedInputOf<Name>) => AuditDetail;
  readonly output: (output: OutputOf<Name>) => AuditDetail;
  readonly isUrgent?: true;
}

const nothing = () => ({});

/** Of many at once the first ones: the record of alarms has them all. */
const alarmsNamed = ({ ids }: { readonly ids: readonly number[] }) => ({
  alarms: ids.slice(0, 20).join(' '),
  count: String(ids.length),
});
const alarmsDone = ({ done }: { readonly done: readonly number[] }) => ({ done: String(done.length) });

/**
 * Methods that act on the host itself, or show where a person was: each call is recorded (security.md L2). Left out: what only looks, acts on cases and
 * people, which the journal has, and bytes of photos, which count for nothing until an act names them.
 */
export const audited: { readonly [Name in AuditedMethod]: Said<Name> } = {
  // Urgent: a full disk must not keep an alarm ringing. A reason is free text; the record of alarms has it.
  'alarms.acknowledge': { input: alarmsNamed, output: alarmsDone, isUrgent: true },
  'alarms.takeInHand': { input: alarmsNamed, output: alarmsDone, isUrgent: true },
  'alarms.shelve': {
    input: (input) => ({ ...alarmsNamed(input), until: new Date(input.until).toISOString() }),
    output: alarmsDone,
  },
  'alarms.unshelve': { input: alarmsNamed, output: alarmsDone, isUrgent: true },
  'backup.configure': {
    input: ({ folder, dailyAt, warnAfterHours }) => ({
      ...{ folder: folder ?? '', dailyAt: dailyAt ?? '', warnAfterHours: String(warnAfterHours) },
    }),
    output: nothing,
  },
  'backup.run': {
    input: ({ to }) => (to === undefined ? {} : { to }),
    output: ({ folder, sequence, hash }) => ({ folder, sequence: String(sequence), hash }),
    isUrgent: true,
  },
  'backup.drill': {
    input: nothing,
    output: (report) => ({ ok: String(report.ok), sequence: String(report.sequence), hash: report.hash }),
    isUrgent: true,
  },
  'components.import': {
    input: ({ dryRun }) => ({ dryRun: String(dryRun) }),
    output: ({ importId, version, rows, accepted, refusedCount }) => ({
      ...{ importId, version: version ?? '', rows: String(rows), accepted: String(accepted) },
      refused: String(refusedCount),
    }),
  },
  'components.withdraw': { input: ({ version }) => ({ version }), output: nothing },
  // The address may hold what is secret to the site, the name is free text: the kind and the id tell which one.
  'basemap.add': {
    input: ({ source, coordinates }) => ({ kind: source.kind, coordinates }),
    output: ({ id, kind, minZoom, maxZoom }) => ({ id, kind, zooms: `${minZoom}-${maxZoom}` }),
  },
  'basemap.remove': { input: ({ id }) => ({ id }), output: nothing },
  'briefings.create': {
    input: ({ kind, day, draftedBy }) => ({ kind, day, draftedBy: draftedBy ?? '' }),
    output: ({ id, sequence, inputsHash }) => ({ id, sequence: String(sequence), hash: inputsHash }),
  },
  'briefings.issue': {
    input: ({ id, approvedBy }) => ({ id, approvedBy }),
    output: ({ issue, pdfHash }) => ({
      serial: String(issue?.serial),
      version: String(issue?.version),
      hash: pdfHash ?? '',
    }),
  },
  // What leaves the room on paper (L2).
  'briefings.print': { input: ({ id }) => ({ id }), output: ({ bytes }) => ({ bytes: String(bytes) }) },
  'district.accept': {
    input: ({ effectiveFrom }) => ({ effectiveFrom }),
    output: ({ version, areas, problems }) => ({ version, areas: areas.join('/'), problems: String(problems) }),
  },
  'district.cancel': {
    input: ({ examinationId }) => ({ examinationId }),
    output: ({ isCancelled }) => ({ isCancelled: String(isCancelled) }),
    isUrgent: true,
  },
  'district.examine': {
    input: nothing,
    output: ({ examinationId, isCancelled, features, systemName }) => ({
      ...{ examinationId, isCancelled: String(isCancelled), features: String(features), system: systemName ?? '' },
    }),
  },
  'district.withdraw': { input: ({ version }) => ({ version }), output: nothing },
  // A track is personal data; whose it is, by the number of the post.
  'forces.track': { input: ({ id }) => ({ id }), output: ({ points }) => ({ points: String(points.length) }) },
  // Not the name of the file: people put names into it.
  'import.run': {
    input: ({ dryRun }) => ({ dryRun: String(dryRun) }),
    output: ({ importId, rows, accepted, known, refused }) => ({
      ...{ importId, rows: String(rows), accepted: String(accepted), known: String(known) },
      refused: String(refused.length),
    }),
  },
  'import.cancel': {
    input: ({ importId }) => ({ importId }),
    output: ({ isCancelled }) => ({ isCancelled: String(isCancelled) }),
    isUrgent: true,
  },
  // Who, never the PIN. Notes and marks stand in the record of shifts.
  'shift.signOn': { input: ({ person }) => ({ person }), output: nothing },
  'shift.sign': { input: ({ side, person }) => ({ side, person }), output: nothing },
  'shift.withdraw': { input: nothing, output: nothing },
  // Urgent: a full disk must not keep a desk open, or covered.
  'shift.lock': { input: ({ by }) => ({ by }), output: nothing, isUrgent: true },
  'shift.unlock': { input: nothing, output: nothing, isUrgent: true },
  'shift.resetPin': { input: ({ person }) => ({ person }), output: nothing },
  'shift.release': { input: nothing, output: nothing },
  'simulation.set': {
    input: ({ isRunning }) => ({ isRunning: String(isRunning) }),
    output: ({ state }) => ({ state }),
  },
  // Which scene, never whose case: the display and the minutes tell the rest.
  'wall.set': {
    input: ({ display, isPaused }) => ({ display: display ?? '', isPaused: String(isPaused ?? '') }),
    output: nothing,
  },
  'wall.push': {
    input: ({ display, scene, minutes }) => ({ display, scene: scene.kind, minutes: String(minutes) }),
    output: nothing,
  },
  'wall.release': {
    input: (released) => ('display' in released ? { display: released.display } : { call: released.call }),
    output: nothing,
  },
  // Its note is free text, and stands in the table's own history.
  'tables.adopt': {
    input: ({ content, expectedVersion }) => ({ table: content.name, expectedVersion }),
    output: ({ version }) => ({ version }),
  },
};

/** The same handlers, with every call of a method in {@link audited} on record. */
export function withAudit(handlers: Handlers, audit: Audit): Handlers {
  const recorded = (Object.keys(audited) as AuditedMethod[]).map((name) => [name, recordedCall(name, handlers, audit)]);
  return { ...handlers, ...(Object.fromEntries(recorded) as Pick<Handlers, AuditedMethod>) };
}

function recordedCall(name: AuditedMethod, handlers: Handlers, audit: Audit) {
  // Facts and handler are those of one method, which the compiler can't follow through a union of names.
  const handler = handlers[name] as (input: unknown, context: CallContext) => Promise<Result<unknown, WireError>>;
  const { input: factsOf, output, isUrgent = false } = audited[name] as Facts;
  return (input: unknown, context: CallContext) => {
    const act = { act: name, actor: context.principal.id, detail: factsOf(input), isUrgent };
    return audit.around(act, () => handler(input, context), output);
  };
}

interface Facts {
  readonly input: (input: unknown) => AuditDetail;
  readonly output: (output: unknown) => AuditDetail;
  readonly isUrgent?: true;
}
