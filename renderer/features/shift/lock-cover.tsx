import { useSyncExternalStore } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { ShiftState } from '#contract/shift.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { count, moment, span } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useTable } from '#renderer/state/desk-context.tsx';
import type { LiveAlarms } from '#renderer/state/live-alarms.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { PinForm } from './pin-form.tsx';
import { useLineWords } from './use-line-words.ts';
import styles from './shift.module.css';

const SHOWN = 6;

/**
 * Covers the desk until the person on duty enters the PIN (security.md S4). What lies below stays as it is, drafts and all. Alarms
 * show level, type and place: no case, no words of people, nothing that can be done.
 */
export function LockCover({ state, live }: { readonly state: ShiftState | null; readonly live: LiveAlarms }) {
  const { t, language } = useWords();
  const client = useClient();
  const { areas } = useDesk();
  const words = useLineWords();
  const types = useTable('alarm-types');
  useNow(1_000);
  const { waiting } = useSyncExternalStore(
    (listener) => live.onChange(listener),
    () => live.sight,
  );
  const now = client.hostNow();
  const rows = waiting.map(({ id, typeId, priority, place, raisedAt }) => ({
    ...{ id, priority, raisedAt },
    type: types.find((row) => row['id'] === typeId)?.[language === 'en' ? 'en' : 'zh'] ?? typeId,
    place: areas
      .names(place.grid ?? place.area)
      .slice(0, 2)
      .join(' '),
  }));
  const [first] = rows;
  const onDuty = state?.onDuty ?? null;
  const lock = state?.lock ?? null;
  return (
    <ModalOverlay className={styles.cover ?? ''} isOpen isDismissable={false} isKeyboardDismissDisabled>
      <Modal>
        <Dialog className={styles.coverDialog ?? ''}>
          <section aria-label={t('shift.lockAlarms', { number: count(rows.length) })}>
            <h3>{rows.length === 0 ? t('shift.lockQuiet') : t('shift.lockAlarms', { number: count(rows.length) })}</h3>
            <span className={styles.hidden} aria-live={first?.priority === 1 ? 'assertive' : 'polite'}>
              {first === undefined
                ? ''
                : `${t(`alarmCenter.priority.p${first.priority}`)} ${first.type} ${first.place}`}
            </span>
            <ul>
              {rows.slice(0, SHOWN).map(({ id, priority, type, place, raisedAt }) => (
                <li key={id}>
                  <LevelMark level={priority} label={t(`alarmCenter.priority.p${priority}`)} />
                  <b>{type}</b>
                  <span>{place}</span>
                  <span className={styles.faint}>{t('alarmCenter.age', { span: span(now - raisedAt, language) })}</span>
                </li>
              ))}
            </ul>
            {rows.length > SHOWN ? (
              <p className={styles.faint}>{t('shift.lockMore', { number: count(rows.length - SHOWN) })}</p>
            ) : null}
          </section>
          <section>
            <Heading slot="title">{t('shift.locked')}</Heading>
            {onDuty === null || lock === null ? (
              <p>{t('shift.lockedWaiting')}</p>
            ) : (
              <>
                <p>
                  {t(lock.by === 'idle' ? 'shift.lockedIdle' : 'shift.lockedBy', {
                    ...{ person: words.personOf(onDuty), time: moment(lock.since, now) },
                  })}
                </p>
                <PinForm
                  people={[{ ...onDuty, hasPin: true, isPlaceholder: false }]}
                  person={onDuty.id}
                  submit={t('shift.unlock')}
                  isFocused
                  onSend={async ({ pin }) => {
                    const outcome = await client.call('shift.unlock', { pin });
                    return outcome.ok ? null : outcome.error;
                  }}
                />
              </>
            )}
            <p className={styles.faint}>{t('shift.lockScope')}</p>
          </section>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
