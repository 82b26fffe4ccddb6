import type { ReactNode } from 'react';
import type { AlarmGroup } from '#domain/alarms/alarm-groups.ts';
import { isWaiting } from '#domain/alarms/alarm.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand, useRunCommand } from '#renderer/actions/use-command.tsx';
import { count, span } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useIsPast } from '#renderer/state/desk-context.tsx';
import type { LiveAlarms } from '#renderer/state/live-alarms.ts';
import { Button } from '#renderer/ui/button.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { RateMeter } from './rate-meter.tsx';
import type { SoundControl } from './use-alarm-sound.ts';
import { useAlarmActs } from './use-alarm-acts.ts';
import { useAlarmSight, useHostNow } from './use-alarm-sight.ts';
import { useAlarmWords } from './use-alarm-words.ts';
import { SoundNote } from './sound-note.tsx';
import styles from './alarms.module.css';

/**
 * The highest alarm that nobody has acknowledged, with what to do, and F8; `quiet` stands there when there is none. What is
 * said aloud lies in two live regions of its own, so that ages that tick are not read out.
 */
export function AlarmStrip({
  live,
  sound,
  quiet,
}: {
  readonly live: LiveAlarms;
  readonly sound: SoundControl;
  readonly quiet: ReactNode;
}) {
  const { t, language } = useWords();
  const errorWords = useErrorWords();
  const words = useAlarmWords();
  const run = useRunCommand();
  const isPast = useIsPast();
  const { groups, rate, isKnown } = useAlarmSight(live);
  const acts = useAlarmActs();
  const now = useHostNow();
  const waiting = groups.filter((group) => group.waiting > 0);
  const [first] = waiting;
  const alarm = first?.alarms[0];
  useCommand('acknowledge', () => {
    if (first === undefined || acts.isSending) return false;
    acts.acknowledge(acknowledgedBy(first));
    return true;
  });
  const spoken =
    alarm === undefined
      ? ''
      : `${t(`alarmCenter.priority.p${alarm.priority}`)} ${words.typeName(alarm.typeId)} ${words.placeOf(alarm)} ${words.word(alarm.typeId, 'action')}`;
  return (
    <>
      <span className={styles.hidden} aria-live="assertive" data-testid="alarm-assertive">
        {alarm?.priority === 1 ? spoken : ''}
      </span>
      <span className={styles.hidden} aria-live="polite" data-testid="alarm-polite">
        {alarm !== undefined && alarm.priority !== 1 ? spoken : ''}
      </span>
      {first === undefined || alarm === undefined ? (
        <span className={styles.stripQuiet}>
          {rate === null ? null : <>{t('alarmCenter.quiet', { number: count(rate.recent) })} · </>}
          {quiet}
        </span>
      ) : (
        <span className={styles.stripAlarm} data-testid="alarm-strip">
          <span key={alarm.id} className={styles.pulse} data-pulses={alarm.priority !== 3}>
            <LevelMark level={alarm.priority} label={t(`alarmCenter.priority.p${alarm.priority}`)} />
          </span>
          <b className={styles.stripType}>{words.typeName(alarm.typeId)}</b>
          <span className={styles.stripPlace}>
            {words.placeOf(alarm)} {words.aboutOf(alarm)}
            {first.waiting > 1 ? ` ×${count(first.waiting)}` : ''}
          </span>
          <span className={styles.faint}>{t('alarmCenter.age', { span: span(now - alarm.raisedAt, language) })}</span>
          <span className={styles.stripAction} title={words.word(alarm.typeId, 'action')}>
            <span className={styles.faint}>{t('alarmCenter.now')}</span> {words.word(alarm.typeId, 'action')}
          </span>
          <Button
            size="small"
            shortcut={keyOf('acknowledge')}
            isDisabled={isPast || acts.isSending}
            onPress={() => run('acknowledge')}
          >
            {acts.isSending ? t('alarmCenter.sending') : t('alarmCenter.acknowledge')}
          </Button>
          {acts.error === null ? null : <b>{errorWords(acts.error).title}</b>}
          {waiting.length > 1 ? (
            <span className={styles.faint}>{t('alarmCenter.moreGroups', { number: count(waiting.length - 1) })}</span>
          ) : null}
        </span>
      )}
      {rate === null || rate.floodSince === null ? null : (
        <b className={styles.flood} role="status">
          {t('alarmCenter.flood', { number: count(rate.recent) })}
        </b>
      )}
      <SoundNote sound={sound} isRinging={first !== undefined} />
      <Button size="small" kind="quiet" shortcut={keyOf('alarms')} isDisabled={isPast} onPress={() => run('alarms')}>
        {t('alarmCenter.open')}
      </Button>
      {isKnown && rate !== null ? <RateMeter rate={rate} now={now} /> : null}
    </>
  );
}

/** One press is for what is in sight: level Ⅰ one by one, the others with their group. */
function acknowledgedBy({ alarms, priority }: AlarmGroup): readonly number[] {
  const ids = alarms.filter(isWaiting).map(({ id }) => id);
  return priority === 1 ? ids.slice(0, 1) : ids;
}
