import type { CaseDetail } from '#contract/cases.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useRunCommand } from '#renderer/actions/use-command.tsx';
import { shortMoment, span } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { useHolderName } from './use-holder-name.ts';
import { useDuplicates, useNearby } from './use-same-cause.ts';
import styles from './merge.module.css';

/** Radius and days that `case.nearby` looks at unless told otherwise. */
const RADIUS = 50;
const DAYS = 90;

/** 此处历史: other cases at this spot, and whether it is a repeated complaint 屡诉未决. A row opens its case. */
export function SpotHistory({
  detail,
  hasLink = false,
}: {
  readonly detail: Pick<CaseDetail, 'id' | 'version' | 'lon'>;
  /** Shows how many likely duplicates there are, as the way to the workbench. */
  readonly hasLink?: boolean;
}) {
  const { t, language } = useWords();
  const errorWords = useErrorWords();
  const { store } = useDesk();
  const holderName = useHolderName();
  const now = useNow(60_000);
  const { answer, error } = useNearby(detail.id, detail.version);
  return (
    <section className={styles.spot} aria-label={t('merge.spot')}>
      <h3 className={styles.sectionHead}>
        <b>{t('merge.spot')}</b>
        {answer === null ? null : (
          <span>{t('merge.spotRange', { radius: RADIUS, days: DAYS, count: answer.count })}</span>
        )}
        {answer?.isRepeat === true ? (
          <span className={styles.repeat} title={t('merge.repeatAbout')}>
            <LevelMark level={4} /> {t('merge.repeat')}
          </span>
        ) : null}
        {hasLink ? <DuplicatesLink detail={detail} /> : null}
      </h3>
      {error === null ? null : <p className={styles.quiet}>{t('merge.failed', { reason: errorWords(error).title })}</p>}
      {answer !== null && answer.rows.length === 0 ? (
        <p className={styles.quiet}>
          {detail.lon === null
            ? t('merge.spotNoPlace')
            : !answer.isWhole
              ? t('merge.stillReading')
              : t('merge.spotNone', { days: DAYS })}
        </p>
      ) : null}
      {answer === null || answer.rows.length === 0 ? null : (
        <table className={styles.history}>
          <tbody>
            {answer.rows.map((row) => (
              <tr key={row.id}>
                <td>{shortMoment(row.reportedAt, now)}</td>
                <td>
                  <button type="button" onClick={() => store.setState({ selectedId: row.id })}>
                    {row.id.slice(-4)}
                  </button>
                </td>
                <td data-same={row.isSameClass}>{row.className}</td>
                <td className={styles.number}>{t('merge.metres', { metres: Math.round(row.metres) })}</td>
                <td>{holderName(row.unit)}</td>
                <td className={styles.number}>
                  {row.closedAt === null ? t('merge.still') : span(row.closedAt - row.reportedAt, language)}
                </td>
                <td>{t(`states.${row.state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function DuplicatesLink({ detail }: { readonly detail: Pick<CaseDetail, 'id' | 'version'> }) {
  const { t } = useWords();
  const run = useRunCommand();
  const { answer } = useDuplicates(detail.id, detail.version);
  if (answer === null || answer.candidates.length === 0) return null;
  return (
    <span className={styles.end}>
      <Button size="small" kind="quiet" shortcut={keyOf('merge')} onPress={() => run('merge')}>
        {t('merge.spotCandidates', { count: answer.candidates.length })}
      </Button>
    </span>
  );
}
