import { join } from 'node:path';
import { DisplayId, Scene } from '#contract/wall.ts';
import { Instant, z } from '#contract/schema.ts';
import type { WallState } from '#domain/wall/director.ts';
import { BINS, figureKinds, type DayLine, type FigureKind } from '#domain/wall/day-figures.ts';
import { readSummed, writeSummed } from './summed-file.ts';

const Plan = z.strictObject({
  scenes: z.array(Scene).min(1),
  dwellMs: z.int().min(60_000),
  since: Instant,
  pausedAt: Instant.nullable(),
});

const Kept = z.strictObject({
  state: z.strictObject({
    plan: Plan,
    night: z.strictObject({ from: z.int(), to: z.int() }).nullable(),
    displays: z.array(
      z.strictObject({
        id: DisplayId,
        pitchMm: z.number().nullable(),
        seatM: z.number().nullable(),
        plan: Plan.nullable(),
        push: z.strictObject({ scene: Scene, by: z.string(), at: Instant, until: Instant }).nullable(),
      }),
    ),
    taking: z
      .strictObject({
        interrupt: z.string(),
        caseId: z.string(),
        display: DisplayId,
        since: Instant,
        endsAt: Instant.nullable(),
      })
      .nullable(),
  }),
  /** Interrupts that were acknowledged at the desk, and when. */
  acknowledged: z.record(z.string(), Instant),
});
/** What is kept of the wall over a crash (W7), in `DATA/wall/state.json`. */
export interface KeptWall {
  readonly state: WallState;
  readonly acknowledged: Readonly<Record<string, number>>;
}

const Line = z.array(z.int().nullable()).length(BINS);
const KeptDays = z.record(
  z.string().regex(/^\d+$/),
  z.strictObject({ received: Line, open: Line, overdue: Line, soon: Line }),
);
/** Lines of past days by the number of the day, in `DATA/wall/figures.json`. */
export type KeptDays = Readonly<Record<string, Readonly<Record<FigureKind, DayLine>>>>;

/** Null when there is none, `damaged` when it is not as it was written. @throws the system's error */
export async function readWall(folder: string): Promise<KeptWall | 'damaged' | null> {
  const read = await readSummed(join(folder, 'state.json'));
  if (read.state !== 'whole') return read.state === 'damaged' ? 'damaged' : null;
  const parsed = Kept.safeParse(read.content);
  return parsed.success ? parsed.data : 'damaged';
}

export function writeWall(folder: string, kept: KeptWall): Promise<void> {
  return writeSummed(join(folder, 'state.json'), kept);
}

/** @throws the system's error */
export async function readDays(folder: string): Promise<KeptDays | 'damaged' | null> {
  const read = await readSummed(join(folder, 'figures.json'));
  if (read.state !== 'whole') return read.state === 'damaged' ? 'damaged' : null;
  const parsed = KeptDays.safeParse(read.content);
  return parsed.success ? parsed.data : 'damaged';
}

export function writeDays(folder: string, days: KeptDays): Promise<void> {
  return writeSummed(join(folder, 'figures.json'), days);
}

export function emptyDay(): Record<FigureKind, (number | null)[]> {
  const line = () => Array.from({ length: BINS }, () => null);
  return Object.fromEntries(figureKinds.map((kind) => [kind, line()])) as unknown as Record<
    FigureKind,
    (number | null)[]
  >;
}

/** Files of the wall whose bytes are not those that were written; null where there is no folder of the wall's. */
export async function checkWall(
  folder: string,
): Promise<{ readonly files: number; readonly damaged: readonly string[] } | null> {
  const found = await Promise.all(
    (['state.json', 'figures.json'] as const).map(async (name) => ({
      name,
      ...(await readSummed(join(folder, name))),
    })),
  );
  const there = found.filter(({ state }) => state !== 'absent');
  if (there.length === 0) return null;
  return { files: there.length, damaged: there.filter(({ state }) => state === 'damaged').map(({ name }) => name) };
}
