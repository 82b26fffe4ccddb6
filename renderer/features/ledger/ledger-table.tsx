import { useState } from 'react';
import type { ClockLedger } from '#contract/clock.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { isStop } from './ledger-at.ts';
import { hoursText, MOST_LINES, rowsOf, totalMinutes, type LedgerRow } from './ledger-rows.ts';
import { useCauseWords, useRuleWords, useVersionWords } from './use-cause-words.ts';
import styles from './ledger.module.css';

/** From, to, counted, why, source; the counted column adds up to the limit as shown. */
export function LedgerTable({
  ledger,
  calendarVersion,
  now,
}: {
  readonly ledger: ClockLedger;
  readonly calendarVersion: string;
  readonly now: number;
}) {
  const { t } = useWords();
  const causeWords = useCauseWords();
  const ruleWords = useRuleWords();
  const versionWords = useVersionWords();
  const isLong = ledger.lines.length + ledger.ahead.length > MOST_LINES;
  const [isUnfolded, setUnfolded] = useState(false);
  const rows = rowsOf(ledger, isLong && !isUnfolded);
  const lastPast = rows.findLastIndex(({ isAhead }) => !isAhead);
  const limit = t('ledger.limit', { value: ledger.limit.value, unit: t(`ledger.units.${ledger.limit.unit}`) });
  const isRunning = ledger.endedAt === null;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('ledger.columns.from')}</th>
          <th scope="col">{t('ledger.columns.to')}</th>
          <th scope="col" className={styles.number}>
            {t('ledger.columns.counted')}
          </th>
          <th scope="col" className={styles.cause}>
            {t('ledger.columns.cause')}
            {isLong ? (
              <Button kind="quiet" size="small" onPress={() => setUnfolded(!isUnfolded)}>
                {isUnfolded ? t('ledger.fold') : t('ledger.unfold')}
              </Button>
            ) : null}
          </th>
          <th scope="col">{t('ledger.columns.basis')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => {
          const isOpenEnd = row.isAhead ? index === rows.length - 1 : isRunning && index === lastPast;
          return (
            <tr key={row.from} data-quiet={!row.isCounted} data-ahead={row.isAhead}>
              <td>{moment(row.from, now)}</td>
              <td>{moment(row.to, now)}</td>
              <td className={styles.number}>{row.isCounted ? hoursText(row.minutes) : '–'}</td>
              <td className={styles.cause}>{causeWords.row(row, { isOpenEnd, limit })}</td>
              <td className={styles.basis}>{basisText(row, isOpenEnd)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {t('ledger.total')}
          </th>
          <td className={styles.number}>{hoursText(totalMinutes(rows))}</td>
          <td className={styles.cause}>{sidesText()}</td>
          <td className={styles.basis} title={t('ledger.calendarVersion', { version: calendarVersion })}>
            {t('ledger.calendarVersion', { version: versionWords(calendarVersion) })}
          </td>
        </tr>
      </tfoot>
    </table>
  );

  function basisText(row: LedgerRow, isOpenEnd: boolean): string {
    const causes = row.causes.map(({ cause }) => cause);
    if (causes.includes('suspended')) return t('ledger.basisOf.approval');
    if (causes.some(isStop)) return t('ledger.basisOf.step');
    const isByRule = causes.includes('continuous') || (row.isAhead && isOpenEnd);
    if (!isByRule) return t('ledger.basisOf.calendar');
    return ruleWords(ledger.limit.basis);
  }

  function sidesText(): string {
    const pauses = ledger.lines.filter(({ cause }) => cause === 'suspended').length;
    const parts: string[] = ledger.extensions.map(({ at, value, unit }) =>
      t('ledger.extended', { value, unit: t(`ledger.units.${unit}`), time: moment(at, now) }),
    );
    if (pauses > 0) parts.push(t('ledger.paused', { count: pauses }));
    return parts.length === 0 ? t('ledger.plain') : parts.join(' · ');
  }
}
