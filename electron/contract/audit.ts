import { Instant, z } from './schema.ts';

/** Acts on the host itself, which belong to no case and so are in no entry of the journal (decision 14). */
export const auditedActs = [
  'alarms.acknowledge',
  'alarms.takeInHand',
  'alarms.shelve',
  'alarms.unshelve',
  'backup.configure',
  'backup.run',
  'backup.drill',
  'backup.restore',
  'components.import',
  'components.withdraw',
  'basemap.add',
  'basemap.remove',
  'briefings.create',
  'briefings.issue',
  'briefings.print',
  'district.accept',
  'district.cancel',
  'district.examine',
  'district.withdraw',
  'forces.track',
  'import.run',
  'import.cancel',
  'secret.change',
  'shift.signOn',
  'shift.sign',
  'shift.withdraw',
  'shift.lock',
  'shift.unlock',
  'shift.resetPin',
  'shift.release',
  'simulation.set',
  'tables.adopt',
  'wall.set',
  'wall.push',
  'wall.release',
] as const;
export type AuditedAct = (typeof auditedActs)[number];

/**
 * One entry of the record. An act is recorded as `begun` before it has an effect, and again when it ended: `done`, `refused`
 * with a code, or `failed` by what stood in its way; `of` then is the sequence of its beginning. One that was never ended
 * was cut off by a crash. `actor` is the account, `clock` for what is due by itself, or `command-line`. `detail`: plain facts,
 * never personal data.
 */
export const AuditEntry = z.object({
  sequence: z.int().min(1),
  at: Instant,
  actor: z.string().min(1).max(80),
  act: z.enum(auditedActs),
  outcome: z.enum(['begun', 'done', 'refused', 'failed']),
  of: z.int().nullable(),
  detail: z.record(z.string(), z.string()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** `before`: a sequence; left out, from the newest on. */
export const AuditQuery = z.strictObject({
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(200).default(50),
});

/** Newest first. `next`: what to ask `before` for more; null at the end. */
export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.int().nullable() });
