import { calendarWarnings } from '#domain/sla/calendar-warnings.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Tables } from '#host/ports/tables.ts';

const LOOK_EVERY_MS = 15 * 60_000;

export interface CalendarWatchOptions {
  readonly tables: Pick<Tables, 'inForce' | 'onChanged'>;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
}

/**
 * Says on every screen which year's holidays are missing: the running one at any time, the next one from 1 October on
 * (decision 0007, 7). Deadlines that reach into it are provisional until the table has it.
 */
export function watchCalendar({ tables, clock, scheduler, health }: CalendarWatchOptions) {
  let cancel: () => void = () => {};
  let raised: readonly string[] = [];

  const look = () => {
    const warnings = calendarWarnings(tables.inForce().calendar, clock.now());
    const ids = warnings.map(({ year }) => `calendar.${year}`);
    for (const id of raised) if (!ids.includes(id)) health.clear(id);
    for (const { year, sinceOctober } of warnings) {
      const code = sinceOctober ? 'calendar_next_year_missing' : 'calendar_year_missing';
      health.raise({ id: `calendar.${year}`, severity: 'warning', code, detail: { year: String(year) } });
    }
    raised = ids;
  };
  const again = () => {
    look();
    cancel = scheduler.after(LOOK_EVERY_MS, again);
  };
  again();
  const stop = tables.onChanged(look);

  return {
    close(): void {
      stop();
      cancel();
    },
  };
}
