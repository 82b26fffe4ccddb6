import type { WireError } from '#contract/errors.ts';
import type { Alarm } from '#domain/alarms/alarm.ts';
import type { AlarmChanges } from '#domain/alarms/alarm-book.ts';
import type { RateBin } from '#domain/alarms/alarm-rate.ts';
import type { TallyRow } from '#domain/alarms/alarm-tally.ts';
import type { AlarmActName } from '#domain/alarms/alarm-state.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { Result } from '#domain/base/result.ts';

/** What a person does to alarms; `reason` and `until` are those of a shelf. */
export interface AlarmRequest {
  readonly act: AlarmActName;
  readonly ids: readonly number[];
  readonly by: string;
  readonly reason?: string;
  readonly until?: Instant;
}

/** Which of the alarms the act was for; the others stand differently by now, or are gone. */
export interface AlarmOutcome {
  readonly done: readonly number[];
  readonly left: readonly number[];
}

/** New groups within ten minutes, and whether they are a flood (A2). */
export interface AlarmRateNow {
  readonly recent: number;
  readonly floodSince: Instant | null;
  /** Groups are drawn together by cause. */
  readonly isDense: boolean;
  readonly bins: readonly RateBin[];
}

/** Alarms 告警 that stand, and what is done about them (decision 21). */
export interface Alarms {
  standing(): readonly Alarm[];
  rate(): AlarmRateNow;
  /** Raised alarms by day and type, of the last month. */
  tally(): readonly TallyRow[];
  /** Told when alarms changed, or the rate. */
  onChanged(listener: (changes: AlarmChanges) => void): () => void;
  /** Durable when it resolves with a value. Refused when it fits none of the alarms. */
  act(request: AlarmRequest): Promise<Result<AlarmOutcome, WireError>>;
}
