import { startScenes } from '#domain/wall/scene.ts';
import { z } from './schema.ts';

/** Options of a host, as main hands them to the utility process and as the command line gives them. */
export const HostOptions = z.strictObject({
  /** Null: `grid-command` in the user's own data folder. */
  dataFolder: z.string().nullable(),
  resourcesFolder: z.string(),
  rendererFolder: z.string(),
  /** The bundled projection worker. */
  projectionWorkerFile: z.string(),
  /** The bundled worker that walks far stretches of the journal. */
  walkWorkerFile: z.string(),
  /** The bundled worker that examines district files. */
  districtWorkerFile: z.string(),
  /** The bundled worker that reads MBTiles. */
  baseMapWorkerFile: z.string(),
  /** 0 picks a free port. */
  port: z.int().min(0).max(65_535),
  district: z.string().nullable(),
  districtMapping: z.string().nullable(),
  /** CSV file to import before the host is ready, and its mapping. */
  importFile: z.string().nullable(),
  importMapping: z.string().nullable(),
  simulate: z.boolean(),
  ratePerHour: z.number().positive().nullable(),
  speed: z.number().positive().nullable(),
  seed: z.int(),
  /** Scene that the wall begins with instead of what it remembers; left out: as it was. */
  wallScene: z.enum(startScenes).optional(),
  /** File with the pass-phrase of the personal data, readable by its owner alone. */
  secretFile: z.string().nullable(),
  /** Size at which a segment of the journal ends; null: 64 MiB. */
  segmentBytes: z.int().min(4_096).nullable(),
  version: z.string(),
});
export type HostOptions = z.infer<typeof HostOptions>;

/**
 * What opens the master key of the personal data (security.md §10): a pass-phrase, or the key itself (32 bytes, base64) as
 * the system's key store `backend` gave it back. It travels over standard input or a private port alone, never as an
 * argument, in the environment, a file or a log.
 */
export const HostSecret = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pass_phrase'), text: z.string() }),
  z.object({ kind: z.literal('key'), key: z.string(), backend: z.string() }),
  z.object({ kind: z.literal('none'), reason: z.enum(['no_secret', 'no_key_store', 'other_key']) }),
]);
export type HostSecret = z.infer<typeof HostSecret>;

/** Main → host. A `port` message carries one MessagePort beside it. */
export const ToHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), options: HostOptions, secret: HostSecret }),
  z.object({ type: z.literal('port'), principal: z.enum(['operator', 'wall']) }),
  z.object({ type: z.literal('stop') }),
]);
export type ToHost = z.infer<typeof ToHost>;

/** Host → main. `failed` says why the host cannot start: `code` is an exit reason of {@link startFailures}. */
export const FromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string(), wallUrl: z.string() }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('stopped') }),
]);
export type FromHost = z.infer<typeof FromHost>;

/** Why a host refused to start, with the exit code of its process. 2 is a wrong command line. */
export const startFailures = {
  bad_arguments: 2,
  bad_district: 3,
  folder_locked: 4,
  folder_unusable: 5,
  port_taken: 6,
  bad_tables: 7,
  import_failed: 8,
  journal_unusable: 9,
  bad_secret: 10,
  backup_failed: 11,
} as const;
export type StartFailure = keyof typeof startFailures;
