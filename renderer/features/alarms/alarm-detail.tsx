import { isWaiting, type Alarm } from '#domain/alarms/alarm.ts';
import { count, fullTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import type { AlarmActs } from './use-alarm-acts.ts';
import { useAlarmWords } from './use-alarm-words.ts';
import styles from './alarms.module.css';

/** The chosen alarm or group: cause, consequence, what to do and within what time, what was done, and what can be. */
export function AlarmDetail({
  alarms,
  isGroup,
  acts,
  now,
  onShelve,
  onGoTo,
}: {
  readonly alarms: readonly Alarm[];
  readonly isGroup: boolean;
  readonly acts: AlarmActs;
  readonly now: number;
  readonly onShelve: () => void;
  readonly onGoTo: (alarm: Alarm, where: 'case' | 'map') => void;
}) {
  const { t } = useWords();
  const words = useAlarmWords();
  const [alarm] = alarms;
  if (alarm === undefined) return <div />;
  const { typeId, priority, place, about, shelf } = alarm;
  const type = words.ofType(typeId);
  const allowed = Number(type?.['allowed_minutes'] ?? 0);
  const waiting = alarms.filter(isWaiting).map(({ id }) => id);
  const takeable = alarms.filter((one) => one.state !== 'in_hand' && one.shelf === null && one.active.length > 0);
  const ids = alarms.map(({ id }) => id);
  const isLate = now > alarm.raisedAt + allowed * 60_000;
  return (
    <section className={styles.detail} aria-label={t('alarmCenter.detail')}>
      <h3 className={styles.detailHead}>
        <LevelMark level={priority} label={t(`alarmCenter.priority.p${priority}`)} />
        {words.typeName(typeId)}
      </h3>
      <p className={styles.detailPlace}>
        {isGroup
          ? t('alarmCenter.ofGroup', { number: count(alarms.length), waiting: count(waiting.length) })
          : `${words.placeOf(alarm)} · ${words.aboutOf(alarm)}`}
      </p>
      <dl className={styles.pairs}>
        <Pair name={t('alarmCenter.now')} value={words.word(typeId, 'action')} isStrong />
        <Pair
          name={t('alarmCenter.allowed')}
          value={t(isLate ? 'alarmCenter.minutesOver' : 'alarmCenter.minutes', { number: allowed })}
        />
        <Pair name={t('alarmCenter.cause')} value={words.word(typeId, 'cause')} />
        <Pair name={t('alarmCenter.consequence')} value={words.word(typeId, 'consequence')} />
        <Pair name={t('alarmCenter.owner')} value={ownerText()} />
        {isGroup ? null : (
          <>
            <Pair name={t('alarmCenter.state')} value={words.standing(alarm)} />
            <Pair name={t('alarmCenter.raisedAt')} value={fullTime(alarm.raisedAt)} />
            {alarm.count > 1 ? <Pair name={t('alarmCenter.raisedOften')} value={`×${count(alarm.count)}`} /> : null}
            {alarm.endedAt === null ? null : <Pair name={t('alarmCenter.endedAt')} value={fullTime(alarm.endedAt)} />}
            <Act name={t('alarmCenter.standing.acknowledged')} act={alarm.acknowledged} />
            <Act name={t('alarmCenter.standing.in_hand')} act={alarm.inHand} />
            <Act name={t('alarmCenter.standing.shelved')} act={shelf} />
            {shelf === null ? null : (
              <>
                <Pair name={t('alarmCenter.reason')} value={shelf.reason} />
                <Pair name={t('alarmCenter.shelfEnd')} value={fullTime(shelf.until)} />
              </>
            )}
          </>
        )}
      </dl>
      <div className={styles.buttons}>
        <Button
          kind="primary"
          shortcut={t('alarmCenter.keys.space')}
          isDisabled={waiting.length === 0 || acts.isSending}
          onPress={() => acts.acknowledge(waiting)}
        >
          {t('alarmCenter.acknowledge')}
        </Button>
        <Button
          shortcut="H"
          isDisabled={takeable.length === 0 || acts.isSending}
          onPress={() => acts.takeInHand(takeable.map(({ id }) => id))}
        >
          {t('alarmCenter.takeInHand')}
        </Button>
        {shelf === null ? (
          <Button shortcut="S" isDisabled={!alarms.some((one) => one.isShelvable)} onPress={onShelve}>
            {t('alarmCenter.shelve')}
          </Button>
        ) : (
          <Button shortcut="U" isDisabled={acts.isSending} onPress={() => acts.unshelve(ids)}>
            {t('alarmCenter.unshelve')}
          </Button>
        )}
        {isGroup || about.kind !== 'case' ? null : (
          <Button shortcut="Enter" onPress={() => onGoTo(alarm, 'case')}>
            {t('alarmCenter.toCase')}
          </Button>
        )}
        {isGroup || (about.kind !== 'case' && place.area === null) ? null : (
          <Button onPress={() => onGoTo(alarm, 'map')}>{t('alarmCenter.toMap')}</Button>
        )}
      </div>
      {priority === 1 ? <p className={styles.note}>{t('alarmCenter.neverShelved')}</p> : null}
      {type?.['placeholder'] === 'true' ? <p className={styles.note}>{t('alarmCenter.placeholder')}</p> : null}
    </section>
  );

  function ownerText(): string {
    const owner = type?.['owner'];
    return owner === undefined ? '' : t(`alarmCenter.owners.${owner}` as 'alarmCenter.owners.ADMIN');
  }

  function Act({ name, act }: { readonly name: string; readonly act: { by: string; at: number } | null }) {
    return act === null ? null : <Pair name={name} value={`${act.by} · ${fullTime(act.at)}`} />;
  }
}

function Pair({
  name,
  value,
  isStrong = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly isStrong?: boolean;
}) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{isStrong ? <b>{value}</b> : value}</dd>
    </>
  );
}
