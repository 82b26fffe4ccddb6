import { useWords } from '#renderer/i18n/use-words.ts';
import type { MapHover } from '#renderer/map/map-events.ts';
import styles from './city-map.module.css';

/** One line beside the pointer. */
export function MapTip({ hover }: { readonly hover: MapHover | null }) {
  const { t } = useWords();
  if (hover === null) return null;
  const text =
    hover.kind === 'area'
      ? t('map.areaTip', { name: hover.name, count: hover.count })
      : `${hover.row.id.slice(-4)} ${hover.row.className} · ${t(`states.${hover.row.state}`)}`;
  return (
    <div className={styles.tip} style={{ left: hover.x, top: hover.y }} aria-hidden="true">
      {text}
    </div>
  );
}
