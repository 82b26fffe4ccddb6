import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { usePlaceSearch } from '#renderer/state/use-place-search.ts';
import { Field } from '#renderer/ui/field.tsx';
import { SearchCombo } from '#renderer/ui/search-combo.tsx';
import { addressPlaces } from './address-places.ts';
import type { PlaceDraft } from './use-place.ts';
import styles from './report.module.css';

const MOST_OFFERED = 8;
/** What the host takes of an address. */
const MOST_CHARACTERS = 500;

/** Address with what is known of it, picking on the map, and which grid it is. */
export function PlaceFields({ place }: { readonly place: PlaceDraft }) {
  const { t } = useWords();
  const { store } = useDesk();
  const search = usePlaceSearch(MOST_OFFERED);
  const offered = place.isTaken ? [] : addressPlaces(search(place.address));
  return (
    <>
      <SearchCombo
        label={t('report.address')}
        note={t('acts.optional')}
        placeholder={t('report.addressHint')}
        items={offered.map(({ id, address, lon, lat, middleOf }) => ({
          id,
          name: address ?? t('mapWork.find.point', { lon: lon.toFixed(5), lat: lat.toFixed(5) }),
          note: middleOf === null ? '' : id,
        }))}
        value={null}
        text={place.address}
        onText={(text) => place.setAddress(text.slice(0, MOST_CHARACTERS))}
        onPick={(id) => {
          const chosen = offered.find((one) => one.id === id);
          if (chosen !== undefined) place.take(chosen);
        }}
        emptyText=""
        isFree
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
    const middle = place.middleOf === null ? '' : ` · ${t('report.middleOf', { area: place.middleOf })}`;
    return `${t('report.grid')} ${located.gridCode} · ${located.path
      .slice(-3)
      .map(({ name }) => name)
      .join(' / ')}${middle}`;
  }
}
