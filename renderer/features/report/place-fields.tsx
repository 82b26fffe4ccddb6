import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import type { PlaceDraft } from './use-place.ts';
import styles from './report.module.css';

/** Address, coordinates, picking on the map, and which grid it is. */
export function PlaceFields({ place }: { readonly place: PlaceDraft }) {
  const { t } = useWords();
  const { store } = useDesk();
  return (
    <>
      <Field
        label={t('report.address')}
        note={t('acts.optional')}
        value={place.address}
        onChange={place.setAddress}
        maxLength={500}
      />
      <div className={styles.place}>
        <Field
          label={t('report.lon')}
          value={place.lonText}
          onChange={place.setLon}
          inputMode="decimal"
          problem={place.lon === undefined ? t('report.badNumber') : null}
        />
        <Field
          label={t('report.lat')}
          value={place.latText}
          onChange={place.setLat}
          inputMode="decimal"
          problem={place.lat === undefined ? t('report.badNumber') : null}
        />
        <Button onPress={() => store.setState({ isPicking: true })}>{t('report.pick')}</Button>
      </div>
      <p className={styles.grid} role="status">
        {gridText()}
      </p>
    </>
  );

  function gridText(): string {
    const { point, located } = place;
    if (point === null) return t('report.gridUnset');
    if (located === null) return t('report.grid');
    if (located.gridCode === null) return t('report.gridNone');
    return `${t('report.grid')} ${located.gridCode} · ${located.path
      .slice(-3)
      .map(({ name }) => name)
      .join(' / ')}`;
  }
}
