import type { ShiftState } from '#contract/shift.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useRunCommand } from '#renderer/actions/use-command.tsx';
import { useClient } from '#renderer/client/hooks.tsx';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { PinForm } from './pin-form.tsx';
import { useLineWords } from './use-line-words.ts';
import styles from './shift.module.css';

/** Who has the seat. An empty one is taken by signing on; a taken one changes hands by a handover. */
export function SeatDialog({ state, onClose }: { readonly state: ShiftState; readonly onClose: () => void }) {
  const { t } = useWords();
  const client = useClient();
  const run = useRunCommand();
  const words = useLineWords();
  const { onDuty, signOn, lockAfter } = state;
  return (
    <Dialog title={t('shift.seatName', { seat: state.seat })} width={420} onClose={onClose}>
      <div className={styles.seat}>
        {onDuty !== null ? (
          <p>{t('shift.onDuty', { person: words.personOf(onDuty), time: moment(onDuty.at, client.hostNow()) })}</p>
        ) : signOn.isOn ? (
          <>
            <p className={styles.faint}>{t('shift.signOnHow')}</p>
            <PinForm
              people={state.people}
              submit={t('shift.signOn')}
              onSend={async (typed) => {
                const outcome = await client.call('shift.signOn', typed);
                if (outcome.ok) onClose();
                return outcome.ok ? null : outcome.error;
              }}
            />
          </>
        ) : (
          <Notice kind="note" title={t('shift.signOnOff')}>
            {t('shift.signOnOffHow')}
          </Notice>
        )}
        <p className={styles.faint}>
          {lockAfter.minutes === 0 ? t('shift.lockNever') : t('shift.lockAfter', { minutes: lockAfter.minutes })}
          {lockAfter.isPlaceholder ? ` (${t('shift.lockPlaceholder')})` : null}
        </p>
        {signOn.isPlaceholder ? <p className={styles.faint}>{t('shift.policyPlaceholder')}</p> : null}
        <p className={styles.faint}>{t('shift.notProtected')}</p>
        <div className={styles.buttons}>
          <Button
            shortcut={keyOf('workspace_lead')}
            onPress={() => {
              onClose();
              run('workspace_lead');
            }}
          >
            {t('shift.title')}
          </Button>
          <Button
            shortcut={keyOf('lock')}
            isDisabled={onDuty === null}
            onPress={() => {
              onClose();
              run('lock');
            }}
          >
            {onDuty === null ? t('shift.lockEmpty') : t('shift.lock')}
          </Button>
          <Button onPress={onClose}>{t('shift.close')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
