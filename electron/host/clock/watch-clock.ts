import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/base/instant.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Log } from '#host/ports/log.ts';

export interface WatchClockOptions {
  readonly clock: Clock;
  /** Milliseconds that passed since some moment; nobody can set this one. */
  readonly elapsedMs: () => number;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
  readonly log: Log;
  /** Recorded time of the journal's last entry, 0 for an empty journal. */
  readonly lastRecordedAt: number;
  /** What is planned by the clock may be due now. */
  readonly onJump: () => void;
}

const LOOK_EVERY_MS = 5 * SECOND_MS;

/** Less is a clock that is kept right over the network (live-and-storage.md JN11). */
const JUMP_MS = MINUTE_MS;

/**
 * Says on every screen, until the next start, that the machine's clock jumped: it was set, or the machine slept. At the
 * start the clock is held against the last entry: it may have been set back meanwhile. Several jumps are added up.
 */
export function watchClock({ clock, elapsedMs, scheduler, health, log, lastRecordedAt, onJump }: WatchClockOptions) {
  let cancel: () => void = () => {};
  let jumps = 0;
  let shown = clock.now();
  let passed = elapsedMs();

  const tell = (jumpMs: number) => {
    jumps += 1;
    const by = textOf(jumpMs);
    health.raise({ id: 'clock', severity: 'warning', code: 'clock_jumped', detail: { by, count: String(jumps) } });
    log.warn('the clock of the machine jumped', { by, count: jumps });
    onJump();
  };
  const look = () => {
    const [now, passedNow] = [clock.now(), elapsedMs()];
    const jumpMs = now - shown - (passedNow - passed);
    [shown, passed] = [now, passedNow];
    if (Math.abs(jumpMs) > JUMP_MS) tell(jumpMs);
    cancel = scheduler.after(LOOK_EVERY_MS, look);
  };
  if (lastRecordedAt - shown > JUMP_MS) tell(shown - lastRecordedAt);
  look();

  return {
    close(): void {
      cancel();
    },
  };
}

/** `+1:00:00` for an hour forward. */
function textOf(jumpMs: number): string {
  const distance = Math.abs(jumpMs);
  const part = (unitMs: number, of: number) => String(Math.floor(distance / unitMs) % of).padStart(2, '0');
  const hours = Math.floor(distance / HOUR_MS);
  return `${jumpMs < 0 ? '-' : '+'}${hours}:${part(MINUTE_MS, 60)}:${part(SECOND_MS, 60)}`;
}
