import type { WallFigures } from '#contract/wall.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import {
  BAND_DAYS,
  binOf,
  dayStart,
  figureKinds,
  usualBand,
  type FigureKind,
  type Figures,
} from '#domain/wall/day-figures.ts';
import type { Cases } from '#host/ports/cases.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import { ProjectionUnavailable, type Projection } from '#host/ports/projection.ts';
import { emptyDay, readDays, writeDays } from './wall-memory.ts';

/** How often the figures are looked at. */
const LOOK_EVERY_MS = MINUTE_MS / 4;
const SOON_MS = 2 * HOUR_MS;

export interface DayFiguresOptions {
  readonly folder: string;
  readonly cases: Pick<Cases, 'openStates'>;
  readonly projection: Pick<Projection, 'count'>;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
}

/** The figures of the day, and their lines. */
export interface DayFigures {
  figures(): WallFigures | null;
  onFigures(listener: (figures: WallFigures) => void): void;
  close(): Promise<void>;
}

/**
 * Looks four times a minute, and keeps the last look of each ten minutes for the line of today and the usual band of later days;
 * on the disk once in ten minutes, or with the next look that finds a disk to write to. What nobody looked at stays empty: no line is
 * made up. @throws the system's error
 */
export async function openDayFigures(options: DayFiguresOptions): Promise<DayFigures> {
  const { folder, cases, projection, clock, scheduler, health } = options;
  const read = await readDays(folder);
  if (read === 'damaged') {
    health.raise({ id: 'wall.history', severity: 'warning', code: 'wall_figures_damaged', detail: {} });
  }
  const days = new Map(Object.entries(read === 'damaged' || read === null ? {} : read));
  const listeners: ((figures: WallFigures) => void)[] = [];
  let last: WallFigures | null = null;
  let cancel = () => {};
  let isClosed = false;
  let isOnDisk = true;
  let writing: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const now = clock.now();
    const received = await receivedSince(projection, dayStart(now), now);
    if (isClosed) return;
    const figures = { ...openFigures(cases, now), received };
    const isNewBin = note(now, figures);
    last = { at: now, received, day: figureKinds.map((kind) => lineOf(kind, now)) };
    for (const listener of listeners) listener(last);
    if (!isNewBin && isOnDisk) return;
    writing = keep();
    await writing;
  }

  function note(now: number, figures: Omit<Figures, 'received'> & { readonly received: number | null }): boolean {
    const { day, bin } = binOf(now);
    const lines = structuredClone(days.get(String(day)) ?? emptyDay()) as Record<FigureKind, (number | null)[]>;
    const isFirst = (lines.open[bin] ?? null) === null;
    for (const kind of figureKinds) lines[kind][bin] = figures[kind];
    days.set(String(day), lines);
    for (const known of days.keys()) if (Number(known) < day - BAND_DAYS) days.delete(known);
    return isFirst;
  }

  function lineOf(kind: FigureKind, now: number): WallFigures['day'][number] {
    const { day } = binOf(now);
    const past = [...days].filter(([known]) => Number(known) < day).map(([, lines]) => lines[kind]);
    const { low, high } = usualBand(past);
    return {
      kind,
      line: [...(days.get(String(day)) ?? emptyDay())[kind]],
      low: [...low],
      high: [...high],
      bandDays: past.length,
    };
  }

  async function keep(): Promise<void> {
    try {
      await writeDays(folder, Object.fromEntries(days));
      isOnDisk = true;
      health.clear('wall.figures');
    } catch (cause) {
      isOnDisk = false;
      const reason = cause instanceof Error ? cause.message : String(cause);
      health.raise({ id: 'wall.figures', severity: 'warning', code: 'wall_not_kept', detail: { reason } });
    }
  }

  const again = () => {
    void look().finally(() => {
      if (!isClosed) cancel = scheduler.after(LOOK_EVERY_MS, again);
    });
  };
  cancel = scheduler.after(0, again);
  return {
    figures: () => last,
    onFigures: (listener) => void listeners.push(listener),
    close: async () => {
      isClosed = true;
      cancel();
      // Only for what goes to the disk: a count is answered by the projection, which may be closed later, or never have begun.
      await writing;
    },
  };
}

async function receivedSince(
  projection: Pick<Projection, 'count'>,
  since: number,
  now: number,
): Promise<number | null> {
  try {
    return (await projection.count({ openedFrom: since }, now)).count;
  } catch (cause) {
    if (cause instanceof ProjectionUnavailable) return null;
    throw cause;
  }
}

function openFigures(cases: Pick<Cases, 'openStates'>, now: number): Omit<Figures, 'received'> {
  const states = cases.openStates();
  let [overdue, soon] = [0, 0];
  for (const { dueAt } of states) {
    if (dueAt === null) continue;
    if (dueAt < now) overdue += 1;
    else if (dueAt <= now + SOON_MS) soon += 1;
  }
  return { open: states.length, overdue, soon };
}
