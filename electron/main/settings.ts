import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from '#contract/schema.ts';

const WindowPlace = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
});

/** Where a window was, in device-independent pixels of the whole desktop. */
export type WindowPlace = z.infer<typeof WindowPlace>;

const KnownDisplay = z.object({
  name: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .nullable(),
  label: z.string(),
  bounds: WindowPlace.omit({ isMaximized: true }),
});

/** `plan` null: no display was ever chosen. `pin` null: the wall is left without one. */
const WallSettings = z.object({
  plan: z
    .object({ displays: z.array(KnownDisplay).max(64).readonly(), isSpanning: z.boolean(), coversDesk: z.boolean() })
    .nullable(),
  pin: z.object({ salt: z.base64(), hash: z.base64() }).nullable(),
});

const noWall: z.infer<typeof WallSettings> = { plan: null, pin: null };

const Settings = z.object({
  version: z.literal(1),
  deskWindow: WindowPlace.nullable(),
  wall: WallSettings.default(noWall),
});

/** What the shell remembers between two starts. */
export type Settings = z.infer<typeof Settings>;

const defaults: Settings = { version: 1, deskWindow: null, wall: noWall };

/** The remembered settings, with the reason when those on disk could not be used and defaults stand in. */
export function readSettings(file: string): { readonly settings: Settings; readonly problem: string | null } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      return { settings: defaults, problem: null };
    return { settings: defaults, problem: `${file} cannot be read: ${String(cause)}` };
  }
  try {
    return { settings: Settings.parse(JSON.parse(text)), problem: null };
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
    return { settings: defaults, problem: `${file} is damaged; the window opens in its usual place` };
  }
}

/**
 * Changes what is named and leaves the rest as it is on disk.
 *
 * @throws the system's error
 */
export function changeSettings(file: string, change: Partial<Omit<Settings, 'version'>>): void {
  writeSettings(file, { ...readSettings(file).settings, ...change });
}

/** Replaces the file as a whole: a power cut leaves the old or the new settings. */
function writeSettings(file: string, settings: Settings): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.tmp`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(handle, `${JSON.stringify(settings, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}
