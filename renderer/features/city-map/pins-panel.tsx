import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { dayText, clockTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { mostPins, type Pins } from '#renderer/state/pins.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import panelStyles from './layer-panel.module.css';
import styles from './pins.module.css';

/** A person's own pins as a list: notes, flying there, taking away and bringing back. Esc closes. */
export function PinsPanel({
  pins,
  map,
  isPlacing,
  onPlace,
  onClose,
}: {
  readonly pins: Pins;
  readonly map: CityMap;
  /** The next click on the map sets a pin. */
  readonly isPlacing: boolean;
  readonly onPlace: (isPlacing: boolean) => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { now } = useDesk();
  const { pins: all, removed, isKept } = useStore(pins.store);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  useCommand('back', () => {
    if (isPlacing) onPlace(false);
    else onClose();
    return true;
  });
  const isFull = all.length >= mostPins;
  const atCenter = () => {
    const center = map.extras.place()?.center;
    if (center !== undefined) pins.add(center[0], center[1], now());
  };
  return (
    <section ref={panel} tabIndex={-1} className={panelStyles.panel} aria-label={t('mapWork.pins.title')}>
      <p className={panelStyles.note}>{t('mapWork.pins.about')}</p>
      {isKept ? null : (
        <p className={styles.problem} role="alert">
          {t('mapWork.pins.notKept')}
        </p>
      )}
      <div className={styles.row}>
        <Button size="small" isPressed={isPlacing} isDisabled={isFull} onPress={() => onPlace(!isPlacing)}>
          {t('mapWork.pins.place')}
        </Button>
        <Button size="small" isDisabled={isFull} onPress={atCenter}>
          {t('mapWork.pins.center')}
        </Button>
        {removed === null ? null : (
          <Button size="small" onPress={() => pins.undo()}>
            {t('mapWork.pins.undo', { id: removed.pin.id })}
          </Button>
        )}
      </div>
      {all.length === 0 ? <p className={panelStyles.note}>{t('mapWork.pins.none')}</p> : null}
      <ul className={styles.list}>
        {all.map(({ id, lon, lat, text, at }) => (
          <li key={id} className={styles.item}>
            <Field
              label={t('mapWork.pins.note', { id })}
              isLabelHidden
              lead={<b className={styles.number}>{id}</b>}
              placeholder={t('mapWork.pins.hint')}
              value={text}
              onChange={(next) => pins.write(id, next)}
            />
            <div className={styles.row}>
              <span className={panelStyles.note}>
                {lon.toFixed(5)}, {lat.toFixed(5)} · {dayText(at)} {clockTime(at)}
              </span>
              <Button
                size="small"
                kind="quiet"
                aria-label={t('mapWork.pins.flyTo', { id })}
                onPress={() => map.extras.flyTo(lon, lat)}
              >
                {t('mapWork.pins.fly')}
              </Button>
              <Button
                size="small"
                kind="quiet"
                aria-label={t('mapWork.pins.removeOf', { id })}
                onPress={() => pins.remove(id)}
              >
                {t('mapWork.pins.remove')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <div className={panelStyles.foot}>
        <Button size="small" shortcut="Esc" onPress={onClose}>
          {t('mapWork.pins.close')}
        </Button>
      </div>
    </section>
  );
}
