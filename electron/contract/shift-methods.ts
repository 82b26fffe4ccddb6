import { method, stream } from './method.ts';
import { NoInput, z } from './schema.ts';
import * as shift from './shift.ts';

const ofPin = ['not_at_desk', 'pin_wrong', 'pin_blocked', 'pin_unset', 'pin_set', 'unavailable'] as const;
const Done = z.object({});

/** The seat 席位, who is on duty, and the handover 交接班 (decision 24). Part of the one table, `api`. */
export const shiftMethods = {
  'shift.watch': stream({
    input: NoInput,
    item: shift.ShiftState,
    errors: [],
    needs: 'shift.read',
    about: 'who is on duty at the seat, whether it is locked, and the handover under way, whenever it changes',
    example: {},
  }),
  'shift.preview': method({
    input: NoInput,
    output: shift.HandoverForm,
    errors: ['handover_damaged'],
    needs: 'shift.read',
    about: 'what a handover 交接班 would tell now; once the outgoing person has signed, what was signed',
    example: {},
  }),
  'shift.list': method({
    input: shift.HandoverQuery,
    output: shift.HandoverPage,
    errors: [],
    needs: 'shift.read',
    about: 'handovers of the past, newest first',
    example: { limit: 5 },
  }),
  'shift.open': method({
    input: shift.HandoverRef,
    output: shift.HandoverForm,
    errors: ['not_found', 'handover_damaged'],
    needs: 'shift.read',
    about: 'a handover of the past as it was signed',
    example: { number: 1 },
  }),
  'shift.signOn': method({
    input: shift.SignOn,
    output: Done,
    errors: ['sign_on_off', 'seat_taken', ...ofPin],
    needs: 'shift.sign',
    about: 'a person takes an empty seat by a PIN of six digits, set at the first time; on record',
    example: { person: 'P0003', pin: '248163', isNewPin: true },
  }),
  'shift.write': method({
    input: shift.HandoverNote,
    output: Done,
    errors: ['handover_state', 'unavailable'],
    needs: 'shift.note',
    about: 'writes the note of a line of the handover, or of all of it (empty key); an empty text takes it back',
    example: { key: '', text: '东门施工，夜间注意' },
  }),
  'shift.mark': method({
    input: shift.HandoverMark,
    output: Done,
    errors: ['unavailable'],
    needs: 'shift.note',
    about: 'marks lines of the handover as known 已知悉, or not',
    example: { keys: ['alarm:1'], isKnown: true },
  }),
  'shift.sign': method({
    input: shift.SignHandover,
    output: Done,
    errors: [
      ...(['not_on_duty', 'same_person', 'handover_state', 'handover_changed', 'handover_stale'] as const),
      ...(['handover_damaged', ...ofPin] as const),
    ],
    needs: 'shift.sign',
    about: 'signs the handover: the outgoing person first, then another one, who has the seat from then on; on record',
    example: { side: 'outgoing', person: 'P0003', pin: '248163' },
  }),
  'shift.withdraw': method({
    input: NoInput,
    output: Done,
    errors: ['handover_state', 'unavailable'],
    needs: 'shift.sign',
    about: 'takes the outgoing signature back, so that notes can be changed; on record',
    example: {},
  }),
  'shift.lock': method({
    input: shift.SeatLock,
    output: Done,
    errors: ['seat_empty'],
    needs: 'shift.sign',
    about: 'covers the windows of the seat until the person on duty enters the PIN; alarms go on; on record',
    example: { by: 'key' },
  }),
  'shift.unlock': method({
    input: shift.SeatUnlock,
    output: Done,
    errors: ['seat_empty', ...ofPin],
    needs: 'shift.sign',
    about: 'uncovers the windows of the seat by the PIN of the person on duty; on record',
    example: { pin: '248163' },
  }),
  'shift.resetPin': method({
    input: shift.PersonRef,
    output: Done,
    errors: ['not_at_desk', 'unavailable'],
    needs: 'shift.manage',
    about: 'takes the PIN of a person away, who then sets a new one; on record',
    example: { person: 'P0004' },
  }),
  'shift.release': method({
    input: NoInput,
    output: Done,
    errors: ['seat_empty', 'unavailable'],
    needs: 'shift.manage',
    about: 'takes the person off the seat who left without a handover, and uncovers it; on record',
    example: {},
  }),
} as const;
