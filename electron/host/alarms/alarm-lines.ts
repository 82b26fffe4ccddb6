import type { Alarm } from '#domain/alarms/alarm.ts';
import type { AlarmPicture } from '#domain/alarms/alarm-book.ts';
import type { AlarmActName } from '#domain/alarms/alarm-state.ts';
import type { RateBin } from '#domain/alarms/alarm-rate.ts';
import type { TallyRow } from '#domain/alarms/alarm-tally.ts';

/** Lines of another format are not read. */
export const FORMAT = 1;

/** What is kept of the alarms: all that stood, or what changed and, of an act, who did it. */
export type AlarmRecord =
  | { readonly kind: 'picture'; readonly format: number; readonly picture: AlarmPicture }
  | {
      readonly kind: 'changes';
      readonly act: { readonly name: AlarmActName; readonly by: string; readonly ids: readonly number[] } | null;
      readonly changed: readonly Alarm[];
      readonly gone: readonly number[];
      readonly tally: readonly TallyRow[];
      readonly bins: readonly RateBin[];
    };
