import { useState } from 'react';
import { MINUTE_MS } from '#domain/base/instant.ts';
import type { Alarm } from '#domain/alarms/alarm.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { count, shortTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { RadioChoice } from '#renderer/ui/radio-choice.tsx';
import type { AlarmActs } from './use-alarm-acts.ts';
import styles from './alarms.module.css';

const spans = ['15', '30', '60', '120', '240', '480'] as const;
const LEAST_REASON = 2;

/** Reason and end of a shelf; the host refuses more than a shift. */
export function ShelveDialog({
  alarms,
  acts,
  onClose,
}: {
  readonly alarms: readonly Alarm[];
  readonly acts: AlarmActs;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<(typeof spans)[number]>('60');
  const shelvable = alarms.filter(({ isShelvable, shelf }) => isShelvable && shelf === null);
  const until = client.hostNow() + Number(minutes) * MINUTE_MS;
  const isReady = reason.trim().length >= LEAST_REASON && shelvable.length > 0 && !acts.isSending;
  const send = async () => {
    const ids = shelvable.map(({ id }) => id);
    if (await acts.shelve(ids, reason.trim(), client.hostNow() + Number(minutes) * MINUTE_MS)) onClose();
  };
  return (
    <Dialog title={t('alarmCenter.shelveTitle', { number: count(shelvable.length) })} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void send();
        }}
      >
        <Field label={t('alarmCenter.reason')} value={reason} onChange={setReason} autoFocus maxLength={200} />
        <RadioChoice
          label={t('alarmCenter.shelfFor')}
          items={spans.map((id) => ({ id, name: t('alarmCenter.minutesShort', { number: id }) }))}
          value={minutes}
          onChange={setMinutes}
        />
        <p className={styles.note}>{t('alarmCenter.returnsAt', { time: shortTime(until) })}</p>
        {acts.error === null ? null : (
          <Notice kind="problem" title={errorWords(acts.error).title}>
            {errorWords(acts.error).remedy}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button type="submit" kind="primary" isDisabled={!isReady}>
            {t('alarmCenter.shelve')}
          </Button>
          <Button onPress={onClose}>{t('alarmCenter.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
