import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Suggestion, SuggestionReason } from '#contract/dispatch.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useNames } from '#renderer/acts/use-names.ts';
import type { Suggested } from '#renderer/acts/use-suggestions.ts';
import styles from './suggestion-list.module.css';

/** Units that should get the case, best first, with their reasons. Enter takes one. */
export function SuggestionList({
  suggested,
  taken,
  onTake,
}: {
  readonly suggested: Suggested;
  /** Code of the unit that the form holds now. */
  readonly taken: string;
  readonly onTake: (suggestion: Suggestion) => void;
}) {
  const { t } = useWords();
  const { shortUnit } = useNames();
  const { suggestions, isLoading } = suggested;
  if (isLoading) return <p className={styles.quiet}>{t('acts.suggestions.loading')}</p>;
  if (suggestions.length === 0) return <p className={styles.quiet}>{t('acts.suggestions.none')}</p>;
  return (
    <div>
      <p className={styles.head}>
        {t('acts.suggestions.title')}
        <span>{t('acts.suggestions.hint')}</span>
      </p>
      <ListBox
        aria-label={t('acts.suggestions.title')}
        className={styles.list ?? ''}
        autoFocus="first"
        items={suggestions.map((suggestion, index) => ({ id: index, suggestion }))}
        dependencies={[taken, t]}
        onAction={(index) => {
          const suggestion = suggestions[Number(index)];
          if (suggestion !== undefined) onTake(suggestion);
        }}
      >
        {({ id, suggestion }) => (
          <ListBoxItem
            id={id}
            textValue={suggestion.lead.name}
            className={styles.item ?? ''}
            data-taken={suggestion.lead.unit === taken}
          >
            <span className={styles.line}>
              <span className={styles.mark} aria-hidden="true" />
              <b>{suggestion.lead.name}</b>
              {suggestion.lead.personDisplay === null ? null : <span>{suggestion.lead.personDisplay}</span>}
              {suggestion.co.length === 0 ? null : (
                <span>
                  {t('acts.suggestions.co', { units: suggestion.co.map(({ unit }) => shortUnit(unit)).join('、') })}
                </span>
              )}
              <span className={styles.tag}>{t(`modes.${suggestion.mode}`)}</span>
              {suggestion.isAutomatic ? <span className={styles.tag}>{t('acts.suggestions.automatic')}</span> : null}
              {suggestion.isPlaceholder ? <span className={styles.tag}>{t('case.configurable')}</span> : null}
              <span className={styles.end}>{accuracyOf(suggestion)}</span>
            </span>
            <span className={styles.reasons}>
              {[
                ...suggestion.reasons.filter(({ kind }) => kind !== 'accuracy').map((reason) => reasonOf(reason)),
                limitOf(suggestion),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );

  function accuracyOf({ accuracy: { right, all } }: Suggestion): string {
    if (all === 0) return t('acts.suggestions.noHistory');
    return t('acts.suggestions.accuracy', { right, all, share: Math.round((100 * right) / all) });
  }

  function limitOf({ limit }: Suggestion): string {
    if (limit.value === 0) return '';
    const words = t(`acts.suggestions.units.${limit.unit}` as 'acts.suggestions.units.minute', { value: limit.value });
    const told = t('acts.suggestions.limit', { limit: words });
    return limit.isPlaceholder ? `${told}（${t('case.placeholder')}）` : told;
  }

  function reasonOf({ kind, detail }: SuggestionReason): string {
    return t(`acts.suggestions.reasons.${kind}`, { row: '', all: '', here: '', right: '', unit: '', ...detail });
  }
}
