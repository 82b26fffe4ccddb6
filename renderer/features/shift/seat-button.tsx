import type { ShiftState } from '#contract/shift.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useRunCommand } from '#renderer/actions/use-command.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useIsPast } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';

/** Person and seat in the top bar; without sign-on the seat alone. */
export function SeatButton({ state }: { readonly state: ShiftState | null }) {
  const { t } = useWords();
  const run = useRunCommand();
  const isPast = useIsPast();
  if (state === null) return null;
  const { onDuty, signOn } = state;
  const name = onDuty?.display ?? (signOn.isOn ? t('shift.nobodyOn') : t('shift.seatOnly'));
  return (
    <Button
      kind="quiet"
      size="small"
      isDisabled={isPast}
      aria-label={`${keyOf('seat')} ${t('shift.seatName', { seat: state.seat })}: ${name}`}
      onPress={() => run('seat')}
    >
      {name}
    </Button>
  );
}
