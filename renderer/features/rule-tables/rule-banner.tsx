import type { HealthFact } from '#contract/health.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useIsPast } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import styles from './rule-banner.module.css';

const codes = ['table_faulty', 'calendar_year_missing', 'calendar_next_year_missing'];

/** A line on the desk while a table has a fault or a year's holidays are missing; nothing otherwise. */
export function RuleBanner({ facts, onOpen }: { readonly facts: readonly HealthFact[]; readonly onOpen: () => void }) {
  const { t } = useWords();
  const isPast = useIsPast();
  const ours = facts
    .filter(({ code }) => codes.includes(code))
    .toSorted((a, b) => codes.indexOf(a.code) - codes.indexOf(b.code));
  const [first, ...others] = ours;
  if (first === undefined) return null;
  return (
    <section className={styles.banner} aria-label={t('rules.banner')}>
      <b>{t('rules.banner')}</b>
      <span>{textOf(first)}</span>
      {others.length === 0 ? null : (
        <span className={styles.more} title={others.map(textOf).join('\n')}>
          {t('rules.bannerMore', { count: others.length })}
        </span>
      )}
      <span className={styles.end}>
        <Button size="small" isDisabled={isPast} onPress={onOpen}>
          {t('rules.bannerOpen')}
        </Button>
      </span>
    </section>
  );

  function textOf({ code, detail }: HealthFact): string {
    if (code === 'table_faulty') {
      return t('rules.bannerFault', { table: detail['table'] ?? '', version: detail['version'] ?? '' });
    }
    const year = detail['year'] ?? '';
    return code === 'calendar_year_missing' ? t('rules.bannerYearNow', { year }) : t('rules.bannerYear', { year });
  }
}
