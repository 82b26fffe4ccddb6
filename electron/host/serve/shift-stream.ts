import type { ShiftState } from '#contract/shift.ts';
import type { Shift } from '#host/ports/shift.ts';
import type { StreamSource } from './stream-source.ts';

/** `shift.watch`: the seat as it is, whenever it changes. */
export function shiftStream(shift: Shift, sequence: () => number): StreamSource<ShiftState> {
  return {
    keyOf: () => 'seat',
    snapshot: () => ({ items: [shift.state()], sequence: sequence() }),
    since: () => null,
    onItems: (listener) => shift.onChanged(() => listener([shift.state()], sequence())),
  };
}
