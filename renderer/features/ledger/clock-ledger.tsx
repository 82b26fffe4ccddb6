import { useState } from 'react';
import type { ClockExplanation, ClockLedger } from '#contract/clock.ts';
import { clockTime, moment, shortTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { leadingClock, ruleOf } from './chosen-clock.ts';
import { ledgerAt } from './ledger-at.ts';
import { countedText } from './ledger-rows.ts';
import { LedgerTable } from './ledger-table.tsx';
import { StripView } from './strip-view.tsx';
import { useRuleWords } from './use-cause-words.ts';
import { useLedger } from './use-ledger.ts';
import styles from './ledger.module.css';

/** 时限账本: every span behind the deadlines of a case, as the host counts it. */
export function ClockLedgerSection({ id }: { readonly id: string }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { explanation, error, reload } = useLedger(id);
  if (explanation === null || explanation.id !== id) {
    return (
      <section className={styles.section} aria-label={t('ledger.title')}>
        <h3 className={styles.head}>
          <b>{t('ledger.title')}</b>
        </h3>
        {error === null ? (
          <p className={styles.quiet}>{t('ledger.loading')}</p>
        ) : (
          <p className={styles.quiet}>
            {t('ledger.failed', { reason: errorWords(error).title })}{' '}
            <Button size="small" onPress={reload}>
              {t('ledger.retry')}
            </Button>
          </p>
        )}
      </section>
    );
  }
  return <Clocks explanation={explanation} isStale={error !== null} />;
}

function Clocks({ explanation, isStale }: { readonly explanation: ClockExplanation; readonly isStale: boolean }) {
  const { t } = useWords();
  const now = useNow(10_000);
  const [picked, setPicked] = useState<string | null>(null);
  const { clocks, calendarVersion, isRecounted, asOf } = explanation;
  const shownAt = clocks.findIndex((clock) => keyOf(clock) === picked);
  const shown = clocks[shownAt < 0 ? leadingClock(clocks) : shownAt];
  return (
    <section className={styles.section} aria-label={t('ledger.title')}>
      {shown === undefined ? (
        <>
          <h3 className={styles.head}>
            <b>{t('ledger.title')}</b>
          </h3>
          <p className={styles.quiet}>{t('ledger.none')}</p>
        </>
      ) : (
        <Clock key={keyOf(shown)} clock={ledgerAt(shown, now)} calendarVersion={calendarVersion} now={now} />
      )}
      {isRecounted ? <p className={styles.quiet}>{t('ledger.recounted')}</p> : null}
      {isStale ? <p className={styles.quiet}>{t('ledger.stale', { time: shortTime(asOf) })}</p> : null}
      {shown === undefined ? null : (
        <div className={styles.stages} role="group" aria-label={t('ledger.stagesLabel')}>
          {(clocks.length > 1 ? clocks : []).map((clock) => (
            <Button
              key={keyOf(clock)}
              kind="quiet"
              size="small"
              isPressed={clock === shown}
              onPress={() => setPicked(keyOf(clock))}
            >
              <StageLine clock={ledgerAt(clock, now)} now={now} />
            </Button>
          ))}
          <span className={styles.asOf}>{t('ledger.asOf', { time: clockTime(asOf) })}</span>
        </div>
      )}
    </section>
  );
}

function Clock({
  clock,
  calendarVersion,
  now,
}: {
  readonly clock: ClockLedger;
  readonly calendarVersion: string;
  readonly now: number;
}) {
  const { t } = useWords();
  const { tables } = useDesk();
  const ruleWords = useRuleWords();
  const isPlaceholder = ruleOf(clock.limit.basis)?.table !== 'duties' && tables.limits.isPlaceholder;
  const isOver = clock.remainingMs < 0;
  return (
    <>
      <h3 className={styles.head}>
        <b>{t('ledger.title')}</b>
        <span>{t(`ledger.clocks.${clock.clock}`)}</span>
        <span>
          {t('ledger.limit', { value: clock.limit.value, unit: t(`ledger.units.${clock.limit.unit}`) })}
          {' · '}
          {ruleWords(clock.limit.basis)}
        </span>
        {isPlaceholder ? (
          <span className={styles.tag} title={tables.limits.source}>
            {t('ledger.placeholder')}
          </span>
        ) : null}
        {clock.isProvisional ? (
          <span className={styles.tag} title={t('ledger.provisionalAbout')}>
            {t('ledger.provisional')}
          </span>
        ) : null}
        {clock.mergedDueAt === null ? null : (
          <span className={styles.tag} title={t('ledger.mergedAbout')}>
            {t('ledger.merged', { time: moment(clock.mergedDueAt, now) })}
          </span>
        )}
        <span className={styles.figures}>
          <span>
            {t('ledger.used')} <b>{countedText(clock.usedMs)}</b>
          </span>
          <span>
            {t(isOver ? 'ledger.over' : 'ledger.left')} <b>{countedText(clock.remainingMs)}</b>
          </span>
          {clock.endedAt === null ? null : <span>{t('ledger.ended', { time: moment(clock.endedAt, now) })}</span>}
          <span>
            {t('ledger.dueWord')} <b>{moment(clock.dueAt, now)}</b>
          </span>
        </span>
      </h3>
      <StripView ledger={clock} now={now} />
      <LedgerTable ledger={clock} calendarVersion={calendarVersion} now={now} />
    </>
  );
}

function StageLine({ clock, now }: { readonly clock: ClockLedger; readonly now: number }) {
  const { t } = useWords();
  const limit = t('ledger.limit', { value: clock.limit.value, unit: t(`ledger.units.${clock.limit.unit}`) });
  const outcome =
    clock.remainingMs < 0
      ? t('ledger.stageLate', { time: countedText(clock.remainingMs) })
      : clock.endedAt === null
        ? t('ledger.stageRunning')
        : t('ledger.stageOnTime');
  return (
    <>
      <span>{t(`ledger.clocks.${clock.clock}`)}</span>
      <span className={styles.stageFacts}>
        {moment(clock.startedAt, now)} · {countedText(clock.usedMs)} / {limit} · {outcome}
      </span>
    </>
  );
}

function keyOf({ clock, startedAt }: ClockLedger): string {
  return `${clock} ${startedAt}`;
}
