import { maskPersonalNumbers } from '#domain/access/mask.ts';
import type { WireError } from '#contract/errors.ts';
import { ok, type Result } from '#domain/base/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type ShiftHandlers = Pick<Handlers, Extract<keyof Handlers, `shift.${string}`>>;

/** The seat and its handovers. Phone and identity numbers in notes are masked. */
export function shiftHandlers({ shift }: Pick<HostParts, 'shift'>): ShiftHandlers {
  const done = async (act: Promise<Result<null, WireError>>) => {
    const outcome = await act;
    return outcome.ok ? ok({}) : outcome;
  };
  return {
    'shift.preview': () => shift.preview(),
    'shift.list': ({ before, limit }) => {
      const handovers = [...shift.list(before ?? null, limit)];
      const last = handovers.at(-1)?.number ?? 1;
      return Promise.resolve(ok({ handovers, next: last > 1 ? last : null }));
    },
    'shift.open': ({ number }) => shift.open(number),
    'shift.signOn': (typed) => done(shift.signOn(typed)),
    'shift.write': ({ key, text }) => done(shift.write(key, maskPersonalNumbers(text))),
    'shift.mark': ({ keys, isKnown }) => done(shift.mark(keys, isKnown)),
    'shift.sign': (signing) => done(shift.sign(signing)),
    'shift.withdraw': () => done(shift.withdraw()),
    'shift.lock': ({ by }) => done(shift.lock(by)),
    'shift.unlock': ({ pin }) => done(shift.unlock(pin)),
    'shift.resetPin': ({ person }) => done(shift.resetPin(person)),
    'shift.release': () => done(shift.release()),
  };
}
