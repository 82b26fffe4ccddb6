import { useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { CityMap } from '#renderer/map/city-map.ts';
import type { Pins } from '#renderer/state/pins.ts';
import styles from './pins.module.css';

/** Pins with their notes above the map; the list beside it says the same to a screen reader. */
export function PinLayer({ pins, map }: { readonly pins: Pins; readonly map: CityMap }) {
  const all = useStore(pins.store, (state) => state.pins);
  const layer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      for (const [index, { lon, lat }] of all.entries()) {
        const mark = layer.current?.children[index];
        const pixel = map.pixelAt(lon, lat);
        if (!(mark instanceof HTMLElement)) continue;
        mark.hidden = pixel === undefined;
        if (pixel !== undefined) mark.style.transform = `translate(${pixel[0]}px, ${pixel[1]}px)`;
      }
    };
    place();
    return map.extras.onMove(place);
  }, [all, map]);
  return (
    <div ref={layer} className={styles.layer} aria-hidden="true">
      {all.map(({ id, text }) => (
        <div key={id} className={styles.pin}>
          <svg viewBox="0 0 16 22" className={styles.drop}>
            <path d="M8 21C8 21 15 12.5 15 7.5A7 7 0 0 0 1 7.5C1 12.5 8 21 8 21Z" />
          </svg>
          <span className={styles.text}>
            {id}
            {text === '' ? '' : ` ${text}`}
          </span>
        </div>
      ))}
    </div>
  );
}
