import type { WireError } from '#contract/errors.ts';
import type { HandoverForm, ShiftState } from '#contract/shift.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { PinForm } from './pin-form.tsx';
import { useLineWords } from './use-line-words.ts';
import styles from './shift.module.css';

/** First the outgoing person signs what is shown, then another one, who has the seat from that moment. */
export function Signatures({
  state,
  form,
  onHandedOver,
  onError,
}: {
  readonly state: ShiftState;
  readonly form: HandoverForm;
  readonly onHandedOver: (number: number) => void;
  readonly onError: (error: WireError | null) => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const words = useLineWords();
  const { outgoing, hash } = form;
  const now = client.hostNow();
  const unmarked = form.lines.filter(({ key }) => !form.known.includes(key)).length;
  const withdraw = async () => {
    const outcome = await client.call('shift.withdraw', {});
    onError(outcome.ok ? null : outcome.error);
  };
  if (outgoing === null || hash === null) {
    return (
      <section className={styles.signing} aria-label={t('shift.outgoing')}>
        <h3>{t('shift.outgoing')}</h3>
        <p className={styles.faint}>{t('shift.outgoingHow')}</p>
        <PinForm
          key="outgoing"
          people={state.people}
          person={state.onDuty?.id ?? null}
          submit={t('shift.signOutgoing')}
          onSend={async (typed) => {
            const outcome = await client.call('shift.sign', { side: 'outgoing', ...typed });
            return outcome.ok ? null : outcome.error;
          }}
        />
      </section>
    );
  }
  return (
    <section className={styles.signing} aria-label={t('shift.incoming')}>
      <h3>{t('shift.incoming')}</h3>
      <p>
        {t('shift.signedBy', { person: words.personOf(outgoing), time: moment(outgoing.at, now) })}{' '}
        <Button kind="quiet" size="small" onPress={() => void withdraw()}>
          {t('shift.withdraw')}
        </Button>
      </p>
      <p className={styles.faint}>{t('shift.incomingHow')}</p>
      {unmarked === 0 ? null : <p>{t('shift.unmarked', { number: unmarked })}</p>}
      <PinForm
        key="incoming"
        people={state.people}
        except={outgoing.id}
        submit={t('shift.signIncoming')}
        onSend={async (typed) => {
          const outcome = await client.call('shift.sign', { side: 'incoming', ...typed, hash });
          if (outcome.ok) onHandedOver(form.number);
          return outcome.ok ? null : outcome.error;
        }}
      />
    </section>
  );
}
