import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import type { FoundPlace } from '#renderer/state/place-search.ts';
import { usePlaceSearch } from '#renderer/state/use-place-search.ts';
import { Button } from '#renderer/ui/button.tsx';
import { useLevelName } from './use-legend.ts';
import panelStyles from './layer-panel.module.css';
import styles from './find-place.module.css';

const MOST = 12;

/** Finds a place by name, initials, code, case or coordinate, and flies there. Arrows choose, Enter flies, Esc closes. */
export function FindPlace({ map, onClose }: { readonly map: CityMap; readonly onClose: () => void }) {
  const { t } = useWords();
  const { areas, store } = useDesk();
  const levelName = useLevelName();
  const search = usePlaceSearch(MOST);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly FoundPlace[]>([]);
  const [at, setAt] = useState(0);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => () => map.showPlace(null), [map]);
  useCommand('back', () => {
    onClose();
    return true;
  });
  const type = (next: string) => {
    setText(next);
    setFound(search(next));
    setAt(0);
  };
  const go = (place: FoundPlace | undefined) => {
    if (place === undefined) return;
    switch (place.kind) {
      case 'area':
        map.showPlace({ at: null, rings: map.extras.outline(place.area.code), areas: [] });
        return;
      case 'point':
        map.showPlace({ at: [place.lon, place.lat], rings: [], areas: [] });
        return;
      case 'case':
        map.showPlace(null);
        store.setState({ selectedId: place.row.id });
        map.flyToCase(place.row);
    }
  };
  const keyDown = (event: KeyboardEvent) => {
    // Enter of an input method chooses a word there.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) setAt((at + step + found.length) % found.length);
    else if (event.key === 'Enter') go(found[at]);
    else return;
    event.preventDefault();
  };
  const optionId = (index: number) => `${listId}-${index}`;
  return (
    <section className={panelStyles.panel} aria-label={t('mapWork.find.title')}>
      <input
        ref={input}
        className={styles.input}
        role="combobox"
        aria-label={t('mapWork.find.title')}
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(found.length > 0 ? { 'aria-activedescendant': optionId(at) } : {})}
        placeholder={t('mapWork.find.hint')}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={keyDown}
      />
      <ul id={listId} role="listbox" aria-label={t('mapWork.find.results')} className={styles.list}>
        {found.map((place, index) => {
          const { name, note } = wordsOf(place);
          return (
            <li
              key={keyOf(place)}
              id={optionId(index)}
              role="option"
              aria-selected={index === at}
              className={styles.item}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => {
                setAt(index);
                go(place);
              }}
            >
              <span>{name}</span>
              <span className={styles.note}>{note}</span>
            </li>
          );
        })}
      </ul>
      <p className={panelStyles.note} role="status">
        {text.trim() === ''
          ? t('mapWork.find.about')
          : found.length === 0
            ? t('mapWork.find.none')
            : t('mapWork.find.keys')}
      </p>
      <div className={panelStyles.foot}>
        <Button size="small" onPress={onClose} shortcut="Esc">
          {t('mapWork.find.close')}
        </Button>
      </div>
    </section>
  );

  function wordsOf(place: FoundPlace): { readonly name: string; readonly note: string } {
    switch (place.kind) {
      case 'area': {
        const { area, within } = place;
        return { name: [...within, area.name].join(' / '), note: `${levelName(area.level)} ${area.code}` };
      }
      case 'case':
        return {
          name: `${place.row.className} · ${areas.names(place.row.gridCode).slice(0, 2).join(' / ')}`,
          note: place.row.id,
        };
      case 'point':
        return {
          name: t('mapWork.find.point', { lon: place.lon.toFixed(5), lat: place.lat.toFixed(5) }),
          note: 'WGS-84 / CGCS2000',
        };
    }
  }
}

function keyOf(place: FoundPlace): string {
  if (place.kind === 'area') return place.area.code;
  return place.kind === 'case' ? place.row.id : `${place.lon} ${place.lat}`;
}
